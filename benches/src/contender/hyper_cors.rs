use std::future::ready;

use hyper_cors::{AllowOrigin, Any, CorsBuilder};

use super::settings::{
    EXPOSED, MAX_AGE, METHODS, is_app, is_below, is_localhost, request_headers, values,
};
use crate::policy::Policy;

pub(super) fn builder(policy: Policy) -> CorsBuilder {
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
    let builder = CorsBuilder::new()
        .allow_origin(origins)
        .allow_methods(METHODS)
        .allow_headers(request_headers(policy))
        .max_age(MAX_AGE);
    match policy {
        Policy::Credentials => builder.allow_credentials(true).expose_headers(EXPOSED),
        _ => builder,
    }
}
