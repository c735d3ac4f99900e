use http::HeaderValue;

use super::{
    Floor, predicate,
    shape::{
        Any, AnyPort, Credentials, Listed, ManyHeaders, One, Shape, Texts, Wildcard, Wildcards,
    },
};
use crate::{
    contender::{Entry, Tower},
    policy::{HEADERS, Policy, header_names},
};

/// The floor of a policy.
pub(crate) fn enter(policy: Policy) -> Entry {
    match policy {
        Policy::Any => with(Any),
        Policy::AnyPort => with(AnyPort),
        Policy::AsyncPredicate => Box::new(|inner| Tower::of(predicate::AskedLater { inner })),
        Policy::Credentials => with(Credentials),
        Policy::Listed(1) | Policy::Reloadable | Policy::When => with(One),
        Policy::Listed(_) => with(Listed(texts(policy.patterns()))),
        Policy::ManyHeaders => {
            let names: Vec<&str> = header_names(HEADERS).into_iter().map(leaked).collect();
            let line = HeaderValue::from_static(leaked(names.join(",")));
            with(ManyHeaders { names: names.leak(), line: Box::leak(Box::new(line)) })
        }
        Policy::Predicate => Box::new(|inner| Tower::of(predicate::Asked { inner })),
        Policy::Wildcards(1) => with(Wildcard),
        Policy::Wildcards(_) => {
            with(Wildcards(texts(policy.patterns().map(|text| text.replace("https://*", "")))))
        }
    }
}

fn with(shape: impl Shape + 'static) -> Entry {
    Box::new(move |inner| Tower::of(Floor { shape, inner }))
}

fn texts(texts: impl Iterator<Item = String>) -> &'static Texts {
    Box::leak(Box::new(texts.map(|text| leaked(text).as_bytes()).collect()))
}

fn leaked(text: String) -> &'static str {
    text.leak()
}
