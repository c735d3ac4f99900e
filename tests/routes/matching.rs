//! What axum has found out about a request when a condition is asked.

use std::{
    convert::Infallible,
    mem,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, OriginalUri},
};
use http::Request;
use tower::{Layer, Service, ServiceExt};
use tower_cors::{CorsLayer, Target};

use crate::{
    app::{partner_api, partners, routes},
    exchange::{ask, request},
};

/// The URI's path, the whole one by `OriginalUri`, and the route.
type Sight = (String, Option<String>, Option<String>);

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Sight>>>);

impl Seen {
    fn layer(&self) -> CorsLayer {
        let seen = self.clone();
        let condition = move |target: &Target<'_>| {
            let extensions = target.extensions();
            let whole = extensions.get::<OriginalUri>().map(|uri| uri.0.path().to_owned());
            let route = extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned());
            let sight = (target.uri().path().to_owned(), whole, route);
            seen.0.lock().expect("no condition panics").push(sight);
            false
        };
        CorsLayer::new().when(condition, CorsLayer::new())
    }

    /// What was seen of a request, and the same of its preflight.
    async fn of<S>(&self, service: S, path: &str) -> Sight
    where
        S: Service<Request<Body>, Error = Infallible> + Clone,
    {
        for method in ["PUT", "OPTIONS"] {
            let text = format!(
                "{method} {path}\norigin: https://stranger.example\naccess-control-request-method: PUT"
            );
            let Ok(_) = service.clone().oneshot(request(&text)).await;
        }
        let mut seen = mem::take(&mut *self.0.lock().expect("no condition panics"));
        assert_eq!(seen.len(), 2, "{path}");
        assert_eq!(seen[0], seen[1], "a preflight sees the same: {path}");
        seen.remove(0)
    }
}

fn sight(path: &str, whole: Option<&str>, route: Option<&str>) -> Sight {
    (path.into(), whole.map(Into::into), route.map(Into::into))
}

#[tokio::test]
async fn a_layer_of_the_router_sees_the_route_that_is_matched() {
    let seen = Seen::default();
    let router = routes().layer(seen.layer());
    for (path, route) in [
        ("/status", Some("/status")),
        ("/partners/orders/7", Some("/partners/orders/{id}")),
        ("/partners/orders", None),
        ("/missing", None),
    ] {
        let expected = sight(path, Some(path), route);
        assert_eq!(seen.of(router.clone(), path).await, expected);
    }
}

#[tokio::test]
async fn a_route_layer_is_asked_about_routes_alone() {
    let seen = Seen::default();
    let router = routes().route_layer(seen.layer());
    let path = "/partners/orders/7";
    let expected = sight(path, Some(path), Some("/partners/orders/{id}"));
    assert_eq!(seen.of(router.clone(), path).await, expected);
    ask(router, "GET /missing").await;
    assert!(seen.0.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_layer_of_a_nested_router_sees_the_rest_and_the_whole() {
    let seen = Seen::default();
    let router = Router::new().nest("/partners", partner_api().layer(seen.layer()));
    let path = "/partners/orders/7";
    let expected = sight("/orders/7", Some(path), Some("/partners/orders/{id}"));
    assert_eq!(seen.of(router, path).await, expected);
}

/// It is asked before axum is.
#[tokio::test]
async fn a_layer_around_the_router_sees_the_uri_alone() {
    let seen = Seen::default();
    let service = seen.layer().layer(routes());
    let path = "/partners/orders/7";
    assert_eq!(seen.of(service, path).await, sight(path, None, None));
}

/// By the route: what is no route has the layer's own policy, its 404 too.
#[tokio::test]
async fn a_policy_by_route_is_not_for_the_fallback() {
    let is_order = |target: &Target<'_>| {
        let route = target.extensions().get::<MatchedPath>();
        route.is_some_and(|route| route.as_str() == "/partners/orders/{id}")
    };
    let cors = CorsLayer::new().when(is_order, partners()).build().unwrap();
    let get = |path| format!("GET {path}\norigin: https://partner.example");
    let readable = "200\naccess-control-allow-credentials: true\n\
                    access-control-allow-origin: https://partner.example\n\
                    content-type: text/plain; charset=utf-8\nvary: origin\n\norder 7";
    let unreadable = "200\ncontent-type: text/plain; charset=utf-8\n\
                      vary: origin\n\norder 7";
    let missing = "404\nvary: origin\n";
    let router = routes().layer(cors.clone());
    assert_eq!(ask(router.clone(), &get("/partners/orders/7")).await, readable);
    assert_eq!(ask(router, &get("/partners/orders/7/8")).await, missing);
    let around = cors.layer(routes());
    assert_eq!(ask(around, &get("/partners/orders/7")).await, unreadable);
}
