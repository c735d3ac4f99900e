//! What a preflight's answer says of methods.

use http::Method;
use tower_cors::{AllowMethods, Any, CorsLayer, Denial};

use crate::harness::{
    ACAC, ACAM, ACAO, ACRM, ALLOW_APP, APP, Row, SAFELISTED, VARY, answers, check, preflight,
};

const CREDENTIALS: (&str, &str) = (ACAC, "true");
const VARY_ACRM: (&str, &str) = ("vary", "origin, access-control-request-method");

fn listed(methods: impl Into<AllowMethods>) -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).allow_methods(methods)
}

fn method(name: &str) -> Method {
    name.parse().expect("a method")
}

/// A name, what is configured, what is sent, and what is asked and becomes of it.
type Listed = (&'static str, fn() -> CorsLayer, &'static str, &'static [u8], Option<Denial>);

/// What the list says does not depend on what is asked: only the decision does.
fn lists() -> Vec<Row> {
    let ok: Option<Denial> = None;
    let denied = Some(Denial::MethodNotAllowed);
    let put: fn() -> CorsLayer = || listed([Method::PUT, method("QUERY"), Method::PATCH]);
    let none: fn() -> CorsLayer = || CorsLayer::new().allow_origins([APP]);
    let empty: fn() -> CorsLayer = || listed(AllowMethods::list([]));
    let options: fn() -> CorsLayer = || listed(Method::OPTIONS);
    let any: fn() -> CorsLayer = || listed(Any);
    let table: &[Listed] = &[
        ("listed", put, "PUT,QUERY,PATCH", b"PUT", ok),
        ("listed last", put, "PUT,QUERY,PATCH", b"PATCH", ok),
        ("listed extension", put, "PUT,QUERY,PATCH", b"QUERY", ok),
        ("GET beside a list", put, "PUT,QUERY,PATCH", b"GET", ok),
        ("HEAD beside a list", put, "PUT,QUERY,PATCH", b"HEAD", ok),
        ("POST beside a list", put, "PUT,QUERY,PATCH", b"POST", ok),
        ("not listed", put, "PUT,QUERY,PATCH", b"DELETE", denied),
        ("lower case", put, "PUT,QUERY,PATCH", b"put", denied),
        ("lower-case patch", put, "PUT,QUERY,PATCH", b"patch", denied),
        ("mixed case", put, "PUT,QUERY,PATCH", b"Put", denied),
        ("lower-case get", put, "PUT,QUERY,PATCH", b"get", denied),
        ("start of a listed one", put, "PUT,QUERY,PATCH", b"PU", denied),
        ("two in one line", put, "PUT,QUERY,PATCH", b"PUT,PATCH", denied),
        ("blank before", put, "PUT,QUERY,PATCH", b" PUT", denied),
        ("blank after", put, "PUT,QUERY,PATCH", b"PUT ", denied),
        ("no token", put, "PUT,QUERY,PATCH", b"P@T", denied),
        ("obs-text", put, "PUT,QUERY,PATCH", b"PUT\xff", denied),
        ("empty", put, "PUT,QUERY,PATCH", b"", denied),
        ("star", put, "PUT,QUERY,PATCH", b"*", denied),
        ("forbidden CONNECT", put, "PUT,QUERY,PATCH", b"CONNECT", denied),
        ("GET, none listed", none, "GET,HEAD,POST", b"GET", ok),
        ("POST, none listed", none, "GET,HEAD,POST", b"POST", ok),
        ("PUT, none listed", none, "GET,HEAD,POST", b"PUT", denied),
        ("OPTIONS, none listed", none, "GET,HEAD,POST", b"OPTIONS", denied),
        ("HEAD, empty list", empty, "GET,HEAD,POST", b"HEAD", ok),
        ("PUT, empty list", empty, "GET,HEAD,POST", b"PUT", denied),
        ("OPTIONS, listed", options, "OPTIONS", b"OPTIONS", ok),
        ("PUT, only OPTIONS listed", options, "OPTIONS", b"PUT", denied),
        ("PUT, any", any, "*", b"PUT", ok),
        ("extension, any", any, "*", b"QUERY", ok),
        ("lower case, any", any, "*", b"patch", ok),
        ("star, any", any, "*", b"*", ok),
        ("CONNECT, any", any, "*", b"CONNECT", denied),
        ("TRACE, any", any, "*", b"TRACE", denied),
        ("track, any", any, "*", b"track", denied),
        ("no token, any", any, "*", b"P T", denied),
        ("empty, any", any, "*", b"", denied),
    ];
    table
        .iter()
        .map(|&(name, config, methods, asked, denial)| {
            let expected = answers(204, &[ALLOW_APP, (ACAM, methods), VARY]);
            Row::new(
                format!("preflight for a method: {name}"),
                config(),
                preflight(APP, asked),
                expected.denied(denial),
            )
            .covers(&["S10", "S12", "D25"])
        })
        .collect()
}

/// What is echoed is one usable token, or the safelisted methods instead.
fn echoes() -> Vec<Row> {
    let any = || listed(Any).allow_credentials(true);
    let mirror = || listed(AllowMethods::mirror_request());
    let policies = [
        ("mirror", mirror(), vec![ALLOW_APP, VARY_ACRM]),
        ("any with credentials", any(), vec![ALLOW_APP, CREDENTIALS, VARY_ACRM]),
        (
            "mirror with credentials",
            mirror().allow_credentials(true),
            vec![ALLOW_APP, CREDENTIALS, VARY_ACRM],
        ),
    ];
    let denied = Some(Denial::MethodNotAllowed);
    let asked: [(&[u8], &str, Option<Denial>); 15] = [
        (b"PUT", "PUT", None),
        (b"patch", "patch", None),
        (b"GET", "GET", None),
        (b"QUERY", "QUERY", None),
        (b"M!#$%&'*+-.^_`|~9", "M!#$%&'*+-.^_`|~9", None),
        (b"*", "GET,HEAD,POST", denied),
        (b"CONNECT", "GET,HEAD,POST", denied),
        (b"TRACE", "GET,HEAD,POST", denied),
        (b"Track", "GET,HEAD,POST", denied),
        (b"", "GET,HEAD,POST", denied),
        (b"PUT,DELETE", "GET,HEAD,POST", denied),
        (b"PUT ", "GET,HEAD,POST", denied),
        (b"\tPUT", "GET,HEAD,POST", denied),
        (b"P\xc3\x9cT", "GET,HEAD,POST", denied),
        (b"P(T)", "GET,HEAD,POST", denied),
    ];
    let mut rows = vec![];
    let long = ["A".repeat(8 * 1024), "A".repeat(8 * 1024 + 1)];
    for (length, denial) in [(0, None), (1, denied)] {
        let echoed = denial.map_or(&long[0][..], |_| SAFELISTED.1);
        let expected = answers(204, &[ALLOW_APP, (ACAM, echoed), VARY_ACRM]).denied(denial);
        let name = format!("preflight echo of a method: 8 KiB and {length} bytes");
        rows.push(Row::new(name, mirror(), preflight(APP, &long[length]), expected));
    }
    for (name, config, lines) in policies {
        for (method, echoed, denial) in asked {
            let name = format!("preflight echo of a method: {name}: {}", method.escape_ascii());
            let lines: Vec<_> = lines.iter().copied().chain([(ACAM, echoed)]).collect();
            let expected = answers(204, &lines).denied(denial);
            rows.push(
                Row::new(name, config.clone(), preflight(APP, method), expected)
                    .covers(&["S5", "S20", "D9"]),
            );
        }
        let lines: Vec<_> = lines.iter().copied().chain([SAFELISTED]).collect();
        rows.push(Row::new(
            format!("preflight echo of a method: {name}: two lines"),
            config,
            preflight(APP, "PUT").header(ACRM, "PUT"),
            answers(204, &lines).denied(denied),
        ));
    }
    rows
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = lists();
    rows.extend(echoes());
    rows.extend([
        Row::new(
            "preflight from any origin, methods mirrored",
            CorsLayer::new().allow_origin(Any).allow_methods(AllowMethods::mirror_request()),
            preflight(APP, "PUT"),
            answers(204, &[(ACAO, "*"), (ACAM, "PUT"), ("vary", "access-control-request-method")]),
        ),
        Row::new(
            "actual from any origin, methods mirrored",
            CorsLayer::new().allow_origin(Any).allow_methods(AllowMethods::mirror_request()),
            crate::harness::actual(APP),
            crate::harness::runs(&[(ACAO, "*")]),
        ),
        Row::new(
            "actual DELETE that is not listed",
            listed(Method::PUT),
            crate::harness::actual(APP).method("DELETE"),
            crate::harness::runs(&[ALLOW_APP, VARY]),
        )
        .covers(&["S17"]),
    ]);
    rows
}

#[test]
fn methods() {
    check(&rows());
}
