//! Errors that never pass the layer.

use std::{future::pending, time::Duration};

use axum::{
    Router,
    extract::Request,
    http::{Method, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Redirect},
    routing,
};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

use crate::stack::{assert_found, cors, examination, lines, routes};

#[tokio::test]
async fn not_found() {
    let expected = "not_found_outside: GET /users/no/such/path is answered with 404 outside the \
                    CORS layer; call Router::layer, not Router::route_layer, after the fallback is \
                    set";
    let [broken, mended] = [routes().route_layer(cors()), routes().layer(cors())];
    assert_found(examination(), broken, mended, expected).await;
    let fallback = async || (StatusCode::NOT_FOUND, "nothing here");
    let broken = routes().layer(cors()).fallback(fallback);
    assert_found(examination(), broken, routes().fallback(fallback).layer(cors()), expected).await;
}

#[tokio::test]
async fn panics() {
    let routes = || routes().route("/panics", routing::get(panics_always));
    assert_found(
        examination().also("/panics"),
        routes().layer(cors()).layer(CatchPanicLayer::new()),
        routes().layer(CatchPanicLayer::new()).layer(cors()),
        "error_outside: GET /panics is answered with 500 outside the CORS layer; put the CORS layer \
         outside of whatever turns panics and errors into responses",
    )
    .await;
}

#[tokio::test]
async fn timeouts() {
    for (status, limit) in [
        (StatusCode::REQUEST_TIMEOUT, "the timeout"),
        (StatusCode::GATEWAY_TIMEOUT, "the timeout"),
        (StatusCode::SERVICE_UNAVAILABLE, "what limits time or load"),
    ] {
        // What it stops never ends, so any time is enough.
        let timeout = TimeoutLayer::with_status_code(status, Duration::from_millis(1));
        let stuck = || Router::new().route("/stuck", routing::get(pending::<()>));
        let expected = format!(
            "timeout_outside: GET /stuck is answered with {} outside the CORS layer; put the CORS \
             layer outside of {limit}",
            status.as_u16(),
        );
        assert_found(
            examination().also("/stuck"),
            stuck().merge(routes()).layer(cors()).layer(timeout),
            stuck().merge(routes()).layer(timeout).layer(cors()),
            &expected,
        )
        .await;
    }
}

#[tokio::test]
async fn another_status() {
    let teapot =
        middleware::from_fn(async |request: Request, next: Next| match *request.method() {
            Method::OPTIONS => next.run(request).await,
            _ => StatusCode::IM_A_TEAPOT.into_response(),
        });
    assert_found(
        examination(),
        routes().layer(cors()).layer(teapot.clone()),
        routes().layer(teapot).layer(cors()),
        "blocked: GET /users is blocked: no 'Access-Control-Allow-Origin' header is present; a \
         layer outside CORS answered the request with 418: put the CORS layer outermost",
    )
    .await;
}

/// The preflight that acquits the settings is the one of the same URL.
#[tokio::test]
async fn another_status_elsewhere() {
    let teapot = middleware::from_fn(async |request: Request, next: Next| {
        match (request.method(), request.uri().path()) {
            (&Method::GET, "/fails") => StatusCode::IM_A_TEAPOT.into_response(),
            _ => next.run(request).await,
        }
    });
    assert_found(
        examination().also("/fails"),
        routes().layer(cors()).layer(teapot.clone()),
        routes().layer(teapot).layer(cors()),
        "blocked: GET /fails is blocked: no 'Access-Control-Allow-Origin' header is present; a \
         layer outside CORS answered the request with 418: put the CORS layer outermost",
    )
    .await;
}

#[tokio::test]
async fn a_redirect() {
    let moved = middleware::from_fn(async |request: Request, next: Next| match *request.method() {
        Method::GET => Redirect::permanent("/new").into_response(),
        _ => next.run(request).await,
    });
    assert_found(
        examination(),
        routes().layer(cors()).layer(moved.clone()),
        routes().layer(moved).layer(cors()),
        "blocked: GET /users is blocked: no 'Access-Control-Allow-Origin' header is present; a \
         layer outside CORS answered the request with 308: put the CORS layer outermost",
    )
    .await;
}

#[tokio::test]
async fn no_layer_at_all() {
    let failing = Router::new().route("/users", routing::get(panics_always));
    let report = examination().run(&mut failing.layer(CatchPanicLayer::new())).await;
    assert_eq!(
        lines(&report),
        [
            "preflight_unanswered: the preflight for GET /users is answered with 405 outside the \
             CORS layer; put the CORS layer around the whole router, with Router::layer after its \
             routes: inside a route it sees no OPTIONS",
            "error_outside: GET /users is answered with 500 outside the CORS layer; put the CORS \
             layer outside of whatever turns panics and errors into responses",
        ]
    );
}

async fn panics_always() {
    panic!("a handler may");
}
