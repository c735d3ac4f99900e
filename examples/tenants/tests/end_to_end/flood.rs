//! Strangers send hosts and origins without end.

use axum::{Router, http::header};
use tokio::task::JoinSet;
use tower::ServiceExt;
use tower_cors_tenants::{Limits, app};

use crate::{
    client::{Kind, request},
    site::{EVIL, LASTING, SHOP, Site, Tested, fill},
};

const HOSTILE: usize = 100_000;
const CLIENTS: usize = 64;
const CAPACITY: u64 = 500;

/// Asks in process, because so many have to be asked; each client asks for acme in between. Every
/// stranger has to be denied, and acme allowed.
async fn flood(site: &Site, stranger: fn(usize) -> (String, String)) -> Tested {
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let (app, cache) = (app(&site.cache)?, site.cache.clone());
        clients.spawn(async move {
            for (round, number) in (client..HOSTILE).step_by(CLIENTS).enumerate() {
                let (host, origin) = stranger(number);
                assert!(!allows(&app, &host, &origin).await?, "{origin} at {host}");
                if round % 50 == 0 {
                    assert!(allows(&app, "acme.localhost", SHOP).await?);
                    assert!(cache.entries().await <= CAPACITY, "{}", cache.entries().await);
                }
            }
            Tested::Ok(())
        });
    }
    while let Some(ended) = clients.join_next().await {
        ended??;
    }
    Ok(())
}

async fn allows(app: &Router, host: &str, origin: &str) -> Tested<bool> {
    let response = app.clone().oneshot(request(Kind::Actual, host, origin)).await?;
    Ok(response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN))
}

#[tokio::test(flavor = "multi_thread")]
async fn made_up_hosts_neither_fill_the_memory_nor_displace_a_tenant() -> Tested {
    let site = Site::start(Limits { capacity: CAPACITY, ..LASTING }).await?;
    flood(&site, |number| (format!("t{number}.localhost"), EVIL.to_owned())).await?;
    let entries = site.cache.entries().await;
    assert!((CAPACITY / 2..=CAPACITY).contains(&entries), "{entries}");

    site.remove()?;
    assert!(site.client().await?.allows_both("acme", SHOP).await?, "acme is remembered");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn made_up_origins_leave_no_trace() -> Tested {
    let site = Site::start(Limits { capacity: CAPACITY, ..LASTING }).await?;
    flood(&site, |number| ("acme.localhost".to_owned(), format!("https://e{number}.example")))
        .await?;
    assert_eq!(site.cache.entries().await, 1);
    Ok(())
}

/// A host that can be no tenant's is not looked up.
#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_are_no_tenants_leave_no_trace() -> Tested {
    let site = Site::start(Limits { capacity: CAPACITY, ..LASTING }).await?;
    flood(&site, |number| (format!("t{number}.evil.example"), SHOP.to_owned())).await?;
    assert_eq!(site.cache.entries().await, 1);
    Ok(())
}

#[tokio::test]
async fn tenants_with_many_origins_weigh_more() -> Tested {
    let site = Site::start(Limits { capacity: 100, ..LASTING }).await?;
    let tenants: Vec<String> = (0..12).map(|tenant| format!("t{tenant}")).collect();
    let origins: Vec<String> = (0..19).map(|origin| format!("https://o{origin}.example")).collect();
    for tenant in &tenants {
        let rows: Vec<_> =
            origins.iter().map(|origin| (tenant.as_str(), origin.as_str())).collect();
        fill(&site.database(), &rows).await?;
    }
    let mut client = site.client().await?;
    for tenant in &tenants {
        assert!(client.allows_both(tenant, &origins[18]).await?);
        // One for the tenant, and one for each origin.
        assert!(site.cache.entries().await <= 100 / 20);
    }
    assert_eq!(site.cache.entries().await, 100 / 20);
    Ok(())
}
