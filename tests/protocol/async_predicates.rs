//! An async predicate decides before the inner service is polled, and can be dropped half-way.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
};

use http::{Request, Response};
use tower::{Layer, Service, service_fn};
use tower_cors::{AllowOrigin, CorsLayer};

use crate::{
    coverage::Covers,
    harness::{ACAO, APP, EVIL, actual, preflight},
};

/// The covered rules of the tests below.
pub(crate) const COVERS: [Covers; 1] =
    [(async_predicates_decide_before_the_inner_service_is_polled, &["D23", "D24"])];

/// An async predicate that is asked, waits until it is let go, and allows `APP`.
struct Slow {
    config: CorsLayer,
    is_let_go: Arc<AtomicBool>,
    dropped: Arc<AtomicUsize>,
    inner_polls: Arc<AtomicUsize>,
}

/// Counts when it is dropped.
struct Guard(Arc<AtomicUsize>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Slow {
    fn new() -> Self {
        let (is_let_go, dropped) = (Arc::new(AtomicBool::new(false)), Arc::default());
        let (go, drops) = (Arc::clone(&is_let_go), Arc::clone(&dropped));
        let origin = AllowOrigin::async_predicate(move |origin, _| {
            let guard = Guard(drops);
            async move {
                let _guard = guard;
                poll_fn(|_| match go.load(Ordering::SeqCst) {
                    true => Poll::Ready(()),
                    false => Poll::Pending,
                })
                .await;
                origin == APP
            }
        });
        let config = CorsLayer::new().allow_origin(origin);
        Self { config, is_let_go, dropped, inner_polls: Arc::default() }
    }

    fn call(&self, request: http::request::Builder) -> impl Future<Output = Response<()>> + use<> {
        let polls = Arc::clone(&self.inner_polls);
        let mut service = self.config.layer(service_fn(move |_: Request<()>| {
            let polls = Arc::clone(&polls);
            poll_fn(move |_| match polls.fetch_add(1, Ordering::SeqCst) {
                0 => Poll::Pending,
                _ => Poll::Ready(Ok::<_, ()>(Response::new(()))),
            })
        }));
        let response = service.call(request.body(()).expect("a request"));
        async { response.await.expect("a response") }
    }

    fn inner_polls(&self) -> usize {
        self.inner_polls.load(Ordering::SeqCst)
    }

    fn drops(&self) -> usize {
        self.dropped.load(Ordering::SeqCst)
    }
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn async_predicates_decide_before_the_inner_service_is_polled() {
    for (origin, is_allowed) in [(APP, true), (EVIL, false)] {
        let slow = Slow::new();
        let mut response = pin!(slow.call(actual(origin)));
        for _ in 0..3 {
            assert!(poll(response.as_mut()).is_pending());
            assert_eq!(slow.inner_polls(), 0);
        }
        slow.is_let_go.store(true, Ordering::SeqCst);
        assert!(poll(response.as_mut()).is_pending());
        assert_eq!((slow.inner_polls(), slow.drops()), (1, 1));
        let Poll::Ready(response) = poll(response) else { panic!("not ready") };
        assert_eq!(slow.inner_polls(), 2);
        assert_eq!(response.headers().contains_key(ACAO), is_allowed);
    }
}

#[test]
fn async_predicates_decide_preflights() {
    for (origin, status) in [(APP, 204), (EVIL, 403)] {
        let slow = Slow::new();
        let mut response = pin!(slow.call(preflight(origin, "GET")));
        assert!(poll(response.as_mut()).is_pending());
        slow.is_let_go.store(true, Ordering::SeqCst);
        let Poll::Ready(response) = poll(response) else { panic!("not ready") };
        assert_eq!(response.status(), status);
        assert_eq!(slow.inner_polls(), 0);
    }
}

#[test]
fn dropping_the_response_future_drops_the_predicate_and_runs_nothing() {
    for request in [actual(APP), preflight(APP, "GET")] {
        let slow = Slow::new();
        let mut response = Box::pin(slow.call(request));
        assert!(poll(response.as_mut()).is_pending());
        let before = slow.drops();
        drop(response);
        assert_eq!((slow.drops() - before, slow.inner_polls()), (1, 0));
    }
}
