//! Predicates in a branch, in the policy for all others, and in both.

use std::{future::ready, time::Duration};

use http::request::{Builder, Parts};
use tower_cors::{AllowCredentials, AllowOrigin, Any, CorsLayer, MaxAge, Outcome};

use crate::harness::{APP, Beta, Row, STRANGER, check, explain, get, preflight};

const TRUSTED: (&str, &str) = ("x-trust", "me");

fn is_trusted(parts: &Parts) -> bool {
    parts.headers.get(TRUSTED.0).is_some_and(|value| value == TRUSTED.1)
}

fn list() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

fn predicate() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::predicate(|_, parts| is_trusted(parts)))
}

fn async_predicate() -> CorsLayer {
    let asks = |_, parts: &Parts| ready(is_trusted(parts));
    CorsLayer::new().allow_origin(AllowOrigin::async_predicate(asks))
}

/// One policy for what is marked as beta, another one for the rest.
fn two(branch: CorsLayer, otherwise: CorsLayer) -> CorsLayer {
    otherwise.when(|target| target.extensions().get::<Beta>().is_some(), branch)
}

/// For this branch, or for none.
fn to(branch: Option<usize>, request: Builder) -> Builder {
    if branch.is_some() { request.extension(Beta) } else { request }
}

/// There a predicate decides.
fn asked(branch: Option<usize>) -> [Row; 4] {
    let trusted = |request| to(branch, request).header(TRUSTED.0, TRUSTED.1);
    [
        Row {
            name: "GET that the predicate allows",
            request: trusted(get("/", STRANGER)),
            branch,
            answer: &[
                "200",
                "access-control-allow-origin: https://stranger.example",
                "inner: GET /",
                "vary: origin",
            ],
        },
        Row {
            name: "GET that the predicate refuses",
            request: to(branch, get("/", APP)),
            branch,
            answer: &["200", "inner: GET /", "vary: origin", "(origin-not-allowed)"],
        },
        Row {
            name: "preflight that the predicate allows",
            request: trusted(preflight("/", STRANGER, "GET")),
            branch,
            answer: &[
                "204",
                "access-control-allow-methods: GET,HEAD,POST",
                "access-control-allow-origin: https://stranger.example",
                "vary: origin",
            ],
        },
        Row {
            name: "preflight that the predicate refuses",
            request: to(branch, preflight("/", APP, "GET")),
            branch,
            answer: &["403", "vary: origin", "(origin-not-allowed)"],
        },
    ]
}

/// There a list decides, whatever a predicate would say.
fn listed(branch: Option<usize>) -> [Row; 2] {
    let trusted = |request| to(branch, request).header(TRUSTED.0, TRUSTED.1);
    [
        Row {
            name: "GET from the list",
            request: to(branch, get("/", APP)),
            branch,
            answer: &[
                "200",
                "access-control-allow-origin: https://app.example.com",
                "inner: GET /",
                "vary: origin",
            ],
        },
        Row {
            name: "preflight that the other's predicate would allow",
            request: trusted(preflight("/", STRANGER, "GET")),
            branch,
            answer: &["403", "vary: origin", "(origin-not-allowed)"],
        },
    ]
}

#[test]
fn of_an_origin() {
    for predicate in [predicate, async_predicate] {
        let in_branch = two(predicate(), list());
        check(&in_branch, asked(Some(0)));
        check(&in_branch, listed(None));
        let otherwise = two(list(), predicate());
        check(&otherwise, listed(Some(0)));
        check(&otherwise, asked(None));
        let both = two(predicate(), predicate());
        check(&both, asked(Some(0)));
        check(&both, asked(None));
    }
}

#[test]
fn of_credentials() {
    let credentials = AllowCredentials::predicate(|_, parts| is_trusted(parts));
    let trusted = |branch| to(branch, get("/", APP)).header(TRUSTED.0, TRUSTED.1);
    check(
        &two(list().allow_credentials(credentials), list()),
        [
            Row {
                name: "trusted",
                request: trusted(Some(0)),
                branch: Some(0),
                answer: &[
                    "200",
                    "access-control-allow-credentials: true",
                    "access-control-allow-origin: https://app.example.com",
                    "inner: GET /",
                    "vary: origin",
                ],
            },
            Row {
                name: "trusted, elsewhere",
                request: trusted(None),
                branch: None,
                answer: &[
                    "200",
                    "access-control-allow-origin: https://app.example.com",
                    "inner: GET /",
                    "vary: origin",
                ],
            },
        ],
    );
}

#[test]
fn of_max_age() {
    let max_age = MaxAge::dynamic(|_, parts| match parts.headers.get(TRUSTED.0) {
        Some(_) => Duration::from_secs(600),
        None => Duration::from_secs(5),
    });
    let trusted = |branch| to(branch, preflight("/", APP, "GET")).header(TRUSTED.0, TRUSTED.1);
    check(
        &two(CorsLayer::new().allow_origin(Any).max_age(max_age), list()),
        [
            Row {
                name: "preflight",
                request: trusted(Some(0)),
                branch: Some(0),
                answer: &[
                    "204",
                    "access-control-allow-methods: GET,HEAD,POST",
                    "access-control-allow-origin: *",
                    "access-control-max-age: 600",
                    "vary: origin",
                ],
            },
            Row {
                name: "preflight elsewhere",
                request: trusted(None),
                branch: None,
                answer: &[
                    "204",
                    "access-control-allow-methods: GET,HEAD,POST",
                    "access-control-allow-origin: https://app.example.com",
                    "vary: origin",
                ],
            },
        ],
    );
}

/// `explain` does not wait for an async predicate.
#[test]
fn an_async_predicate_leaves_its_own_branch_undecided() {
    let layer = two(async_predicate(), list());
    for (branch, outcome) in [(Some(0), Outcome::Undecided), (None, Outcome::Denied)] {
        let request = to(branch, get("/", STRANGER)).body(()).unwrap();
        let explanation = explain(&layer, request);
        assert_eq!((explanation.outcome(), explanation.branch()), (outcome, branch));
    }
}
