//! What every configuration and error type is, and when the response's future is `Send`.

use std::{convert::Infallible, error::Error, fmt::Debug, future::ready};

use http::{Request, Response};
use tower::{Layer, Service, service_fn};
use tower_cors::{
    AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, Any, ConfigError, Cors, CorsLayer,
    Denial, Enforce, ExposeHeaders, MaxAge, OriginPattern, OriginSet, PatternError, Problem,
    ResponseFuture, Vary, Warning,
};

fn is_value<T: Debug + Clone + Send + Sync + Unpin + 'static>() {}
fn is_error<T: Error + Send + Sync + 'static>() {}
fn is_send<T: Send>() {}
fn is_service<T: Debug + Clone + Send + Sync + 'static>() {}

/// Compiles only if it holds for every `F`.
fn future_is_send<F: Send>() {
    is_send::<ResponseFuture<F>>();
}

/// Compiles only if it holds for every `S`.
fn service_is_as_its_inner<S: Debug + Clone + Send + Sync + 'static>() {
    is_service::<Cors<S>>();
}

#[test]
fn auto_traits() {
    is_value::<AllowCredentials>();
    is_value::<AllowHeaders>();
    is_value::<AllowMethods>();
    is_value::<AllowOrigin>();
    is_value::<Any>();
    is_value::<ConfigError>();
    is_value::<CorsLayer>();
    is_value::<Denial>();
    is_value::<Enforce>();
    is_value::<ExposeHeaders>();
    is_value::<MaxAge>();
    is_value::<OriginPattern>();
    is_value::<OriginSet>();
    is_value::<PatternError>();
    is_value::<Problem>();
    is_value::<Vary>();
    is_value::<Warning>();
    is_error::<ConfigError>();
    is_error::<PatternError>();
    future_is_send::<std::future::Ready<()>>();
    service_is_as_its_inner::<()>();
}

#[test]
fn denials_have_stable_codes() {
    let codes = [
        (Denial::HeaderNotAllowed, "header-not-allowed"),
        (Denial::MethodNotAllowed, "method-not-allowed"),
        (Denial::OriginMalformed, "origin-malformed"),
        (Denial::OriginNotAllowed, "origin-not-allowed"),
        (Denial::OriginNull, "origin-null"),
    ];
    for (denial, code) in codes {
        assert_eq!(denial.code(), code);
    }
}

#[test]
fn a_future_shows_nothing_of_what_it_waits_for() {
    let inner = |_: Request<()>| ready(Ok::<_, Infallible>(Response::new(())));
    let future = CorsLayer::new().layer(service_fn(inner)).call(Request::new(()));
    assert_eq!(format!("{future:?}"), "ResponseFuture { .. }");
}
