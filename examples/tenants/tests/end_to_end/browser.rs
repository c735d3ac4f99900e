//! What a browser makes of the answers.

use tower_cors::testing::{Browser, Credentials, Reason};
use tower_cors_tenants::app;

use crate::site::{GLOBEX, LASTING, SHOP, Site, Tested};

#[tokio::test]
async fn pages_use_their_own_tenant_with_credentials_and_no_other() -> Tested {
    let site = Site::start(LASTING).await?;
    let mut app = app(&site.cache)?;
    let browser = Browser::new().cookie("acme.localhost", "session=1");
    let page = browser.page(SHOP);

    let put = |host| {
        let fetch = page.put(format!("https://{host}.localhost/orders"));
        fetch
            .header("content-type", "application/json")
            .text("{}")
            .credentials(Credentials::Include)
    };
    let saved = put("acme").send(&mut app).await;
    assert_eq!(saved.expect_readable().text(), "an order for acme\n");
    assert_eq!(saved.preflights().count(), 1);
    for host in ["globex", "nobody"] {
        let foreign = put(host).send(&mut app).await;
        assert!(foreign.expect_blocked().at_preflight(), "{host}");
        assert_eq!(foreign.exchanges().len(), 1, "{host}: the PUT itself is not sent");
    }
    let read = page.get("https://globex.localhost/orders").send(&mut app).await;
    assert_eq!(read.expect_blocked().reason(), &Reason::AllowOriginMissing);
    Ok(())
}

#[tokio::test]
async fn the_stack_has_none_of_the_usual_faults() -> Tested {
    let site = Site::start(LASTING).await?;
    let mut app = app(&site.cache)?;
    for (tenant, origin) in [("acme", SHOP), ("globex", GLOBEX)] {
        let examination = Browser::new()
            .page(origin)
            .examine(format!("https://{tenant}.localhost/orders"))
            .credentials(Credentials::Include)
            .also("/nowhere");
        examination.run(&mut app).await.assert_clean();
    }
    Ok(())
}
