//! What comes between a preflight and the layer.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing,
};
use http::{HeaderValue, header};

use crate::stack::{assert_found, cors, examination, routes};

#[tokio::test]
async fn authentication() {
    for status in [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN] {
        let auth = middleware::from_fn_with_state(status, authenticate);
        let expected = format!(
            "authentication_outside: the preflight for GET /users is answered with {} outside the \
             CORS layer; put the CORS layer outside of authentication: preflights carry no \
             credentials",
            status.as_u16(),
        );
        let [broken, mended] =
            [routes().layer(cors()).layer(auth.clone()), routes().layer(auth).layer(cors())];
        assert_found(examination(), broken.clone(), mended.clone(), &expected).await;
        for token in ["Bearer token", "Bearer wrong"] {
            let with_token = examination().header("authorization", token);
            assert_found(with_token, broken.clone(), mended.clone(), &expected).await;
        }
    }
}

#[tokio::test]
async fn authentication_that_lets_preflights_pass() {
    let auth = middleware::from_fn(async |request: Request, next: Next| {
        match request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
            true => next.run(request).await,
            false => StatusCode::UNAUTHORIZED.into_response(),
        }
    });
    assert_found(
        examination(),
        routes().layer(cors()).layer(auth.clone()),
        routes().layer(auth).layer(cors()),
        "authentication_outside: GET /users is answered with 401 outside the CORS layer; put the \
         CORS layer outside of authentication: preflights carry no credentials",
    )
    .await;
}

#[tokio::test]
async fn rate_limit() {
    let limited = |free: usize| {
        let count = Arc::new(AtomicUsize::new(0));
        middleware::from_fn(move |request: Request, next: Next| {
            let is_over = count.fetch_add(1, Ordering::Relaxed) >= free;
            async move {
                match is_over {
                    true => StatusCode::TOO_MANY_REQUESTS.into_response(),
                    false => next.run(request).await,
                }
            }
        })
    };
    for (free, what) in [(0, "the preflight for GET /users"), (2, "HEAD /users")] {
        assert_found(
            examination(),
            routes().layer(cors()).layer(limited(free)),
            routes().layer(limited(free)).layer(cors()),
            &format!(
                "rate_limit_outside: {what} is answered with 429 outside the CORS layer; put the \
                 CORS layer outside of the rate limit"
            ),
        )
        .await;
    }
}

#[tokio::test]
async fn redirect() {
    let slash =
        middleware::from_fn(async |request: Request, next: Next| match request.uri().path() {
            "/users" => Redirect::permanent("/users/").into_response(),
            _ => next.run(request).await,
        });
    assert_found(
        examination(),
        routes().layer(cors()).layer(slash.clone()),
        routes().layer(slash).layer(cors()),
        "preflight_redirected: the preflight for GET /users is redirected with 308 to \"/users/\"; \
         put the CORS layer outside of what redirects, and let the page fetch the URL that it \
         leads to",
    )
    .await;
}

#[tokio::test]
async fn route_without_options() {
    let users = || routing::get(async || "users");
    assert_found(
        examination(),
        Router::new().route("/users", users().route_layer(cors())),
        Router::new().route("/users", users()).layer(cors()),
        "preflight_unanswered: the preflight for GET /users is answered with 405 outside the CORS \
         layer; put the CORS layer around the whole router, with Router::layer after its routes: \
         inside a route it sees no OPTIONS",
    )
    .await;
}

#[tokio::test]
async fn a_layer_that_answers_no_preflights() {
    let by_hand = async |request: Request, next: Next| {
        let mut response = next.run(request).await;
        let any = HeaderValue::from_static("*");
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
        response
    };
    assert_found(
        examination(),
        routes().layer(middleware::from_fn(by_hand)),
        routes().layer(cors()),
        "preflight_unanswered: the preflight for GET /users is answered with 405 outside the CORS \
         layer; put the CORS layer around the whole router, with Router::layer after its routes: \
         inside a route it sees no OPTIONS",
    )
    .await;
}

#[tokio::test]
async fn layer_before_the_routes() {
    let users = || routing::get(async || "users");
    assert_found(
        examination(),
        Router::new().layer(cors()).route("/users", users()),
        Router::new().route("/users", users()).layer(cors()),
        "preflight_unanswered: the preflight for GET /users is answered with 405 outside the CORS \
         layer; put the CORS layer around the whole router, with Router::layer after its routes: \
         inside a route it sees no OPTIONS",
    )
    .await;
}

async fn authenticate(State(refusal): State<StatusCode>, request: Request, next: Next) -> Response {
    match request.headers().get(header::AUTHORIZATION) {
        Some(token) if token == "Bearer token" => next.run(request).await,
        Some(_) => StatusCode::FORBIDDEN.into_response(),
        None => refusal.into_response(),
    }
}
