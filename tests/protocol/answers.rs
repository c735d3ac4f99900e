//! Every cell of the answer table, for each kind of policy.

use std::time::Duration;

use http::{HeaderName, HeaderValue, Method};
use tower_cors::{AllowOrigin, CorsLayer, Denial};

use crate::harness::{
    ACAC, ACAH, ACAM, ACAO, ACEH, ACMA, ACRH, ACRM, ALLOW_APP, APP, EVIL, Line, Row, VARY, actual,
    answers, check, plain, preflight, runs,
};

struct Kind {
    name: &'static str,
    config: CorsLayer,
    origin: &'static str,
    /// What its actual responses and its preflight's answer say.
    actual: &'static [Line<'static>],
    preflight: &'static [Line<'static>],
    /// What everyone else's say. `None` where all are answered alike.
    refused: Option<[&'static [Line<'static>]; 2]>,
    strangers: &'static [(&'static str, Option<Denial>)],
}

const MALFORMED: &str = "https://app.example.com/";

const STRANGERS: &[(&str, Option<Denial>)] = &[
    (EVIL, Some(Denial::OriginNotAllowed)),
    ("null", Some(Denial::OriginNull)),
    (MALFORMED, Some(Denial::OriginMalformed)),
];
const STRANGERS_TO_ALL: &[(&str, Option<Denial>)] =
    &[("null", Some(Denial::OriginNull)), (MALFORMED, Some(Denial::OriginMalformed))];
const STRANGERS_TO_NONE: &[(&str, Option<Denial>)] =
    &[(EVIL, None), ("null", None), (MALFORMED, None)];

const LISTED: Line<'static> = (ACAM, "PUT,DELETE");
const HEADERS: Line<'static> = (ACAH, "x-a,content-type");
const EXPOSED: Line<'static> = (ACEH, "x-b");
const CREDENTIALS: Line<'static> = (ACAC, "true");
const AGE: Line<'static> = (ACMA, "600");
const MIRRORED: Line<'static> =
    ("vary", "origin, access-control-request-method, access-control-request-headers");

fn all(origin: impl Into<AllowOrigin>) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origin)
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([HeaderName::from_static("x-a"), http::header::CONTENT_TYPE])
        .expose_headers([HeaderName::from_static("x-b")])
        .max_age(Duration::from_secs(600))
}

fn asked(origin: &HeaderValue, _: &http::request::Parts) -> bool {
    origin == APP
}

fn kinds() -> Vec<Kind> {
    let value = HeaderValue::from_static(APP);
    // Of a policy that lists `APP` and allows credentials.
    let kind = |name, origin: AllowOrigin| Kind {
        name,
        config: all(origin).allow_credentials(true),
        origin: APP,
        actual: &[ALLOW_APP, CREDENTIALS, EXPOSED, VARY],
        preflight: &[ALLOW_APP, CREDENTIALS, LISTED, HEADERS, AGE, VARY],
        refused: Some([&[VARY], &[VARY]]),
        strangers: STRANGERS,
    };
    vec![
        kind("exact", AllowOrigin::exact(value.clone())),
        kind(
            "list",
            AllowOrigin::list([HeaderValue::from_static("https://a.example"), value.clone()]),
        ),
        kind("pattern", AllowOrigin::from("https://*.example.com")),
        kind("predicate", AllowOrigin::predicate(asked)),
        kind(
            "async predicate",
            AllowOrigin::async_predicate(|origin, _| async move {
                tokio::task::yield_now().await;
                origin == APP
            }),
        ),
        kind(
            "union",
            AllowOrigin::from("https://a.example")
                .or(AllowOrigin::predicate(|_, _| false))
                .or(AllowOrigin::predicate(asked)),
        ),
        Kind {
            actual: &[ALLOW_APP, CREDENTIALS, EXPOSED],
            preflight: &[ALLOW_APP, CREDENTIALS, LISTED, HEADERS, AGE],
            refused: None,
            ..kind("fixed", AllowOrigin::fixed(value.clone()))
        },
        Kind {
            config: all(AllowOrigin::any()),
            actual: &[(ACAO, "*"), EXPOSED],
            preflight: &[(ACAO, "*"), LISTED, HEADERS, AGE],
            refused: None,
            strangers: STRANGERS_TO_NONE,
            ..kind("any", AllowOrigin::any())
        },
        Kind {
            config: all(HeaderValue::from_static("*")),
            actual: &[(ACAO, "*"), EXPOSED],
            preflight: &[(ACAO, "*"), LISTED, HEADERS, AGE],
            refused: None,
            strangers: STRANGERS_TO_NONE,
            ..kind("literal star", AllowOrigin::any())
        },
        Kind {
            config: CorsLayer::permissive(),
            actual: &[(ACAO, "*"), (ACEH, "*")],
            preflight: &[(ACAO, "*"), (ACAM, "*"), (ACAH, "*,authorization")],
            refused: None,
            strangers: STRANGERS_TO_NONE,
            ..kind("permissive", AllowOrigin::any())
        },
        Kind {
            config: all(AllowOrigin::mirror_request()),
            actual: &[ALLOW_APP, EXPOSED, VARY],
            preflight: &[ALLOW_APP, LISTED, HEADERS, AGE, VARY],
            strangers: STRANGERS_TO_ALL,
            ..kind("mirror", AllowOrigin::mirror_request())
        },
        Kind {
            config: all(AllowOrigin::mirror_request().or("https://a.example")),
            actual: &[ALLOW_APP, EXPOSED, VARY],
            preflight: &[ALLOW_APP, LISTED, HEADERS, AGE, VARY],
            strangers: STRANGERS_TO_ALL,
            ..kind("mirror in a union", AllowOrigin::mirror_request())
        },
        Kind {
            config: CorsLayer::very_permissive(),
            actual: &[ALLOW_APP, CREDENTIALS, VARY],
            preflight: &[ALLOW_APP, CREDENTIALS, (ACAM, "PUT"), (ACAH, "x-a"), MIRRORED],
            refused: Some([&[VARY], &[MIRRORED]]),
            strangers: STRANGERS_TO_ALL,
            ..kind("very permissive", AllowOrigin::mirror_request())
        },
        Kind {
            config: all([] as [HeaderValue; 0]).dangerously_allow_origins(["null"]),
            origin: "null",
            actual: &[(ACAO, "null"), EXPOSED, VARY],
            preflight: &[(ACAO, "null"), LISTED, HEADERS, AGE, VARY],
            strangers: &[
                (APP, Some(Denial::OriginNotAllowed)),
                ("NULL", Some(Denial::OriginMalformed)),
            ],
            ..kind("null", AllowOrigin::mirror_request())
        },
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    kinds().iter().flat_map(cells).collect()
}

fn cells(kind: &Kind) -> Vec<Row> {
    let name = |cell: &str| format!("{}: {cell}", kind.name);
    let config = || kind.config.clone();
    let [refused_actual, refused_preflight] = kind.refused.unwrap_or([kind.actual, kind.preflight]);
    let ask = |origin| preflight(origin, "PUT").header(ACRH, "x-a");
    let mut rows = vec![
        Row::new(name("not CORS"), config(), plain("GET"), runs(refused_actual))
            .covers(&["S16", "D3"]),
        Row::new(name("POST without Origin"), config(), plain("POST"), runs(refused_actual)),
        Row::new(
            name("OPTIONS without Origin"),
            config(),
            plain("OPTIONS").header(ACRM, "PUT"),
            runs(refused_actual),
        )
        .covers(&["D1"]),
        Row::new(name("actual"), config(), actual(kind.origin), runs(kind.actual))
            .covers(&["S3", "S6", "S13", "D7", "D12b"]),
        Row::new(
            name("actual PUT"),
            config(),
            actual(kind.origin).method("PUT").header("x-a", "1"),
            runs(kind.actual),
        ),
        Row::new(
            name("plain OPTIONS"),
            config(),
            actual(kind.origin).method("OPTIONS"),
            runs(kind.actual),
        ),
        Row::new(name("preflight"), config(), ask(kind.origin), answers(204, kind.preflight))
            .covers(&["S3", "S6", "S8", "S13", "S14"]),
    ];
    for (origin, denial) in kind.strangers {
        rows.push(
            Row::new(
                name(&format!("actual from {origin}")),
                config(),
                actual(origin),
                runs(refused_actual).denied(*denial),
            )
            .covers(&["S7", "S12", "S17", "S20", "D3", "D7b", "D23"]),
        );
        let status = if kind.refused.is_some() { 403 } else { 204 };
        rows.push(
            Row::new(
                name(&format!("preflight from {origin}")),
                config(),
                ask(origin),
                answers(status, refused_preflight).denied(*denial),
            )
            .covers(&["S7", "S12", "D2", "D7b"]),
        );
    }
    rows
}

#[test]
fn answers_by_kind_of_policy() {
    check(&rows());
}
