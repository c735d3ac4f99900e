//! The file of the database goes away, is spoilt or replaced, while 64 clients ask.

use std::fs;

use tokio::time::sleep;
use tower_cors_tenants::Limits;

use crate::{
    client::Kind,
    load::Load,
    site::{BRIEF, EVIL, FORGOTTEN, SHOP, SOON, Site, Tested, fill, until},
};

struct Fault {
    name: &'static str,
    happens: fn(&Site) -> Tested,
    ends: fn(&Site) -> Tested,
}

const FAULTS: [Fault; 4] = [
    Fault { name: "it is removed", happens: Site::remove, ends: Site::restore },
    Fault {
        name: "an empty file is in its place",
        happens: |site| {
            fs::write(site.path("empty"), "")?;
            site.remove()?;
            Ok(fs::rename(site.path("empty"), site.database())?)
        },
        ends: Site::restore,
    },
    Fault {
        name: "something else is in its place",
        happens: |site| {
            fs::write(site.path("noise"), "no database at all".repeat(1000))?;
            site.remove()?;
            Ok(fs::rename(site.path("noise"), site.database())?)
        },
        ends: Site::restore,
    },
    Fault {
        name: "a directory is in its place",
        happens: |site| {
            site.remove()?;
            Ok(fs::create_dir(site.database())?)
        },
        ends: |site| {
            fs::remove_dir(site.database())?;
            site.restore()
        },
    },
];

#[tokio::test(flavor = "multi_thread")]
async fn without_the_database_everything_is_denied_until_it_is_back() -> Tested {
    let site = Site::start(Limits { deadline: SOON, ..BRIEF }).await?;
    let mut load = Load::start(&site, &[("acme", SHOP), ("acme", EVIL)]).await?;
    for Fault { name, happens, ends } in FAULTS {
        let allowed = load.allowed(0);
        load.until(name, |load| load.allowed(0) > allowed).await?;

        happens(&site)?;
        sleep(FORGOTTEN).await;
        load.rounds(1).await?;
        let (allowed, denied) = (load.allowed(0), load.denied(0));
        load.rounds(3).await?;
        assert!(load.denied(0) > denied, "{name}");
        assert_eq!(load.allowed(0), allowed, "{name}");

        ends(&site)?;
        load.until(name, |load| load.allowed(0) > allowed).await?;
    }
    assert_eq!(load.allowed(1), 0, "a stranger is never allowed");
    load.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_database_in_its_place_decides_from_then_on() -> Tested {
    const NEW: &str = "https://new.acme.example";

    let site = Site::start(BRIEF).await?;
    fill(&site.path("other.db"), &[("acme", NEW)]).await?;
    let mut load = Load::start(&site, &[("acme", SHOP), ("acme", NEW)]).await?;
    load.until("the old one decides", |load| load.allowed(0) > 0).await?;
    assert_eq!(load.allowed(1), 0);

    fs::rename(site.path("other.db"), site.database())?;
    load.until("the new one decides", |load| load.allowed(1) > 0).await?;
    sleep(FORGOTTEN).await;
    load.rounds(1).await?;
    let (old, new) = (load.allowed(0), load.allowed(1));
    load.rounds(3).await?;
    assert_eq!(load.allowed(0), old, "no connection reads the old one");
    assert!(load.allowed(1) > new);
    load.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_starts_without_the_database() -> Tested {
    let site = Site::start(BRIEF).await?;
    site.remove()?;
    let mut client = site.client().await?;
    assert!(!client.allows_both("acme", SHOP).await?);
    site.restore()?;
    until("it is there", async || client.allows(Kind::Actual, "acme", SHOP).await).await
}
