//! Which row holds which rule.

use std::collections::BTreeSet;

use crate::{
    answers, async_predicates, authority, classification, credentials, dangerous,
    enforced_policies, enforced_presets, enforcement, expose, harness::Row, max_age, methods,
    origins, ownership, patterns, predicates, presets, repeated_origin, requested_headers,
    same_origin, statuses, vary,
};

/// A test that is no table of rows, and the rules that it covers.
pub(crate) type Covers = (fn(), &'static [&'static str]);

/// S: the duties that the Fetch standard puts on a server. D: faults that CORS layers have had.
const RULES: [(&str, &str); 53] = [
    ("S1", "a preflight is OPTIONS with Origin and Access-Control-Request-Method, nothing else"),
    ("S2", "everything else reaches the inner service, once"),
    ("S3", "at most one Access-Control-Allow-Origin, of one value"),
    ("S4", "origins are compared byte by byte"),
    ("S5", "no star where credentials may be allowed"),
    ("S6", "Access-Control-Allow-Credentials: true or none, on preflight and actual alike"),
    ("S7", "null is allowed only by opting in"),
    ("S8", "an allowed preflight is a success without body, and never forwarded"),
    ("S9", "a preflight needs no credentials"),
    ("S10", "methods in exact case; safelisted ones need no listing"),
    ("S11", "request headers are listed, or echoed once validated; authorization by name"),
    ("S12", "a refused preflight names no origin that is not allowed"),
    ("S13", "exposed headers on actual responses only"),
    ("S14", "the max age is digits"),
    ("S15", "headers on every status of an actual response"),
    ("S16", "Vary: Origin on every response that depends on it, merged; none on static ones"),
    ("S17", "actual requests are not refused unless asked for"),
    ("S18", "nothing else in the request decides"),
    ("S19", "requested headers are read with tolerance and within bounds"),
    ("S20", "nothing is echoed that was not matched; malformed origins are not allowed"),
    ("S21", "several Origin lines are not allowed"),
    ("S22", "wildcards stand for whole labels"),
    ("S23", "https never matches http"),
    ("S24", "no private network access"),
    ("S25", "one Access-Control-Allow-Origin, whatever the inner service set"),
    ("D1", "a plain OPTIONS is answered instead of forwarded"),
    ("D2", "a stranger's preflight is told the policy"),
    ("D3", "CORS headers without an allowed origin"),
    ("D4", "the inner service's CORS headers survive a refusal"),
    ("D5", "a service's constructors differ from the layer"),
    ("D6", "what a policy that allows nothing says in Vary"),
    ("D7", "names of preflights in the Vary of actual responses; no merging"),
    ("D7b", "null and garbage are mirrored"),
    ("D8", "only the first Access-Control-Request-Headers line is read"),
    ("D9", "a star is echoed"),
    ("D10", "any origin beside a credentials predicate is not noticed"),
    ("D10b", "no Vary beside a credentials predicate"),
    ("D11", "a star among names is not noticed"),
    ("D12", "origins that can never match are not noticed"),
    ("D12b", "one configured origin is sent to every origin, unasked"),
    ("D13", "a sub-second max age becomes zero"),
    ("D14", "private network access is answered on actual requests"),
    ("D15", "names are added to Vary: *"),
    ("D16", "the first of several Origin lines counts"),
    ("D17", "an inner layer overrules the outer one"),
    ("D18", "any header does not include authorization"),
    ("D19", "a dynamic max age without Vary"),
    ("D20", "documentation: no max age is said to disable caching"),
    ("D21", "a preflight leaves the inner service's readiness unused"),
    ("D22", "the configuration is checked at each request"),
    ("D23", "what a refused request runs"),
    ("D24", "order of async predicate and inner service; headers on errors"),
    ("D25", "the requested method is not compared with the list"),
];

const NOT_HERE: [(&str, &str); 7] = [
    ("D5", "a service is made by its layer only"),
    ("D10", "does not build: a test of configurations"),
    ("D11", "does not build: a test of configurations"),
    ("D12", "does not build: a test of configurations"),
    ("D20", "documentation"),
    ("D21", "inherent to `poll_ready`, documented: a test of stacks"),
    ("D22", "a test of configurations: a policy is compiled once"),
];

/// Held by the harness: each row is asked twice, the second time with lines that must not matter.
const EVERY_ROW: [&str; 3] = ["S18", "S24", "D14"];

fn all_rows() -> Vec<Row> {
    let mut rows = answers::rows();
    rows.extend(authority::rows());
    rows.extend(classification::rows());
    rows.extend(credentials::rows());
    rows.extend(dangerous::rows());
    rows.extend(enforced_policies::rows());
    rows.extend(enforced_presets::rows());
    rows.extend(enforcement::rows());
    rows.extend(expose::rows());
    rows.extend(max_age::rows());
    rows.extend(methods::rows());
    rows.extend(origins::rows());
    rows.extend(ownership::rows());
    rows.extend(patterns::rows());
    rows.extend(presets::rows());
    rows.extend(repeated_origin::rows());
    rows.extend(requested_headers::rows());
    rows.extend(same_origin::rows());
    rows.extend(statuses::rows());
    rows.extend(vary::rows());
    rows
}

#[test]
fn every_rule_has_a_row() {
    let rows = all_rows();
    let mut covered: BTreeSet<_> = rows.iter().flat_map(|row| row.covers).copied().collect();
    covered.extend(EVERY_ROW);
    let tests = [&ownership::COVERS[..], &predicates::COVERS, &async_predicates::COVERS].concat();
    covered.extend(tests.iter().flat_map(|(_, ids)| *ids));

    let not_here = NOT_HERE.map(|(id, _)| id);
    let expected: BTreeSet<_> =
        RULES.iter().map(|(id, _)| *id).filter(|id| !not_here.contains(id)).collect();
    assert_eq!(covered, expected);
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = all_rows().into_iter().map(|row| row.name).collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}
