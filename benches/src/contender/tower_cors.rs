use std::future::ready;

use tower_cors::{AllowOrigin, Any, CorsLayer};

use super::settings::{EXPOSED, MAX_AGE, METHODS, is_app, request_headers};
use crate::policy::Policy;

pub(super) fn layer(policy: Policy) -> CorsLayer {
    let origins = match policy {
        Policy::Any => Any.into(),
        Policy::AsyncPredicate => {
            AllowOrigin::async_predicate(|origin, _| ready(is_app(origin.as_bytes())))
        }
        Policy::Predicate => AllowOrigin::predicate(|origin, _| is_app(origin.as_bytes())),
        _ => AllowOrigin::patterns(policy.patterns()),
    };
    let layer = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods(METHODS)
        .allow_headers(request_headers(policy))
        .max_age(MAX_AGE);
    match policy {
        Policy::Credentials => layer.allow_credentials(true).expose_headers(EXPOSED),
        Policy::Reloadable => layer.reloadable().expect("the policy is valid").0,
        Policy::When => CorsLayer::new()
            .when(|target| target.uri().path().starts_with("/elsewhere/"), CorsLayer::new())
            .when(|target| target.uri().path().starts_with('/'), layer),
        _ => layer,
    }
}
