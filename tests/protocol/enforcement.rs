//! Enforcement: requests of origins that are not allowed get 403 instead of being run.

use http::{Method, request};
use tower_cors::{Denial, Enforce};

use crate::{
    harness::{
        ACAC, ACAM, ALLOW_APP, APP, EVIL, Expected, Line, Row, actual, answers, check, plain,
        preflight, runs,
    },
    same_origin::{API, HOST, NO_STORE, SITE, VARY_SITE, listed, with},
};

const YES: Line<'static> = (ACAC, "true");
const MODES: [Enforce; 2] = [Enforce::SameOrigin, Enforce::ListedOnly];

/// The answers to who may not: by step 2, 3 or 4 as by step 5.
pub(crate) fn refused(denial: Denial) -> Expected {
    answers(403, &[NO_STORE, VARY_SITE]).denied(denial)
}

/// Each step has a row that it alone decides.
fn steps(mode: Enforce) -> Vec<Row> {
    let name = |step: &str| format!("{step}, {mode:?}");
    let config = || listed().enforce_origins(mode);
    let runs_as_allowed = || runs(&[ALLOW_APP, YES, VARY_SITE]);
    let by_mode = |denial| match mode {
        Enforce::ListedOnly => refused(denial),
        _ => runs(&[VARY_SITE]),
    };
    let cross_site: Line<'_> = (SITE, "cross-site");
    let mut rows = vec![
        Row::new(
            name("step 1: listed though cross-site"),
            config(),
            with(actual(APP).method("POST"), &[cross_site, HOST]),
            runs_as_allowed(),
        ),
        Row::new(
            name("step 1: listed, doubled Sec-Fetch-Site"),
            config(),
            with(actual(APP), &[cross_site, cross_site]),
            runs_as_allowed(),
        ),
        Row::new(name("step 1: listed, GET"), config(), actual(APP), runs_as_allowed()),
        Row::new(
            name("step 1: listed, a method that is not"),
            config(),
            actual(APP).method("DELETE"),
            runs_as_allowed(),
        )
        .covers(&["S17"]),
        Row::new(
            name("step 1: listed, plain OPTIONS"),
            config(),
            actual(APP).method("OPTIONS"),
            runs_as_allowed(),
        ),
        Row::new(
            name("step 2: own origin"),
            config(),
            with(actual(API).method("POST"), &[(SITE, "same-origin"), HOST]),
            by_mode(Denial::OriginNotAllowed),
        ),
        Row::new(
            name("step 2: rebound host"),
            config(),
            with(actual(EVIL).method("POST"), &[("host", "evil.example")]),
            by_mode(Denial::OriginNotAllowed),
        ),
        Row::new(
            name("step 2: rebound host, says the browser"),
            config(),
            with(actual(EVIL).method("POST"), &[("host", "evil.example"), (SITE, "same-origin")]),
            by_mode(Denial::OriginNotAllowed),
        ),
        Row::new(
            name("step 2: null, same-origin"),
            config(),
            with(actual("null"), &[(SITE, "same-origin")]),
            by_mode(Denial::OriginNull),
        ),
        Row::new(
            name("step 3: http page posts to its https twin"),
            config(),
            with(actual("http://api.example.com").method("POST"), &[cross_site, HOST]),
            refused(Denial::OriginNotAllowed),
        ),
        Row::new(
            name("step 4: web socket handshake of own origin"),
            config(),
            with(actual(API), &[HOST, ("upgrade", "websocket")]),
            by_mode(Denial::OriginNotAllowed),
        ),
        Row::new(
            name("step 4: web socket handshake of a stranger"),
            config(),
            with(actual(EVIL), &[HOST, ("upgrade", "websocket")]),
            refused(Denial::OriginNotAllowed),
        )
        .covers(&["D23"]),
        Row::new(name("stranger, GET"), config(), actual(EVIL), refused(Denial::OriginNotAllowed)),
        Row::new(
            name("stranger, plain OPTIONS"),
            config(),
            actual(EVIL).method("OPTIONS"),
            refused(Denial::OriginNotAllowed),
        ),
        Row::new(name("null"), config(), actual("null"), refused(Denial::OriginNull))
            .covers(&["S7"]),
        Row::new(name("garbage"), config(), actual(b"\xff"), refused(Denial::OriginMalformed))
            .covers(&["S20"]),
        Row::new(
            name("listed twice"),
            config(),
            actual(APP).header("origin", APP),
            refused(Denial::OriginMalformed),
        )
        .covers(&["S21"]),
    ];
    rows.extend(step_5(mode));
    rows.extend(preflights(mode));
    rows
}

/// Without `Origin`.
fn step_5(mode: Enforce) -> Vec<Row> {
    let mut rows = vec![];
    for method in
        ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY", "get"]
    {
        let table: [(&str, &[&str], bool); 10] = [
            ("no Sec-Fetch-Site", &[], true),
            ("same-origin", &["same-origin"], true),
            ("none", &["none"], true),
            ("same-origin twice", &["same-origin", "same-origin"], true),
            ("unknown", &["same-planet"], true),
            ("empty", &[""], true),
            ("cross-site", &["cross-site"], false),
            ("same-site", &["same-site"], false),
            ("same-origin and cross-site", &["same-origin", "cross-site"], false),
            ("cross-site twice", &["cross-site", "cross-site"], false),
        ];
        for (what, sites, is_run_with_effects) in table {
            let is_run = is_run_with_effects || ["GET", "HEAD", "OPTIONS"].contains(&method);
            let expected =
                if is_run { runs(&[VARY_SITE]) } else { refused(Denial::OriginNotAllowed) };
            let request =
                sites.iter().fold(plain(method), |request, site| request.header(SITE, *site));
            rows.push(Row::new(
                format!("step 5: {method} without Origin: {what}, {mode:?}"),
                listed().enforce_origins(mode),
                with(request, &[HOST]),
                expected,
            ));
        }
    }
    rows
}

fn preflights(mode: Enforce) -> Vec<Row> {
    let name = |what: &str| format!("preflight under enforcement: {what}, {mode:?}");
    let config = || listed().enforce_origins(mode).allow_methods(Method::PUT);
    let own: &[Line<'_>] = &[(SITE, "same-origin"), HOST];
    let denied = |denial| answers(403, &[VARY_SITE]).denied(denial);
    let put = (ACAM, "PUT");
    let cross = |request: request::Builder| request.header(SITE, "cross-site");
    vec![
        Row::new(
            name("listed"),
            config(),
            cross(preflight(APP, "PUT")),
            answers(204, &[ALLOW_APP, YES, put, VARY_SITE]),
        ),
        Row::new(
            name("method not allowed"),
            config(),
            preflight(APP, "DELETE"),
            answers(204, &[ALLOW_APP, YES, put, VARY_SITE]).denied(Denial::MethodNotAllowed),
        ),
        Row::new(
            name("stranger"),
            config(),
            cross(preflight(EVIL, "PUT")),
            denied(Denial::OriginNotAllowed),
        ),
        Row::new(name("null"), config(), preflight("null", "PUT"), denied(Denial::OriginNull)),
        Row::new(
            name("own origin"),
            config(),
            with(preflight(API, "PUT"), own),
            denied(Denial::OriginNotAllowed),
        ),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    MODES.into_iter().flat_map(steps).collect()
}

#[test]
fn enforcement() {
    check(&rows());
}
