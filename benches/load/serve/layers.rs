use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use axum::http::{HeaderName, Method};
use tower_cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer, ExposeHeaders};

use crate::{policy::Policy, subject::Subject};

/// The policies that something still holds.
#[derive(Default)]
pub(super) struct Alive {
    policies: Vec<Weak<()>>,
}

impl Alive {
    pub(super) fn count(&mut self) -> usize {
        self.policies.retain(|policy| policy.strong_count() > 0);
        self.policies.len()
    }

    /// What lives as long as its policy does, which holds the predicate.
    fn token(&mut self) -> AllowOrigin {
        let token = Arc::new(());
        self.policies.push(Arc::downgrade(&token));
        AllowOrigin::predicate(move |_, _| Arc::strong_count(&token) == 0)
    }
}

/// A layer with that policy, whose other origins nothing else has.
pub(super) fn layer(
    policy: &Policy,
    generation: usize,
    subject: Subject,
    alive: &mut Alive,
) -> CorsLayer {
    let other = |number| format!("https://app-{number}.generation-{generation}.example");
    let pages = policy.pages.iter().map(|page| page.pattern().to_owned());
    let origins = AllowOrigin::patterns(pages.chain((0..subject.other_origins()).map(other)));
    let origins = match subject {
        Subject::Soaked => origins.or(alive.token()),
        _ => origins,
    };
    let method = |name: &&str| Method::try_from(*name).expect("methods are tokens");
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods(AllowMethods::list(policy.methods.iter().map(method)))
        .allow_headers(AllowHeaders::list(names(policy.headers)))
        .expose_headers(ExposeHeaders::list(names(policy.exposed)))
        .allow_credentials(policy.allows_credentials)
        .max_age(Duration::from_secs(policy.max_age.into()))
}

fn names(names: &'static [&'static str]) -> impl Iterator<Item = HeaderName> {
    names.iter().map(|name| HeaderName::from_static(name))
}
