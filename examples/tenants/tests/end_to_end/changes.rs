//! What changes in the database shows within the time to live, and not before.

use tower_cors_tenants::{Limits, Tenant};

use crate::{
    client::Kind,
    site::{BRIEF, EVIL, HOUR, LASTING, SHOP, Site, Tested, until},
};

const NEW: &str = "https://new.acme.example";

#[tokio::test]
async fn a_new_origin_works_within_the_time_to_live() -> Tested {
    let site = Site::start(BRIEF).await?;
    let mut client = site.client().await?;
    assert!(!client.allows_both("acme", NEW).await?, "it is new");
    site.store().allow(&"acme".parse()?, &NEW.parse()?).await?;
    until("the new origin works", async || client.allows(Kind::Actual, "acme", NEW).await).await?;
    assert!(client.allows_both("acme", NEW).await?);
    assert!(client.allows_both("acme", SHOP).await?, "the old one, too");
    assert!(!client.allows_both("globex", NEW).await?, "at acme only");
    Ok(())
}

#[tokio::test]
async fn an_origin_that_is_taken_back_stops_within_the_time_to_live() -> Tested {
    let site = Site::start(BRIEF).await?;
    let mut client = site.client().await?;
    assert!(client.allows_both("acme", SHOP).await?);
    assert!(site.store().revoke(&"acme".parse()?, SHOP).await?);
    until("it stops", async || Ok(!client.allows(Kind::Actual, "acme", SHOP).await?)).await?;
    assert!(!client.allows_both("acme", SHOP).await?);
    assert!(!site.store().revoke(&"acme".parse()?, SHOP).await?, "it is gone");
    Ok(())
}

#[tokio::test]
async fn a_new_tenant_works_within_the_negative_time_to_live() -> Tested {
    let site = Site::start(Limits { negative_time_to_live: BRIEF.time_to_live, ..LASTING }).await?;
    let mut client = site.client().await?;
    assert!(!client.allows_both("initech", SHOP).await?, "there is no such tenant");
    site.store().allow(&"initech".parse()?, &SHOP.parse()?).await?;
    until("the tenant works", async || client.allows(Kind::Actual, "initech", SHOP).await).await?;
    Ok(())
}

#[tokio::test]
async fn until_then_the_database_is_not_asked() -> Tested {
    let site = Site::start(Limits { negative_time_to_live: HOUR, ..LASTING }).await?;
    let mut client = site.client().await?;
    let (acme, initech): (Tenant, Tenant) = ("acme".parse()?, "initech".parse()?);
    assert!(client.allows_both("acme", SHOP).await?);
    assert!(!client.allows_both("initech", SHOP).await?);

    site.store().revoke(&acme, SHOP).await?;
    site.store().allow(&acme, &EVIL.parse()?).await?;
    site.store().allow(&initech, &SHOP.parse()?).await?;
    for _ in 0..10 {
        assert!(client.allows_both("acme", SHOP).await?);
        assert!(!client.allows_both("acme", EVIL).await?);
        assert!(!client.allows_both("initech", SHOP).await?);
    }
    Ok(())
}
