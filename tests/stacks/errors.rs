//! The inner service's own errors and its readiness pass through.

use std::{
    future::{Ready, ready},
    task::{Context, Poll},
};

use axum::body::Body;
use futures_util::FutureExt;
use http::{Request, Response};
use tower::{Layer, Service, ServiceExt};

use crate::answers::{APP, STRANGER, cors, get, preflight};

#[derive(Debug, PartialEq)]
struct Broken(&'static str);

/// Fails where it is told to.
#[derive(Clone)]
struct Inner {
    ready: fn() -> Poll<Result<(), Broken>>,
}

impl Service<Request<Body>> for Inner {
    type Response = Response<Body>;
    type Error = Broken;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Broken>> {
        (self.ready)()
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        ready(Err(Broken("call")))
    }
}

#[test]
fn an_error_passes_untouched() {
    let service = cors().layer(Inner { ready: || Poll::Ready(Ok(())) });
    for origin in [Some(APP), Some(STRANGER), None] {
        let outcome = service.clone().oneshot(get("/", origin)).now_or_never().unwrap();
        assert_eq!(outcome.map(|_| ()), Err(Broken("call")), "{origin:?}");
    }
    for (origin, status) in [(APP, 204), (STRANGER, 403)] {
        let outcome = service.clone().oneshot(preflight("/", origin)).now_or_never().unwrap();
        assert_eq!(outcome.unwrap().status(), status, "a preflight is not the inner service's");
    }
}

#[test]
fn an_error_of_readiness_passes_untouched() {
    let mut service = cors().layer(Inner { ready: || Poll::Ready(Err(Broken("readiness"))) });
    let outcome = service.ready().now_or_never().unwrap();
    assert_eq!(outcome.map(|_| ()), Err(Broken("readiness")));
    let outcome = service.oneshot(preflight("/", APP)).now_or_never().unwrap();
    assert_eq!(outcome.map(|_| ()), Err(Broken("readiness")), "not even a preflight is answered");
}

#[test]
fn a_service_is_ready_when_the_inner_one_is() {
    let mut service = cors().layer(Inner { ready: || Poll::Pending });
    assert!(service.ready().now_or_never().is_none());
}
