//! Inner services that panic, or get ready late, or answer with more than http can hold.

use std::{
    convert::Infallible,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use futures_util::FutureExt;
use http::{
    HeaderName, HeaderValue, Request, Response,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, VARY},
};
use tokio::sync::Semaphore;
use tower::{Layer, Service, ServiceExt, limit::ConcurrencyLimit, service_fn};
use tower_cors::CorsLayer;

use crate::{
    finished::text,
    wire::{APP, STRANGER, bounded, get, preflight},
};

/// How many names a `HeaderMap` holds.
const MOST_NAMES: usize = 24_576;

fn cors() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

async fn empty<B>(_: Request<B>) -> Result<Response<()>, Infallible> {
    Ok(Response::new(()))
}

#[tokio::test]
async fn a_service_that_gets_ready_wakes_who_waits() {
    bounded(async {
        let permits = Arc::new(Semaphore::new(1));
        let service =
            cors().layer(ConcurrencyLimit::with_semaphore(service_fn(empty), permits.clone()));
        for request in [get("/", Some(APP)), preflight("/", APP, "GET")] {
            let taken = permits.clone().try_acquire_owned().expect("nobody has it");
            let mut answer = tokio::spawn(service.clone().oneshot(request));
            for _ in 0..10 {
                tokio::task::yield_now().await;
                assert!((&mut answer).now_or_never().is_none());
            }
            drop(taken);
            let Ok(response) = answer.await.expect("nothing panics");
            assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP);
        }
    })
    .await;
}

#[tokio::test]
async fn a_panic_passes_and_keeps_no_permit() {
    let permits = Arc::new(Semaphore::new(1));
    let panics = |in_call: bool| {
        let inner = service_fn(move |request: Request<_>| {
            assert!(!in_call || request.uri() == "/", "in call");
            async move {
                tokio::task::yield_now().await;
                assert_eq!(request.uri(), "/", "in poll");
                empty(request).await
            }
        });
        cors().layer(ConcurrencyLimit::with_semaphore(inner, permits.clone()))
    };
    for (in_call, expected) in [(true, "in call"), (false, "in poll")] {
        let service = panics(in_call);
        for origin in [Some(APP), Some(STRANGER), None] {
            let request = get("/broken", origin);
            let answer = AssertUnwindSafe(async { service.clone().oneshot(request).await });
            let panic = answer.catch_unwind().await.expect_err(expected);
            assert!(text(&*panic).contains(expected), "{}", text(&*panic));
            assert_eq!(permits.available_permits(), 1);
        }
        let Ok(response) = service.oneshot(get("/", Some(APP))).await;
        assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP);
    }
}

/// Left out, `Vary` would let caches mix up what different origins are told.
#[test]
fn a_response_without_room_for_a_header_panics_rather_than_leave_it_out() {
    for (names, is_answered) in [(MOST_NAMES - 2, true), (MOST_NAMES, false)] {
        let inner = service_fn(async |_: Request<_>| Ok::<_, Infallible>(with_names(names)));
        let request = get("/", Some(APP));
        let answer = AssertUnwindSafe(|| cors().layer(inner).call(request).now_or_never());
        match catch_unwind(answer) {
            Ok(response) => {
                let Ok(response) = response.expect("nothing waits");
                assert!(is_answered);
                assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP);
                assert_eq!(response.headers()[VARY], "origin");
            }
            Err(panic) => {
                assert!(!is_answered);
                assert!(text(&*panic).starts_with("size overflows MAX_SIZE"));
            }
        }
    }
}

fn with_names(count: usize) -> Response<()> {
    let mut response = Response::new(());
    for number in 0..count {
        let name = HeaderName::try_from(format!("x-{number}")).expect("it is a token");
        response.headers_mut().insert(name, HeaderValue::from_static(""));
    }
    response
}
