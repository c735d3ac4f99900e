//! Another program locks the database, while 64 clients ask.

use axum::http::HeaderValue;
use tokio::time::{sleep, timeout};
use tower_cors_tenants::{Limits, OriginCache, Store};

use crate::{
    client::Kind,
    load::Load,
    site::{BRIEF, EVIL, FORGOTTEN, GIVE_UP, GLOBEX, HOUR, SHOP, SOON, Site, Tested, until},
};

const IMPATIENT: Limits = Limits { deadline: SOON, ..BRIEF };

#[tokio::test(flavor = "multi_thread")]
async fn what_is_remembered_goes_on_and_what_is_not_is_denied() -> Tested {
    let site = Site::start(Limits { time_to_live: HOUR, ..IMPATIENT }).await?;
    let mut client = site.client().await?;
    until("acme is remembered", async || client.allows(Kind::Actual, "acme", SHOP).await).await?;

    let lock = site.lock().await?;
    let asks =
        [("acme", SHOP), ("acme", GLOBEX), ("globex", GLOBEX), ("globex", SHOP), ("nobody", EVIL)];
    let mut load = Load::start(&site, &asks).await?;
    load.rounds(3).await?;
    for (ask, (tenant, origin)) in asks.iter().enumerate() {
        let answers = (load.allowed(ask) > 0, load.denied(ask) > 0);
        assert_eq!(answers, (ask == 0, ask != 0), "{origin} at {tenant}");
    }

    lock.release().await?;
    load.until("globex is back", |load| load.allowed(2) > 0).await?;
    assert_eq!(load.denied(0), 0, "acme never noticed");
    for ask in [1, 3, 4] {
        assert_eq!(load.allowed(ask), 0, "{:?}", asks[ask]);
    }
    load.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_remembered_is_denied_after_its_time_to_live() -> Tested {
    let site = Site::start(IMPATIENT).await?;
    let mut load = Load::start(&site, &[("acme", SHOP), ("acme", EVIL)]).await?;
    load.until("acme is asked for", |load| load.allowed(0) > 0).await?;

    let lock = site.lock().await?;
    sleep(FORGOTTEN).await;
    load.rounds(1).await?;
    let (allowed, denied) = (load.allowed(0), load.denied(0));
    load.rounds(3).await?;
    assert_eq!(load.allowed(0), allowed, "nothing can be known");
    assert!(load.denied(0) > denied);

    lock.release().await?;
    load.until("acme is back", |load| load.allowed(0) > allowed).await?;
    assert_eq!(load.allowed(1), 0, "a stranger is never allowed");
    load.end().await
}

/// A driver may wait for longer than it was told to, and its connections with it.
#[tokio::test]
async fn the_deadline_does_not_depend_on_the_database() -> Tested {
    let site = Site::start(IMPATIENT).await?;
    let shop = HeaderValue::from_static(SHOP);
    let patient = OriginCache::new(Store::open(&site.database(), HOUR), IMPATIENT);
    let lock = site.lock().await?;
    for tenant in ["acme", "globex", "acme", "t1", "t2", "t3", "t4", "t5"] {
        let answer = patient.allows(tenant.parse()?, &shop);
        assert!(!timeout(GIVE_UP, answer).await?, "{tenant}");
    }
    lock.release().await?;
    until("acme is back", async || Ok(patient.allows("acme".parse()?, &shop).await)).await
}
