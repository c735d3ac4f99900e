//! What the page says to write compiles and builds, and nothing else is said.

use std::{collections::BTreeSet, time::Duration};

use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use tower_cors::{AllowHeaders, AllowOrigin, Any, CorsLayer};

use crate::PAGE;

/// The text of each snippet, and the layer that it makes.
macro_rules! snippets {
    ($({ $($call:tt)+ })+) => { [$((stringify!($($call)+), CorsLayer::new() $($call)+)),+] };
}

#[expect(unused_variables, reason = "the page names what a closure is given")]
fn snippets() -> Vec<(&'static str, CorsLayer)> {
    let mut snippets = Vec::from(snippets! {
        { .allow_credentials(true) }
        { .allow_headers(AllowHeaders::mirror_request()) }
        { .allow_headers(Any) }
        { .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE]) }
        { .allow_headers([header::AUTHORIZATION]) }
        { .allow_headers([header::CONTENT_TYPE, HeaderName::from_static("x-requested-with")]) }
        { .allow_methods(Any) }
        { .allow_methods([Method::PUT, Method::DELETE]) }
        { .allow_methods([Method::PUT, Method::PATCH, Method::DELETE]) }
        { .allow_methods([Method::PUT]) }
        { .allow_origin(AllowOrigin::async_predicate(|origin, parts| async move { origin == "https://app.example.com" })) }
        { .allow_origin(AllowOrigin::fixed(HeaderValue::from_static("https://app.example.com"))) }
        { .allow_origin(AllowOrigin::mirror_request()) }
        { .allow_origin(AllowOrigin::predicate(|_, parts| parts.headers.contains_key("x-tenant"))).vary([HeaderName::from_static("x-tenant")]) }
        { .allow_origin(AllowOrigin::predicate(|origin, parts| origin == "https://app.example.com")) }
        { .allow_origin(Any) }
        { .allow_origin(Any).allow_headers(Any).max_age(Duration::from_secs(1800)) }
        { .allow_origin(Any).allow_methods([Method::PUT, Method::PATCH, Method::DELETE]).allow_headers(Any) }
        { .allow_origins(["https://*.example.com"]) }
        { .allow_origins(["https://*.example.com:*"]) }
        { .allow_origins(["https://*.example.com:8080", "https://*.example.com:8081"]) }
        { .allow_origins(["https://app.example.com"]) }
        { .allow_origins(["https://app.example.com", "https://*.example.com:*"]) }
        { .allow_origins(["https://app.example.com", "https://www.example.com"]) }
        { .dangerously_allow_origins(["http://intranet.example", "https://*.github.io"]) }
        { .enforce_origins(true) }
        { .expose_headers(Any) }
        { .expose_headers([HeaderName::from_static("x-request-id")]) }
        { .max_age(Duration::ZERO) }
        { .max_age(Duration::from_secs(3600)) }
        { .max_age(Duration::from_secs(600)) }
        { .preflight_status(StatusCode::OK) }
        { .when(|target| target.uri().path().starts_with("/public/"), CorsLayer::new().allow_origin(Any)) }
    });
    let permissive =
        CorsLayer::very_permissive().expose_headers(Any).max_age(Duration::from_secs(3600));
    snippets.push((
        "CorsLayer::very_permissive().expose_headers(Any).max_age(Duration::from_secs(3600))",
        permissive,
    ));
    snippets.push(("CorsLayer::new()", CorsLayer::new()));
    snippets
}

#[test]
fn all_of_them_build() {
    for (text, layer) in snippets() {
        assert!(layer.build().is_ok(), "{text}");
    }
}

#[test]
fn the_page_says_these_and_no_others() {
    let compiled: BTreeSet<String> =
        snippets().iter().map(|(text, _)| without_spaces(text)).collect();
    assert_eq!(on_the_page(), compiled);
}

/// The code in the second columns of the tables that compare libraries.
fn on_the_page() -> BTreeSet<String> {
    let rows = PAGE.lines().filter(|line| line.starts_with("| ")).map(cells);
    let code = rows.flat_map(|cells| code_of(&cells[1]));
    code.filter(|code| code.starts_with('.') || code.starts_with("CorsLayer::"))
        .map(|code| without_spaces(&code))
        .collect()
}

/// `\|` is a bar inside of a cell.
fn cells(row: &str) -> Vec<String> {
    let row = row.replace("\\|", "\u{0}");
    let cells = row.trim_matches('|').split('|').map(|cell| cell.replace('\u{0}', "|"));
    cells.collect()
}

fn code_of(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn without_spaces(code: &str) -> String {
    code.split_whitespace().collect()
}
