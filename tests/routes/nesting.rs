//! A layer for each nested router, against one `when` around all of them.

use axum::Router;
use http::StatusCode;
use tower_cors::CorsLayer;

use crate::{
    app::{cors, is_below, partner_api, partners, public, public_api},
    exchange::{PARTNER, STRANGER, ask},
};

fn nested(public_api: Router, partner_api: Router) -> Router {
    Router::new().nest("/public", public_api).nest("/partners", partner_api)
}

fn a_layer_each() -> Router {
    nested(public_api().layer(public()), partner_api().layer(partners()))
}

fn one_layer() -> Router {
    nested(public_api(), partner_api()).layer(cors().expect("it has no problem"))
}

#[tokio::test]
async fn of_their_routes_both_say_the_same() {
    let mut granted = 0;
    for path in ["/public/books", "/partners/orders/7"] {
        for origin in [PARTNER, STRANGER, "null", "https://partner.example:8443"] {
            for method in ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"] {
                let actual = format!("{method} {path}\norigin: {origin}");
                let preflight = format!(
                    "OPTIONS {path}\norigin: {origin}\naccess-control-request-method: {method}"
                );
                for request in [actual, preflight, format!("{method} {path}")] {
                    let answer = ask(one_layer(), &request).await;
                    assert_eq!(ask(a_layer_each(), &request).await, answer, "{request}");
                    granted += usize::from(answer.starts_with("204"));
                }
            }
        }
    }
    assert_eq!(granted, 5 * 6, "any origin for the public API, and one of four for the other");
}

/// A router that is nested has no 404 of its own, unless it is given a fallback.
#[tokio::test]
async fn of_what_is_missing_only_the_one_around_says_something() {
    let missing = "GET /public/missing\norigin: https://stranger.example";
    let readable = "404\naccess-control-allow-origin: *\n";
    assert_eq!(ask(a_layer_each(), missing).await, "404\n");
    assert_eq!(ask(one_layer(), missing).await, readable);
    let with_fallback = public_api().fallback(async || StatusCode::NOT_FOUND);
    let with_fallback = nested(with_fallback.layer(public()), partner_api());
    assert_eq!(ask(with_fallback, missing).await, readable);
}

/// Inside `nest` the prefix is gone, so a condition that names it is never met.
#[tokio::test]
async fn a_condition_inside_a_nested_router_sees_the_rest_of_the_path() {
    let preflight = "OPTIONS /public/books\norigin: https://stranger.example\n\
                     access-control-request-method: GET";
    let granted = "204\naccess-control-allow-methods: GET,HEAD,POST\n\
                   access-control-allow-origin: *\naccess-control-max-age: 7200\n\
                   allow: GET,HEAD\n";
    let refused = "403\nallow: GET,HEAD\nvary: origin\n";
    let below = |path| CorsLayer::new().when(move |target| is_below(target, path), public());
    for (name, router, expected) in [
        (
            "the whole path, inside",
            nested(public_api().layer(below("/public")), Router::new()),
            refused,
        ),
        ("the rest, inside", nested(public_api().layer(below("/books")), Router::new()), granted),
        (
            "the whole path, around",
            nested(public_api(), Router::new()).layer(below("/public")),
            granted,
        ),
        ("the rest, around", nested(public_api(), Router::new()).layer(below("/books")), refused),
    ] {
        assert_eq!(ask(router, preflight).await, expected, "{name}");
    }
}
