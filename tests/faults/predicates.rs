//! Predicates that fail, panic, are too slow or are cancelled.

use std::{convert::Infallible, future::ready, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::FutureExt;
use http::{
    HeaderValue, Request, Response, Version, header::ACCESS_CONTROL_ALLOW_ORIGIN, request::Parts,
};
use http_body_util::Full;
use hyper::body::Incoming;
use tokio::sync::Semaphore;
use tower::{
    Layer, Service, ServiceExt,
    limit::ConcurrencyLimit,
    service_fn,
    timeout::{Timeout, error::Elapsed},
};
use tower_cors::{AllowCredentials, AllowOrigin, CorsLayer, Denial, MaxAge};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    finished::text,
    lasting::Lasting,
    resets::http2,
    wire::{APP, Client, Connection, STRANGER, bounded, get, preflight, serve_hyper},
};

const BROKEN: &str = "https://broken.example";

/// What predicates do: they know `APP`, and panic at `BROKEN`.
fn knows(origin: &HeaderValue) -> bool {
    assert_ne!(origin, BROKEN, "the predicate is broken");
    origin == APP
}

async fn hello<B>(_: Request<B>) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(Response::new(Full::from("hello")))
}

fn broken() -> [(&'static str, CorsLayer); 5] {
    let listed = || CorsLayer::new().allow_origins([APP, BROKEN]);
    let max_age = |origin: &HeaderValue, _: &Parts| {
        knows(origin);
        Duration::from_secs(60)
    };
    [
        (
            "origin",
            CorsLayer::new().allow_origin(AllowOrigin::predicate(|origin, _| knows(origin))),
        ),
        (
            "origin, when asked",
            CorsLayer::new()
                .allow_origin(AllowOrigin::async_predicate(|origin, _| ready(knows(&origin)))),
        ),
        ("origin, when polled", asked_when_polled()),
        ("credentials", listed().allow_credentials(AllowCredentials::predicate(|o, _| knows(o)))),
        ("max age", listed().max_age(MaxAge::dynamic(max_age))),
    ]
}

fn asked_when_polled() -> CorsLayer {
    let predicate = AllowOrigin::async_predicate(|origin, _| async move {
        tokio::task::yield_now().await;
        knows(&origin)
    });
    CorsLayer::new().allow_origin(predicate)
}

#[tokio::test]
async fn a_panic_passes_and_the_next_request_is_served() {
    for (name, cors) in broken() {
        let permits = Arc::new(Semaphore::new(1));
        let inner = ConcurrencyLimit::with_semaphore(service_fn(hello), permits.clone());
        let service = ConcurrencyLimit::new(cors.layer(inner), 1);
        for request in [get("/", Some(BROKEN)), preflight("/", BROKEN, "GET")] {
            // The age is asked for on preflights only.
            if name == "max age" && request.method() == "GET" {
                continue;
            }
            let answer = AssertUnwindSafe(async { service.clone().oneshot(request).await });
            let panic = answer.catch_unwind().await.expect_err(name);
            assert!(text(&*panic).contains("the predicate is broken"), "{name}");
            assert_eq!(permits.available_permits(), 1, "{name}");
        }
        for request in [get("/", Some(APP)), preflight("/", APP, "GET")] {
            let Ok(response) = service.clone().oneshot(request).await;
            assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP, "{name}");
        }
    }
}

/// As of any other panic, the page that asked sees no CORS headers.
#[tokio::test]
async fn a_panic_is_caught_outside_only() {
    for (name, cors) in broken() {
        let service = CatchPanicLayer::new().layer(cors.layer(service_fn(hello)));
        let Ok(response) = service.oneshot(preflight("/", BROKEN, "GET")).await;
        assert_eq!(response.status(), 500, "{name}");
        assert!(!response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN), "{name}");
    }
}

#[tokio::test]
async fn a_panic_ends_one_stream_of_http_2() {
    bounded(async {
        let inner = service_fn(async |_: Request<Incoming>| {
            Ok::<_, Infallible>(Response::new(Full::<Bytes>::from("hello")))
        });
        let server = serve_hyper(Connection::Http2, asked_when_polled().layer(inner)).await;
        let mut sender = http2(server).await;
        for request in [get("/", Some(BROKEN)), preflight("/", BROKEN, "GET")] {
            assert!(sender.send_request(request).await.is_err());
        }
        let response = sender.send_request(get("/", Some(APP))).await.expect("it is served");
        assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP);
        let response = Client::new(Version::HTTP_2, server).send(get("/", Some(STRANGER))).await;
        assert!(!response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN));
    })
    .await;
}

/// There is no error to return: what could not be found out is not allowed.
#[tokio::test]
async fn a_predicate_that_fails_allows_nothing() {
    async fn look_up(origin: HeaderValue) -> Result<bool, &'static str> {
        tokio::task::yield_now().await;
        if origin == BROKEN { Err("the database is away") } else { Ok(origin == APP) }
    }
    let predicate =
        AllowOrigin::async_predicate(|origin, _| async { look_up(origin).await.unwrap_or(false) });
    let service = CorsLayer::new().allow_origin(predicate).layer(service_fn(hello));
    for (request, status) in [(get("/", Some(BROKEN)), 200), (preflight("/", BROKEN, "GET"), 403)] {
        let Ok(response) = service.clone().oneshot(request).await;
        assert_eq!(response.status(), status);
        assert_eq!(response.extensions().get(), Some(&Denial::OriginNotAllowed));
        assert!(!response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN));
    }
    let Ok(response) = service.oneshot(get("/", Some(APP))).await;
    assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP);
}

#[tokio::test]
async fn a_timeout_around_the_layer_cancels_a_predicate_that_is_too_slow() {
    let lasting = Lasting::default();
    let asked = lasting.clone();
    let predicate = AllowOrigin::async_predicate(move |_, _| {
        let forever = asked.forever();
        async {
            forever.await;
            true
        }
    });
    let cors = CorsLayer::new().allow_origin(predicate);
    let mut service = Timeout::new(cors.layer(service_fn(hello)), Duration::from_millis(1));
    let idle = lasting.count();
    for request in [get("/", Some(APP)), preflight("/", APP, "GET")] {
        let response = service.ready().await.expect("it is ready").call(request);
        assert!(lasting.count() > idle);
        let error = response.await.expect_err("nothing is decided");
        assert!(error.is::<Elapsed>());
        assert_eq!(lasting.count(), idle);
    }
}
