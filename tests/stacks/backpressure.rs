//! Limits inside and around the layer. Preflights are answered without the inner service, whose
//! readiness stays unused until the clone that has it is dropped or serves another request.

use std::{convert::Infallible, fmt::Debug, future::ready, time::Duration};

use axum::{Router, body::Body, error_handling::HandleErrorLayer, routing};
use futures_util::FutureExt;
use http::{Request, Response, StatusCode};
use tower::{
    BoxError, Layer, Service, ServiceBuilder, ServiceExt,
    buffer::Buffer,
    limit::{ConcurrencyLimit, ConcurrencyLimitLayer, RateLimit, rate::Rate},
    load_shed::LoadShedLayer,
    service_fn,
    util::BoxCloneService,
};

use crate::answers::{APP, Answers, STRANGER, assert_answers, cors, get, preflight};

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn an_answered_preflight_keeps_a_permit_until_its_clone_is_dropped() {
    for (origin, status) in [(APP, 204), (STRANGER, 403)] {
        let service = cors().layer(ConcurrencyLimit::new(handler(), 1));
        let (mut first, mut second) = (service.clone(), service);
        assert_eq!(call(&mut first, preflight("/", origin)), status);
        assert!(!is_ready(&mut second), "the permit is still taken");
        drop(first);
        assert!(is_ready(&mut second));
    }
}

#[test]
fn an_answered_preflight_keeps_a_permit_until_its_clone_serves_a_request() {
    let service = cors().layer(ConcurrencyLimit::new(handler(), 1));
    let (mut first, mut second) = (service.clone(), service);
    assert_eq!(call(&mut first, preflight("/", APP)), 204);
    assert_eq!(call(&mut first, preflight("/", APP)), 204, "it needs no second permit");
    assert!(!is_ready(&mut second));
    assert_eq!(call(&mut first, get("/", Some(APP))), 200);
    assert!(is_ready(&mut second));
}

#[test]
fn an_enforced_refusal_keeps_a_permit_as_well() {
    let service = cors().enforce_origins(true).layer(ConcurrencyLimit::new(handler(), 1));
    let (mut first, mut second) = (service.clone(), service);
    assert_eq!(call(&mut first, get("/", Some(STRANGER))), 403);
    assert!(!is_ready(&mut second));
    drop(first);
    assert!(is_ready(&mut second));
}

#[tokio::test]
async fn axum_drops_the_clone_so_preflights_keep_no_permit() {
    let app = Router::new()
        .route("/", routing::get(|| ready("hello")))
        .layer(ServiceBuilder::new().layer(cors()).layer(ConcurrencyLimitLayer::new(1)));
    for _ in 0..2 {
        assert_answers("a limit of 1 inside", app.clone(), "/", &Answers::layered(200)).await;
    }
}

#[tokio::test]
async fn a_limit_outside_counts_preflights_only_while_they_last() {
    let service = ConcurrencyLimit::new(cors().layer(handler()), 1);
    assert_answers("a limit of 1 outside", service, "/", &Answers::layered(200)).await;
}

#[tokio::test]
async fn buffer() {
    let inside = cors().layer(Buffer::new(handler(), 1));
    assert_answers("Buffer inside", inside, "/", &Answers::layered(200)).await;
    let outside = Buffer::new(cors().layer(handler()), 1);
    assert_answers("Buffer outside", outside, "/", &Answers::layered(200)).await;
    // Its worker has the one clone, which serves whatever comes next with the readiness it kept.
    let limited = Buffer::new(cors().layer(ConcurrencyLimit::new(handler(), 1)), 1);
    assert_answers("Buffer around a limit", limited, "/", &Answers::layered(200)).await;
}

#[tokio::test]
async fn an_overloaded_service_answers_preflights_and_its_503_is_readable() {
    let limited = ConcurrencyLimit::new(handler(), 1);
    let service = ServiceBuilder::new()
        .layer(cors())
        .layer(HandleErrorLayer::new(unavailable))
        .layer(LoadShedLayer::new())
        .service(limited.clone());
    assert_answers("idle", service.clone(), "/", &Answers::layered(200)).await;
    let mut busy = limited;
    assert!(is_ready(&mut busy));
    assert_answers("busy", service.clone(), "/", &Answers::layered(503)).await;
    drop(busy);
    assert_answers("idle again", service, "/", &Answers::layered(200)).await;
}

#[tokio::test]
async fn mistake_an_overload_handled_outside_is_unreadable() {
    let limited = ConcurrencyLimit::new(handler(), 1);
    let service = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(unavailable))
        .layer(LoadShedLayer::new())
        .layer(cors())
        .service(limited.clone());
    let mut busy = limited;
    assert!(is_ready(&mut busy));
    assert_answers("busy", service, "/", &Answers::bare(503, 503)).await;
}

#[tokio::test]
async fn preflights_spend_nothing_of_a_rate_limit_inside_but_wait_for_it() {
    let mut service = cors().layer(RateLimit::new(handler(), Rate::new(2, HOUR)));
    assert_eq!(call(&mut service, get("/", Some(APP))), 200);
    for _ in 0..3 {
        assert_eq!(call(&mut service, preflight("/", APP)), 204);
    }
    assert_eq!(call(&mut service, get("/", Some(APP))), 200);
    assert!(!is_ready(&mut service), "the layer is ready when the inner service is");
}

type Handler = BoxCloneService<Request<Body>, Response<Body>, Infallible>;

fn handler() -> Handler {
    BoxCloneService::new(service_fn(|_| ready(Ok(Response::new(Body::empty())))))
}

async fn unavailable(_: BoxError) -> StatusCode {
    StatusCode::SERVICE_UNAVAILABLE
}

fn call<S>(service: &mut S, request: Request<Body>) -> u16
where
    S: Service<Request<Body>, Response = Response<Body>>,
    S::Error: Debug,
{
    let answer = async { service.ready().await?.call(request).await };
    let response = answer.now_or_never().expect("nothing has to wait");
    response.expect("the stack answers").status().as_u16()
}

fn is_ready<S: Service<Request<Body>>>(service: &mut S) -> bool {
    service.ready().now_or_never().is_some()
}
