//! tower-cors itself in front of real pages: three policies, and what pages get from them.

use std::time::Duration;

use axum::{Router, routing::any};
use http::{HeaderName, Method, StatusCode, header};
use tower_cors::{ConfigError, CorsLayer};

use crate::{
    case::{Case, Fetch},
    places::{Page, Places},
};

/// `/strict` allows two kinds of pages with credentials, `/open` everyone without, `/plain` one
/// page and the sandbox.
///
/// # Errors
///
/// If a policy does not build.
pub fn app(places: &Places) -> Result<Router, ConfigError> {
    let home = places.fill_in("{home}");
    let strict = CorsLayer::new()
        .allow_origins([home.as_str(), "http://*.localhost:*"])
        .allow_methods([Method::PUT, Method::PATCH])
        .allow_headers([header::AUTHORIZATION, HeaderName::from_static("x-a")])
        .expose_headers([HeaderName::from_static("x-request-id")])
        .allow_credentials(true)
        .max_age(Duration::from_secs(600))
        .build()?;
    let plain = CorsLayer::new()
        .allow_origins([home])
        .dangerously_allow_origins(["null"])
        .allow_methods([Method::PUT])
        .build()?;
    Ok(Router::new()
        .nest("/strict", behind(strict))
        .nest("/open", behind(CorsLayer::permissive().build()?))
        .nest("/plain", behind(plain)))
}

fn behind(cors: CorsLayer) -> Router {
    let answer = any(async || ([("x-request-id", "1")], "ok"));
    let missing = async || (StatusCode::NOT_FOUND, "ok");
    Router::new().route("/table/{case}/{step}", answer).fallback(missing).layer(cors)
}

/// What pages get from [`app`].
#[must_use]
pub fn cases() -> Vec<Case> {
    [strict(), open(), plain()].concat()
}

const EXPOSED: &str = "200 ok content-length content-type x-request-id";
const ALL: &str = "200 ok access-control-allow-origin access-control-expose-headers content-length \
                   content-type x-request-id";

/// Answers come from the layer, so the row has none.
fn at(path: &str, name: &str) -> Case {
    let case = Case::new(format!("{path}: {name}"));
    let fetch = Fetch { url: format!("{{api}}/{path}{{case}}/0"), ..case.fetch };
    Case { steps: Vec::new(), fetch, ..case }
}

fn strict() -> Vec<Case> {
    let case = |name: &str| at("strict", name).tells(EXPOSED);
    let put = ["OPTIONS api/0 home PUT", "PUT api/0 home"];
    vec![
        case("GET"),
        case("GET with credentials").credentials("include"),
        case("GET from a subdomain").page(Page::Subdomain).asks(&["GET api/0 subdomain"]),
        case("GET from a stranger").page(Page::Stranger).blocked().asks(&["GET api/0 stranger"]),
        case("GET from the sandbox").page(Page::Sandboxed).blocked().asks(&["GET api/0 null"]),
        case("POST that needs no permission")
            .page(Page::Stranger)
            .method("POST")
            .mode("no-cors")
            .tells("opaque")
            .asks(&["POST api/0 stranger"]),
        case("PUT").method("PUT").asks(&put),
        case("PUT with credentials").method("PUT").credentials("include").asks(&put),
        case("PUT, remembered").method("PUT").times(8).asks(&["PUT api/0 home"]),
        case("PUT from a subdomain")
            .page(Page::Subdomain)
            .method("PUT")
            .asks(&["OPTIONS api/0 subdomain PUT", "PUT api/0 subdomain"]),
        case("PUT from a stranger")
            .page(Page::Stranger)
            .method("PUT")
            .blocked()
            .asks(&["OPTIONS api/0 stranger PUT"]),
        case("DELETE").method("DELETE").blocked().asks(&["OPTIONS api/0 home DELETE"]),
        case("PATCH").method("PATCH").asks(&["OPTIONS api/0 home PATCH", "PATCH api/0 home"]),
        case("patch").method("patch").blocked().asks(&["OPTIONS api/0 home patch"]),
        case("headers with credentials")
            .header("x-a", "1")
            .header("authorization", "x")
            .credentials("include")
            .asks(&["OPTIONS api/0 home GET authorization,x-a", "GET api/0 home"]),
        case("another header").header("x-b", "1").blocked().asks(&["OPTIONS api/0 home GET x-b"]),
        at("strict/missing", "an error is readable").tells("404 ok content-length content-type"),
    ]
}

fn open() -> Vec<Case> {
    let case = |name: &str| at("open", name).tells(ALL);
    vec![
        case("GET from the sandbox").page(Page::Sandboxed).asks(&["GET api/0 null"]),
        case("PUT with headers from a stranger")
            .page(Page::Stranger)
            .method("PUT")
            .header("authorization", "x")
            .header("x-b", "1")
            .asks(&["OPTIONS api/0 stranger PUT authorization,x-b", "PUT api/0 stranger"]),
        case("GET with credentials").credentials("include").blocked(),
        case("PUT with credentials")
            .method("PUT")
            .credentials("include")
            .blocked()
            .asks(&["OPTIONS api/0 home PUT"]),
    ]
}

fn plain() -> Vec<Case> {
    let case = |name: &str| at("plain", name);
    vec![
        case("GET, nothing is exposed"),
        case("PUT from the sandbox")
            .page(Page::Sandboxed)
            .method("PUT")
            .asks(&["OPTIONS api/0 null PUT", "PUT api/0 null"]),
        case("GET with credentials").credentials("include").blocked(),
        case("GET from a stranger").page(Page::Stranger).blocked().asks(&["GET api/0 stranger"]),
    ]
}
