//! Response futures that are polled after they are ready.

use std::{
    any::Any,
    convert::Infallible,
    future::{Ready, ready},
    panic::{AssertUnwindSafe, catch_unwind},
};

use http::{Request, Response};
use tower::{Layer, Service, service_fn};
use tower_cors::{AllowOrigin, CorsLayer};

use crate::{
    lasting::poll,
    wire::{APP, STRANGER, get, post, preflight},
};

const OURS: &str = "`ResponseFuture` is not polled after it is ready";
const OF_READY: &str = "`Ready` polled after completion";

/// What a panic says.
pub(crate) fn text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).expect("it says something")
}

fn listed() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

fn asked() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::async_predicate(|origin, _| ready(origin == APP)))
}

/// What is answered here says so itself; what is passed on is the inner future's to say.
#[test]
fn a_response_that_was_ready_says_that_it_is_not_polled_again() {
    let rows = [
        ("preflight, allowed", listed(), preflight("/", APP, "GET"), OURS),
        ("preflight, denied", listed(), preflight("/", STRANGER, "GET"), OURS),
        ("preflight, asked about", asked(), preflight("/", APP, "GET"), OURS),
        ("preflight, asked about and denied", asked(), preflight("/", STRANGER, "GET"), OURS),
        ("enforced", listed().enforce_origins(true), post("/", Some(STRANGER)), OURS),
        ("actual, allowed", listed(), get("/", Some(APP)), OF_READY),
        ("actual, denied", listed(), get("/", Some(STRANGER)), OF_READY),
        ("actual, asked about", asked(), get("/", Some(APP)), OF_READY),
        ("not CORS", listed(), get("/", None), OF_READY),
    ];
    for (name, cors, request, expected) in rows {
        let inner =
            |_: Request<_>| -> Ready<Result<_, Infallible>> { ready(Ok(Response::new(()))) };
        let mut response = Box::pin(cors.layer(service_fn(inner)).call(request));
        assert!(poll(response.as_mut()).is_ready(), "{name}");
        for _ in 0..2 {
            let panic = catch_unwind(AssertUnwindSafe(|| poll(response.as_mut())));
            assert_eq!(text(&*panic.expect_err(name)), expected, "{name}");
        }
    }
}
