//! No false alarms: good stacks are clean.

use std::{convert::Infallible, time::Duration};

use axum::{
    Router,
    body::Body,
    http::StatusCode,
    middleware::{self, Next},
    routing,
};
use http::{HeaderName, Method, Request, Response};
use tower::{Layer, service_fn};
use tower_cors::{
    AllowOrigin, Any, CorsLayer, Enforce,
    testing::{Browser, Credentials, Profile},
};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
    trace::TraceLayer,
};

use crate::stack::{API, APP, cors, examination, routes};

fn policies() -> Vec<(&'static str, CorsLayer)> {
    let named = || CorsLayer::new().allow_methods([Method::PUT]);
    vec![
        ("a list", cors()),
        ("a pattern", named().allow_origins(["https://*.example.com"])),
        ("any origin", named().allow_origin(Any)),
        ("any of everything", CorsLayer::permissive()),
        ("a mirrored origin", named().allow_origin(AllowOrigin::mirror_request())),
        ("a fixed origin", named().allow_origin(AllowOrigin::fixed(APP.parse().expect("a value")))),
        ("a predicate", {
            let is_app = |origin: &http::HeaderValue, _: &http::request::Parts| origin == APP;
            named().allow_origin(AllowOrigin::predicate(is_app))
        }),
        ("credentials", cors().allow_credentials(true).expose_headers(Any)),
        ("everything with credentials", CorsLayer::very_permissive()),
        ("enforced", cors().enforce_origins(Enforce::ListedOnly)),
        ("exposing any", cors().expose_headers(Any).max_age(Duration::from_secs(600))),
        ("status 200", cors().preflight_status(StatusCode::OK)),
    ]
}

#[tokio::test]
async fn policies_are_clean() {
    for (name, layer) in policies() {
        for profile in [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit] {
            let page = Browser::with_profile(profile).page(APP);
            let examination = page.examine(API).also("/fails").method(Method::PUT);
            let report = examination.run(&mut routes().layer(layer.clone())).await;
            assert!(report.is_clean(), "{name}, {profile:?}\n{report}");
        }
    }
}

#[tokio::test]
async fn credentials_are_clean() {
    for layer in [cors().allow_credentials(true), CorsLayer::very_permissive()] {
        let mut app = routes().layer(layer);
        let page = Browser::new().cookie("api.example.com", "sid=1").page(APP);
        let examination = page.examine(API).credentials(Credentials::Include);
        let report = examination.header("authorization", "Bearer token").run(&mut app).await;
        report.assert_clean();
        for exchange in report.exchanges() {
            let has = |name: &str| exchange.request_headers().contains_key(name);
            let sent = [has("cookie"), has("authorization")];
            assert_eq!(sent, [!exchange.is_preflight(); 2], "{exchange}");
        }
    }
}

#[tokio::test]
async fn what_may_sit_outside() {
    let mut app = routes()
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(60)))
        .layer(cors())
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http());
    examination().run(&mut app).await.assert_clean();
}

#[tokio::test]
async fn a_layer_in_a_layer() {
    let mut app = routes().layer(CorsLayer::permissive()).layer(cors());
    examination().run(&mut app).await.assert_clean();
    let mut app = cors().layer(routes());
    examination().run(&mut app).await.assert_clean();
}

#[tokio::test]
async fn a_nested_api() {
    let api = routes().fallback(async || StatusCode::NOT_FOUND).layer(cors());
    let mut app = Router::new().route("/", routing::get(async || "site")).nest("/v1", api);
    let page = Browser::new().page(APP);
    page.examine("https://api.example.com/v1/users?page=2").run(&mut app).await.assert_clean();
}

#[tokio::test]
async fn policies_of_their_own() {
    let open = Router::new().route("/open", routing::get(async || "open"));
    let mut app = routes()
        .layer(cors().allow_credentials(true))
        .merge(open.layer(CorsLayer::permissive()))
        .fallback_service(Router::new().layer(cors()));
    examination().also("/open").run(&mut app).await.assert_clean();
}

#[tokio::test]
async fn an_error_without_what_is_exposed() {
    let refused = async |_: Request<Body>, _: Next| StatusCode::UNAUTHORIZED;
    let layer = cors().expose_headers([HeaderName::from_static("x-total")]);
    let mut app = routes().layer(middleware::from_fn(refused)).layer(layer);
    examination().run(&mut app).await.assert_clean();
}

#[tokio::test]
async fn headers_that_pages_do_not_read() {
    let inner = service_fn(async |_: Request<Vec<u8>>| {
        let mut response = Response::new(Body::from("hello"));
        for (name, value) in [
            ("content-type", "text/plain"),
            ("date", "Sat, 01 Jan 2000 00:00:00 GMT"),
            ("etag", "\"7\""),
            ("server", "example"),
            ("set-cookie", "sid=1"),
            ("strict-transport-security", "max-age=1"),
            ("x-content-type-options", "nosniff"),
        ] {
            let name = HeaderName::from_static(name);
            response.headers_mut().insert(name, value.parse().expect("a value"));
        }
        Ok::<_, Infallible>(response)
    });
    examination().run_as(&mut cors().layer(inner)).await.assert_clean();
}
