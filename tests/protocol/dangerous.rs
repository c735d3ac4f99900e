//! `dangerously_allow_origins`: origins that nothing else allows.

use tower_cors::{AllowOrigin, CorsLayer, Denial};

use crate::harness::{
    ACAC, ACAM, ACAO, ALLOW_APP, APP, EVIL, Row, SAFELISTED, VARY, actual, answers, check, plain,
    preflight, runs,
};

pub(crate) fn rows() -> Vec<Row> {
    let null = || CorsLayer::new().dangerously_allow_origins(["null"]);
    let with_null = || null().allow_origins([APP]);
    let insecure = || {
        CorsLayer::new()
            .allow_origins([APP])
            .dangerously_allow_origins(["http://intranet.example", "https://*.github.io"])
            .allow_credentials(true)
    };
    let asked = || null().allow_origin(AllowOrigin::predicate(|origin, _| origin == APP));
    let mirror = || null().allow_origin(AllowOrigin::mirror_request());
    let allow_null = (ACAO, "null");
    let yes = (ACAC, "true");
    vec![
        Row::new("null allowed: actual", null(), actual("null"), runs(&[allow_null, VARY]))
            .covers(&["S7"]),
        Row::new(
            "null allowed: preflight",
            null(),
            preflight("null", "GET"),
            answers(204, &[allow_null, SAFELISTED, VARY]),
        ),
        Row::new(
            "null allowed: in upper case",
            null(),
            actual("NULL"),
            runs(&[VARY]).denied(Denial::OriginMalformed),
        ),
        Row::new(
            "null allowed: another origin",
            null(),
            actual(APP),
            runs(&[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new("null allowed: not CORS", null(), plain("GET"), runs(&[VARY])),
        Row::new(
            "null beside a list: null",
            with_null(),
            actual("null"),
            runs(&[allow_null, VARY]),
        ),
        Row::new("null beside a list: listed", with_null(), actual(APP), runs(&[ALLOW_APP, VARY])),
        Row::new(
            "null beside a list: stranger",
            with_null(),
            actual(EVIL),
            runs(&[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "null beside a predicate: null",
            asked(),
            actual("null"),
            runs(&[allow_null, VARY]),
        ),
        Row::new("null beside a predicate: asked", asked(), actual(APP), runs(&[ALLOW_APP, VARY])),
        Row::new(
            "null beside a predicate: stranger",
            asked(),
            actual(EVIL),
            runs(&[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new("null beside a mirror: null", mirror(), actual("null"), runs(&[allow_null, VARY])),
        Row::new("null beside a mirror: origin", mirror(), actual(APP), runs(&[ALLOW_APP, VARY])),
        Row::new(
            "insecure origin with credentials",
            insecure(),
            actual("http://intranet.example"),
            runs(&[(ACAO, "http://intranet.example"), yes, VARY]),
        )
        .covers(&["S23"]),
        Row::new(
            "insecure origin with credentials, preflight",
            insecure(),
            preflight("http://intranet.example", "PUT"),
            answers(204, &[(ACAO, "http://intranet.example"), yes, (ACAM, "GET,HEAD,POST"), VARY])
                .denied(Denial::MethodNotAllowed),
        ),
        Row::new(
            "insecure origin's https twin",
            insecure(),
            actual("https://intranet.example"),
            runs(&[VARY]).denied(Denial::OriginNotAllowed),
        )
        .covers(&["S4"]),
        Row::new(
            "http twin of a listed origin",
            insecure(),
            actual("http://app.example.com"),
            runs(&[VARY]).denied(Denial::OriginNotAllowed),
        )
        .covers(&["S23"]),
        Row::new(
            "public suffix with credentials",
            insecure(),
            actual("https://a.github.io"),
            runs(&[(ACAO, "https://a.github.io"), yes, VARY]),
        )
        .covers(&["S22"]),
        Row::new(
            "public suffix itself",
            insecure(),
            actual("https://github.io"),
            runs(&[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "null beside insecure origins",
            insecure(),
            actual("null"),
            runs(&[VARY]).denied(Denial::OriginNull),
        )
        .covers(&["S7"]),
        Row::new(
            "listed beside insecure origins",
            insecure(),
            actual(APP),
            runs(&[ALLOW_APP, yes, VARY]),
        ),
    ]
}

#[test]
fn dangerous_origins() {
    check(&rows());
}
