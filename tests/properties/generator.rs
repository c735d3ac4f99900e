//! Policies that build.

use proptest::{
    option,
    prelude::*,
    sample::{select, subsequence},
};

use crate::{
    origins::{PAGES, PATTERNS, Page},
    policy::{Names, Origins, Policy, Trust},
};

const METHODS: [&str; 7] = ["DELETE", "GET", "OPTIONS", "PATCH", "PUT", "QUERY", "patch"];
const HEADERS: [&str; 5] = ["accept", "authorization", "content-type", "x-a", "x-b"];
const EXPOSED: [&str; 4] = ["content-type", "etag", "x-count", "x-request-id"];

pub(crate) fn policies() -> impl Strategy<Value = Policy> {
    let trust = prop_oneof![
        2 => Just(Trust::All),
        3 => Just(Trust::None),
        1 => Just(Trust::Some),
    ];
    let names = (names(&METHODS), names(&HEADERS), option::weighted(0.7, some(&EXPOSED)));
    let max_age_millis = select(vec![None, Some(0), Some(1), Some(1_500), Some(600_000)]);
    let flags = (any::<bool>(), proptest::bool::weighted(0.2));
    let rest = (max_age_millis, select(vec![200, 204]), flags);
    (origins(), trust, names, rest).prop_map(|(origins, credentials, names, rest)| {
        let (methods, headers, exposed) = names;
        let (max_age_millis, preflight_status, (allows_null, enforces)) = rest;
        buildable(Policy {
            origins,
            allows_null,
            credentials,
            methods,
            headers,
            exposed,
            max_age_millis,
            preflight_status,
            enforces,
        })
    })
}

fn origins() -> impl Strategy<Value = Origins> {
    let fixed = |page: &Page| PATTERNS[..6].iter().any(|pattern| pattern.matches(*page));
    let fixed: Vec<Page> = PAGES.into_iter().filter(fixed).collect();
    let listed = (subsequence(&PATTERNS[..], 0..=PATTERNS.len()), any::<bool>());
    prop_oneof![
        1 => Just(Origins::Any),
        1 => select(fixed).prop_map(Origins::Fixed),
        6 => listed.prop_map(|(patterns, asks)| Origins::Listed { patterns, asks }),
        1 => Just(Origins::Mirror),
    ]
}

fn names(some_of: &'static [&'static str]) -> impl Strategy<Value = Names> {
    prop_oneof![
        1 => Just(Names::Any),
        4 => some(some_of).prop_map(Names::List),
        1 => Just(Names::Mirror),
    ]
}

fn some(of: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(of, 0..=of.len()).prop_shuffle()
}

/// Gives up what does not build.
fn buildable(mut policy: Policy) -> Policy {
    policy.credentials = match (&policy.origins, policy.credentials) {
        (Origins::Any, _) | (Origins::Mirror, Trust::Some) => Trust::None,
        (Origins::Fixed(_), Trust::Some) => Trust::All,
        (_, credentials) => credentials,
    };
    policy.enforces &= matches!(policy.origins, Origins::Fixed(_) | Origins::Listed { .. });
    policy.allows_null &= matches!(policy.origins, Origins::Listed { .. } | Origins::Mirror);
    policy.allows_null &= !policy.may_trust();
    policy
}
