//! Whole answers: to each tenant's own origins, to those of the other, to hosts that are nobody's.

use axum::{
    body::Body,
    http::{Request, header},
};

use crate::{
    client::{
        Kind, PREFLIGHT_DENIED, actual_allowed, actual_denied, preflight_allowed, request, written,
    },
    site::{EVIL, GLOBEX, LASTING, SHOP, Site, Tested},
};

const BETA: &str = "https://beta.acme.app";

struct Row {
    name: &'static str,
    host: &'static str,
    origin: &'static str,
    /// The tenant who is served, if any.
    tenant: Option<&'static str>,
    is_allowed: bool,
}

const fn row(
    name: &'static str,
    host: &'static str,
    origin: &'static str,
    tenant: Option<&'static str>,
    is_allowed: bool,
) -> Row {
    Row { name, host, origin, tenant, is_allowed }
}

const ROWS: [Row; 15] = [
    row("acme's origin at acme", "acme.localhost", SHOP, Some("acme"), true),
    row("acme's wildcard at acme", "acme.localhost", BETA, Some("acme"), true),
    row(
        "acme's origin over http",
        "acme.localhost",
        "http://shop.acme.example",
        Some("acme"),
        false,
    ),
    row("globex's origin at globex", "globex.localhost", GLOBEX, Some("globex"), true),
    row("acme's origin at globex", "globex.localhost", SHOP, Some("globex"), false),
    row("acme's wildcard at globex", "globex.localhost", BETA, Some("globex"), false),
    row("globex's origin at acme", "acme.localhost", GLOBEX, Some("acme"), false),
    row("nobody's origin at acme", "acme.localhost", EVIL, Some("acme"), false),
    row("null at acme", "acme.localhost", "null", Some("acme"), false),
    row("an unknown tenant", "nobody.localhost", SHOP, Some("nobody"), false),
    row("host with a port", "acme.localhost:3000", SHOP, Some("acme"), true),
    row("host in upper case", "ACME.localhost", SHOP, Some("acme"), true),
    row("host below a tenant", "www.acme.localhost", SHOP, None, false),
    row("host of no tenant", "localhost", SHOP, None, false),
    row("host of another domain", "acme.example", SHOP, None, false),
];

const NO_TENANT: &str = "404 Not Found\n\
    content-length: 24\n\
    content-type: text/plain; charset=utf-8\n\
    vary: origin\n\n\
    no tenant has this host\n";

impl Row {
    fn answer(&self, kind: Kind) -> String {
        match (kind, self.is_allowed, self.tenant) {
            (Kind::Preflight, true, _) => preflight_allowed(self.origin, 3600),
            (Kind::Preflight, false, _) => PREFLIGHT_DENIED.to_owned(),
            (Kind::Actual, true, Some(tenant)) => actual_allowed(tenant, self.origin),
            (Kind::Actual, false, Some(tenant)) => actual_denied(tenant),
            (Kind::Actual, _, None) => NO_TENANT.to_owned(),
        }
    }
}

#[tokio::test]
async fn preflight_and_actual_request_of_each_tenant() -> Tested {
    let site = Site::start(LASTING).await?;
    let mut client = site.client().await?;
    // The second time from the cache.
    for row in ROWS.iter().chain(&ROWS) {
        for kind in Kind::BOTH {
            let response = client.send(request(kind, row.host, row.origin)).await?;
            assert_eq!(written(&response), row.answer(kind), "{kind:?}: {}", row.name);
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_request_without_origin_is_told_nothing() -> Tested {
    let site = Site::start(LASTING).await?;
    let mut client = site.client().await?;
    let request = Request::get("/orders").header(header::HOST, "acme.localhost");
    let response = client.send(request.body(Body::empty())?).await?;
    assert_eq!(written(&response), actual_denied("acme"));
    Ok(())
}

#[tokio::test]
async fn the_tenant_that_is_served_is_the_tenant_that_is_asked() -> Tested {
    let site = Site::start(LASTING).await?;
    let mut client = site.client().await?;
    let absolute = |host| {
        let request = Request::get("http://acme.localhost/orders").header(header::HOST, host);
        request.header(header::ORIGIN, SHOP).body(Body::empty())
    };
    for host in ["acme.localhost", "globex.localhost"] {
        let response = client.send(absolute(host)?).await?;
        assert_eq!(written(&response), actual_allowed("acme", SHOP), "beside {host}");
    }

    let mut doubled = request(Kind::Actual, "acme.localhost", SHOP);
    doubled.headers_mut().append(header::HOST, "globex.localhost".parse()?);
    assert_eq!(written(&client.send(doubled).await?), NO_TENANT);
    Ok(())
}
