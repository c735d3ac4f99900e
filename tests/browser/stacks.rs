//! Whole stacks with this crate's layer, and what goes wrong around it.

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::{get, put},
};
use http::{Method, StatusCode, header};
use tower::Layer;
use tower_cors::{
    CorsLayer,
    testing::{Browser, Credentials, Page, Profile, Reason},
};

use crate::server::{API, APP};

fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origins([APP])
        .allow_methods([Method::PUT])
        .allow_headers([header::AUTHORIZATION])
        .allow_credentials(true)
}

fn routes() -> Router {
    let failing = get(async || StatusCode::INTERNAL_SERVER_ERROR);
    Router::new()
        .route("/orders", put(async || "saved").get(async || "orders"))
        .route("/fails", failing)
}

fn page() -> Page {
    Browser::new().page(APP)
}

async fn authenticate(request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    StatusCode::UNAUTHORIZED.into_response()
}

#[tokio::test]
async fn a_good_stack() {
    for profile in [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit] {
        let page = Browser::with_profile(profile).page(APP);
        let mut app = routes().layer(middleware::from_fn(authenticate)).layer(cors());
        let put = page.put(API).credentials(Credentials::Include);
        let outcome = put.header("authorization", "Bearer token").send(&mut app).await;
        assert_eq!(outcome.expect_readable().text(), "saved");
        assert_eq!(outcome.preflights().count(), 1);
        let outcome = page.get(API).send(&mut app).await;
        assert_eq!(outcome.expect_readable().status(), StatusCode::UNAUTHORIZED);
        let missing = page.get("https://api.example.com/nothing");
        let outcome = missing.header("authorization", "Bearer token").send(&mut app).await;
        assert_eq!(outcome.expect_readable().status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_layer_around_a_router() {
    let mut app = cors().layer(routes());
    page().put(API).send(&mut app).await.expect_readable();
    let outcome = Browser::new().page("https://evil.example").get(API).send(&mut app).await;
    let blocked = outcome.expect_blocked();
    assert_eq!(blocked.reason(), &Reason::AllowOriginMissing);
    assert_eq!(blocked.fix(), ".allow_origins([\"https://evil.example\"])");
}

#[tokio::test]
async fn the_printed_fix_fixes_it() {
    let fetch = || page().delete(API).header("x-a", "1");
    let mut app = cors().layer(routes());
    let outcome = fetch().send(&mut app).await;
    assert_eq!(outcome.expect_blocked().fix(), ".allow_methods([Method::DELETE])");
    let layer = cors().allow_methods([Method::DELETE]);
    let outcome = fetch().send(&mut layer.layer(routes())).await;
    let fix = ".allow_headers([HeaderName::from_static(\"x-a\")])";
    assert_eq!(outcome.expect_blocked().fix(), fix);
    let layer = layer.allow_headers([header::HeaderName::from_static("x-a")]);
    let outcome = fetch().send(&mut layer.layer(routes())).await;
    assert_eq!(outcome.expect_readable().status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn authentication_in_front() {
    let mut app = routes().layer(cors()).layer(middleware::from_fn(authenticate));
    let put = page().put(API).header("authorization", "Bearer token");
    let outcome = put.send(&mut app).await;
    let blocked = outcome.expect_blocked();
    assert!(blocked.at_preflight());
    assert_eq!(blocked.reason(), &Reason::AllowOriginMissing);
    let fix = "a layer outside CORS answered the preflight with 401: put the CORS layer outermost";
    assert_eq!(blocked.fix(), fix);
}

#[tokio::test]
async fn a_layer_inside_a_method_router_sees_no_preflight() {
    let mut app: Router = Router::new().route("/orders", put(async || "saved").route_layer(cors()));
    let outcome = page().put(API).send(&mut app).await;
    let fix = "a router that the CORS layer is not around answered the preflight with 405: \
               put the layer around the whole router, after its routes";
    assert_eq!(outcome.expect_blocked().fix(), fix);
}

#[tokio::test]
async fn a_redirecting_preflight() {
    let to_https =
        async |_: Request, _: Next| Redirect::permanent("https://api.example.com/orders");
    let mut app = routes().layer(cors()).layer(middleware::from_fn(to_https));
    let outcome = page().put("http://api.example.com/orders").send(&mut app).await;
    let reason = outcome.expect_blocked().reason();
    assert_eq!(reason, &Reason::PreflightRedirected(StatusCode::PERMANENT_REDIRECT));
}

#[tokio::test]
async fn a_500_that_never_passed_the_layer() {
    let catch = async |request: Request, next: Next| {
        let response = next.run(request).await;
        if response.status().is_server_error() {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        response
    };
    let fails = "https://api.example.com/fails";
    let mut app = routes().layer(cors()).layer(middleware::from_fn(catch));
    let get = || page().get(fails).header("authorization", "Bearer token");
    let outcome = get().send(&mut app).await;
    let fix = "a layer outside CORS answered the request with 500: put the CORS layer outermost";
    assert_eq!(outcome.expect_blocked().fix(), fix);
    let mut app = routes().layer(middleware::from_fn(catch)).layer(cors());
    let outcome = get().send(&mut app).await;
    assert_eq!(outcome.expect_readable().status(), StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn enforcement_refuses_handshakes() {
    let mut app = cors().enforce_origins(true).layer(routes());
    for (profile, page, expected) in [
        (Profile::Chromium, "https://evil.example", 403),
        (Profile::Firefox, "https://evil.example", 403),
        (Profile::Chromium, APP, 200),
        (Profile::Chromium, "https://api.example.com", 200),
        (Profile::Firefox, "https://api.example.com", 200),
    ] {
        let page = Browser::with_profile(profile).page(page);
        let exchange = page.web_socket("wss://api.example.com/orders").send(&mut app).await;
        assert_eq!(exchange.status().unwrap().as_u16(), expected, "{exchange}");
    }
}
