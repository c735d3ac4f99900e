//! Two layers that set CORS headers.

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::Response,
};
use http::{HeaderValue, Method, header};

use crate::stack::{assert_found, cors, examination, lines, routes};

const FIX: &str = "remove one of the two CORS layers, or put the one of this crate outermost, \
                   which replaces what is inside";

/// What a proxy or a hand-written middleware adds.
async fn add_origin(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let any = HeaderValue::from_static("*");
    response.headers_mut().append(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
    response
}

/// The same for whom nobody else has answered.
async fn default_origin(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let any = HeaderValue::from_static("*");
    response.headers_mut().entry(header::ACCESS_CONTROL_ALLOW_ORIGIN).or_insert(any);
    response
}

/// The same for what the browser does not announce.
async fn set_origin(request: Request, next: Next) -> Response {
    let is_preflight = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = next.run(request).await;
    if !is_preflight {
        let any = HeaderValue::from_static("*");
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
    }
    response
}

async fn assert_two_layers(broken: Router, mended: Router, wrong: &str) {
    let expected = format!("two_layers: {wrong}; {FIX}");
    assert_found(examination(), broken, mended, &expected).await;
}

#[tokio::test]
async fn two_values() {
    assert_two_layers(
        routes().layer(cors()).layer(middleware::from_fn(add_origin)),
        routes().layer(middleware::from_fn(add_origin)).layer(cors()),
        "the preflight for GET /users has several values of access-control-allow-origin, \
         \"https://app.example.com, *\"",
    )
    .await;
}

#[tokio::test]
async fn one_for_preflights_and_one_for_the_rest() {
    assert_two_layers(
        routes().layer(cors()).layer(middleware::from_fn(set_origin)),
        routes().layer(middleware::from_fn(set_origin)).layer(cors()),
        "the preflight for GET /users has access-control-allow-origin \
         \"https://app.example.com\", and GET /users has \"*\"",
    )
    .await;
}

#[tokio::test]
async fn one_for_the_page_and_one_for_strangers() {
    assert_two_layers(
        routes().layer(cors()).layer(middleware::from_fn(default_origin)),
        routes().layer(middleware::from_fn(default_origin)).layer(cors()),
        "the preflight for GET /users has access-control-allow-origin \
         \"https://app.example.com\", and GET /users from another origin has \"*\"",
    )
    .await;
}

#[tokio::test]
async fn what_two_layers_do_not_explain_is_reported_too() {
    let mut app = routes().layer(cors()).layer(middleware::from_fn(set_origin));
    let report = examination().method(Method::DELETE).run(&mut app).await;
    let refused = "blocked: the preflight for DELETE /users is blocked: method DELETE is not allowed \
                   by 'Access-Control-Allow-Methods'; .allow_methods([Method::DELETE])";
    let two = "the preflight for GET /users has access-control-allow-origin \
               \"https://app.example.com\", and GET /users has \"*\"";
    assert_eq!(lines(&report), [refused.to_owned(), format!("two_layers: {two}; {FIX}")]);
}

#[tokio::test]
async fn another_crate_around_this_one() {
    let outer = tower_http::cors::CorsLayer::permissive;
    let inner = || cors().allow_credentials(true);
    assert_two_layers(
        routes().layer(inner()).layer(outer()),
        routes().layer(outer()).layer(inner()),
        "GET /users allows the origin `*` and credentials, which exclude each other",
    )
    .await;
}
