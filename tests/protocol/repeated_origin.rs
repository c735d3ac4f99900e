//! More than one `Origin` line: no origin that could be allowed.

use tower_cors::{AllowOrigin, Any, CorsLayer, Denial};

use crate::harness::{
    ACAM, ACAO, ALLOW_APP, APP, EVIL, Row, SAFELISTED, VARY, actual, answers, check, fixed, runs,
};

pub(crate) fn rows() -> Vec<Row> {
    let listed = || CorsLayer::new().allow_origins([APP]);
    let mirror = || CorsLayer::new().allow_origin(AllowOrigin::mirror_request());
    let null = || CorsLayer::new().dangerously_allow_origins(["null"]);
    let twice = |first: &str, second: &str| actual(first).header("origin", second);
    let denied = || runs(&[VARY]).denied(Denial::OriginMalformed);
    let rows = vec![
        Row::new("Origin twice, listed", listed(), twice(APP, APP), denied()),
        Row::new("Origin twice, first listed", listed(), twice(APP, EVIL), denied()),
        Row::new("Origin twice, second listed", listed(), twice(EVIL, APP), denied()),
        Row::new("Origin twice, second empty", listed(), twice(APP, ""), denied()),
        Row::new("Origin twice, mirror", mirror(), twice(APP, APP), denied()),
        Row::new("Origin twice, null allowed", null(), twice("null", "null"), denied()),
        Row::new(
            "Origin twice, any",
            CorsLayer::new().allow_origin(Any),
            twice(APP, EVIL),
            runs(&[(ACAO, "*")]),
        ),
        Row::new(
            "Origin twice, fixed",
            fixed(),
            twice(APP, APP),
            runs(&[ALLOW_APP]).denied(Denial::OriginMalformed),
        ),
        Row::new(
            "Origin twice, fixed preflight",
            fixed(),
            twice(APP, APP).method("OPTIONS").header("access-control-request-method", "GET"),
            answers(204, &[ALLOW_APP, SAFELISTED]).denied(Denial::OriginMalformed),
        ),
        Row::new(
            "Origin twice, any preflight",
            CorsLayer::permissive(),
            twice(APP, APP).method("OPTIONS").header("access-control-request-method", "GET"),
            answers(
                204,
                &[(ACAO, "*"), (ACAM, "*"), ("access-control-allow-headers", "*,authorization")],
            ),
        ),
    ];
    rows.into_iter().map(|row| row.covers(&["S21", "D16"])).collect()
}

#[test]
fn repeated_origin() {
    check(&rows());
}
