use std::future::ready;

use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use super::settings::{
    EXPOSED, MAX_AGE, METHODS, is_app, is_below, is_localhost, request_headers, values,
};
use crate::policy::Policy;

pub(super) fn layer(policy: Policy) -> CorsLayer {
    let is_below = is_below(policy);
    let origins = match policy {
        Policy::Any => Any.into(),
        Policy::AnyPort => AllowOrigin::predicate(|origin, _| is_localhost(origin.as_bytes())),
        Policy::AsyncPredicate => {
            AllowOrigin::async_predicate(|origin, _| ready(is_app(origin.as_bytes())))
        }
        Policy::Predicate => AllowOrigin::predicate(|origin, _| is_app(origin.as_bytes())),
        Policy::Wildcards(_) => {
            AllowOrigin::predicate(move |origin, _| is_below(origin.as_bytes()))
        }
        _ => AllowOrigin::list(values(policy)),
    };
    let layer = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods(METHODS)
        .allow_headers(request_headers(policy))
        .max_age(MAX_AGE);
    match policy {
        Policy::Credentials => layer.allow_credentials(true).expose_headers(EXPOSED),
        _ => layer,
    }
}
