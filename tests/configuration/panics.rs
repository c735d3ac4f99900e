//! When a wrong layer that was not built panics, for each way that axum has to apply it.

use std::{
    any::Any,
    convert::Infallible,
    panic::{AssertUnwindSafe, catch_unwind},
};

use axum::{Router, body::Body, handler::Handler, routing::get};
use http::{Request, Response, StatusCode, header};
use tower::{Layer, Service, ServiceExt};
use tower_cors::CorsLayer;

use crate::literal;

#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    /// At each request, even of a router that was given its state.
    Requested,
    /// Where the router is given its state to be served; before that, at each request.
    Served,
    /// Where the layer is written.
    Written,
}

/// Applies the layer to a router with one route.
type Way = fn(CorsLayer) -> Router;

const WAYS: [(&str, Way, When); 5] = [
    ("Router::layer", router_layer, When::Written),
    ("Router::route_layer", router_route_layer, When::Written),
    ("MethodRouter::layer", method_router_layer, When::Written),
    ("MethodRouter::route_layer", method_router_route_layer, When::Served),
    ("Handler::layer", handler_layer, When::Requested),
];

const ORIGIN: &str = "https://example.com";

async fn hello() -> &'static str {
    "hello"
}

fn router_layer(cors: CorsLayer) -> Router {
    Router::new().route("/", get(hello)).layer(cors)
}

fn router_route_layer(cors: CorsLayer) -> Router {
    Router::new().route("/", get(hello)).route_layer(cors)
}

fn method_router_layer(cors: CorsLayer) -> Router {
    Router::new().route("/", get(hello).layer(cors))
}

fn method_router_route_layer(cors: CorsLayer) -> Router {
    Router::new().route("/", get(hello).route_layer(cors))
}

fn handler_layer(cors: CorsLayer) -> Router {
    Router::new().route("/", get(hello.layer(cors)))
}

fn right() -> CorsLayer {
    CorsLayer::new().allow_origins([ORIGIN])
}

fn wrong() -> CorsLayer {
    CorsLayer::new().allow_origins(["https://example.com/", "null"])
}

fn request() -> Request<Body> {
    let mut request = Request::new(Body::empty());
    request.headers_mut().insert(header::ORIGIN, literal(ORIGIN));
    request
}

/// The text of the panic of a request, which ends only the task of that request.
async fn panic_of_request(router: &Router) -> Option<String> {
    let served = tokio::spawn(router.clone().oneshot(request())).await;
    Some(text(served.err()?.into_panic()))
}

/// The text of the panic of anything else.
fn panic_of<T>(run: impl FnOnce() -> T) -> Option<String> {
    catch_unwind(AssertUnwindSafe(run)).err().map(text)
}

fn text(panic: Box<dyn Any + Send>) -> String {
    *panic.downcast().expect("the panic has a text")
}

#[tokio::test]
async fn a_wrong_layer_panics_where_the_framework_applies_it() {
    let expected = Some(wrong().build().unwrap_err().to_string());
    for (name, way, when) in WAYS {
        let written = panic_of(|| way(wrong()));
        if when == When::Written {
            assert_eq!(written, expected, "{name}");
            continue;
        }
        assert_eq!(written, None, "{name}");
        let router = way(wrong());
        for _ in 0..2 {
            assert_eq!(panic_of_request(&router).await, expected, "{name}");
        }
        let given_state = panic_of(|| router.clone().with_state::<()>(()));
        assert_eq!(given_state, expected.clone().filter(|_| when == When::Served), "{name}");
        assert_eq!(panic_of(|| router.into_make_service()), given_state, "{name}");
    }
}

#[tokio::test]
async fn the_layer_of_a_handler_panics_at_each_request_that_is_served() {
    let expected = Some(wrong().build().unwrap_err().to_string());
    let router = handler_layer(wrong()).with_state(());
    for _ in 0..2 {
        assert_eq!(panic_of_request(&router).await, expected);
    }
}

#[test]
fn a_wrong_layer_panics_where_it_wraps_a_whole_router() {
    let wrapped = panic_of(|| wrong().layer(Router::<()>::new().route("/", get(hello))));
    assert_eq!(wrapped, Some(wrong().build().unwrap_err().to_string()));
}

#[tokio::test]
async fn a_right_layer_never_panics() {
    for cors in [right(), right().build().unwrap()] {
        for (name, way, _) in WAYS {
            for router in [way(cors.clone()), way(cors.clone()).with_state(())] {
                assert_allows(name, router).await;
            }
        }
        let router = Router::<()>::new().route("/", get(hello));
        assert_allows("the whole router", cors.layer(router)).await;
    }
}

async fn assert_allows<S>(name: &str, mut app: S)
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
{
    for _ in 0..2 {
        let ready = app.ready().await.expect("nothing fails");
        let response = ready.call(request()).await.expect("nothing fails");
        assert_eq!(response.status(), StatusCode::OK, "{name}");
        assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], ORIGIN, "{name}");
    }
}
