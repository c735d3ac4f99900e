//! What a tenant may not have is refused where it is stored, and again where it is read.

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tower_cors::Problem;
use tower_cors_tenants::{Tenant, TenantOrigin};

use crate::site::{EVIL, LASTING, SHOP, Site, Tested, fill};

/// With the names that the crate has for what is wrong.
const REFUSED: [(&str, &str); 7] = [
    ("http://shop.acme.example", "insecure-origin-with-credentials"),
    ("https://*.github.io", "public-suffix-with-credentials"),
    ("https://shop.acme.example/", "origin-trailing-slash"),
    ("https://shop.*.example", "origin-misplaced-wildcard"),
    ("*", "any-origin-with-credentials"),
    ("null", "origin-null"),
    ("", "origin-empty"),
];

#[test]
fn what_is_unsafe_or_no_pattern_is_refused() {
    for (pattern, code) in REFUSED {
        let error = pattern.parse::<TenantOrigin>().expect_err(pattern);
        let codes: Vec<_> = error.problems().iter().map(Problem::code).collect();
        assert_eq!(codes, [code], "{pattern}");
    }
}

#[test]
fn a_refusal_says_what_to_write_instead() {
    let error = "http://shop.acme.example".parse::<TenantOrigin>().expect_err("it is http");
    assert_eq!(
        error.problems()[0].to_string(),
        "allow_origins \"http://shop.acme.example\": anyone on the network's path can speak for \
         an http origin, and would read with the user's credentials; \
         write \"https://shop.acme.example\", or if you must, \
         dangerously_allow_origins([\"http://shop.acme.example\"])"
    );
}

#[test]
fn what_is_safe_is_not_refused() {
    for pattern in [SHOP, "https://*.acme.app", "https://acme.github.io", "http://localhost:*"] {
        assert!(pattern.parse::<TenantOrigin>().is_ok(), "{pattern}");
    }
}

#[tokio::test]
async fn what_was_written_past_the_check_is_not_allowed() -> Tested {
    let site = Site::start(LASTING).await?;
    let mut database = connect(&site).await?;
    for pattern in ["http://shop.acme.example", "https://*.github.io", "*", "null", "\u{0}"] {
        sqlx::query("INSERT INTO origins VALUES ('acme', ?)")
            .bind(pattern)
            .execute(&mut database)
            .await?;
    }
    let mut client = site.client().await?;
    for origin in ["http://shop.acme.example", "https://evil.github.io", "null", EVIL] {
        assert!(!client.allows_both("acme", origin).await?, "{origin}");
    }
    assert!(client.allows_both("acme", SHOP).await?, "the others are not harmed");
    Ok(())
}

#[tokio::test]
async fn a_tenant_has_at_most_100_origins() -> Tested {
    let site = Site::start(LASTING).await?;
    let origins: Vec<String> =
        (0..100).map(|origin| format!("https://o{origin}.example")).collect();
    let rows: Vec<_> = origins.iter().map(|origin| ("initech", origin.as_str())).collect();
    fill(&site.database(), &rows).await?;

    let (initech, acme): (Tenant, Tenant) = ("initech".parse()?, "acme".parse()?);
    let error = site.store().allow(&initech, &SHOP.parse()?).await.expect_err("there are 100");
    let text = error.into_database_error().ok_or("it is the database's")?.message().to_owned();
    assert_eq!(text, "a tenant has at most 100 origins");
    site.store().allow(&initech, &origins[0].parse()?).await?;
    site.store().allow(&acme, &EVIL.parse()?).await?;

    let mut client = site.client().await?;
    assert!(!client.allows_both("initech", SHOP).await?);
    assert!(client.allows_both("initech", &origins[99]).await?);
    Ok(())
}

async fn connect(site: &Site) -> Tested<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(site.database());
    Ok(SqliteConnection::connect_with(&options).await?)
}
