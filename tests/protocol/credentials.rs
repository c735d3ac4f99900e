//! `Access-Control-Allow-Credentials`: `true` or absent, alike on preflight and actual response.

use http::{HeaderName, HeaderValue, Method};
use tower_cors::{AllowCredentials, AllowOrigin, Any, CorsLayer, Denial};

use crate::harness::{
    ACAC, ACAH, ACAM, ACAO, ACRH, ALLOW_APP, APP, EVIL, Line, Row, SAFELISTED, VARY, actual,
    answers, check, plain, preflight, runs,
};

const PARTNER: &str = "https://partner.example";
const YES: Line<'static> = (ACAC, "true");

fn two() -> CorsLayer {
    CorsLayer::new().allow_origins([APP, PARTNER])
}

fn only_app() -> AllowCredentials {
    AllowCredentials::predicate(|origin, _| origin == APP)
}

fn by_tenant() -> AllowCredentials {
    AllowCredentials::predicate(|_, parts| parts.headers.contains_key("x-tenant"))
}

pub(crate) fn rows() -> Vec<Row> {
    let partner = (ACAO, PARTNER);
    let stranger = Denial::OriginNotAllowed;
    let very = "origin, access-control-request-method, access-control-request-headers";
    let asked = || preflight(PARTNER, "PUT").header(ACRH, "x-a");
    vec![
        Row::new("credentials never, actual", two(), actual(APP), runs(&[ALLOW_APP, VARY])),
        Row::new(
            "credentials set to false",
            two().allow_credentials(false),
            actual(APP),
            runs(&[ALLOW_APP, VARY]),
        ),
        Row::new(
            "credentials set to false again",
            two().allow_credentials(true).allow_credentials(false),
            actual(APP),
            runs(&[ALLOW_APP, VARY]),
        ),
        Row::new(
            "credentials, actual",
            two().allow_credentials(true),
            actual(APP),
            runs(&[ALLOW_APP, YES, VARY]),
        )
        .covers(&["S6"]),
        Row::new(
            "credentials, actual without a cookie",
            two().allow_credentials(AllowCredentials::yes()),
            actual(PARTNER).method("POST"),
            runs(&[partner, YES, VARY]),
        )
        .covers(&["S6"]),
        Row::new(
            "credentials, preflight",
            two().allow_credentials(true),
            preflight(APP, "GET"),
            answers(204, &[ALLOW_APP, YES, SAFELISTED, VARY]),
        )
        .covers(&["S6"]),
        Row::new(
            "credentials, stranger",
            two().allow_credentials(true),
            actual(EVIL),
            runs(&[VARY]).denied(stranger),
        )
        .covers(&["D3"]),
        Row::new(
            "credentials, not CORS",
            two().allow_credentials(true),
            plain("GET"),
            runs(&[VARY]),
        )
        .covers(&["D3"]),
        Row::new(
            "credentials by predicate: yes, actual",
            two().allow_credentials(only_app()),
            actual(APP),
            runs(&[ALLOW_APP, YES, VARY]),
        ),
        Row::new(
            "credentials by predicate: yes, preflight",
            two().allow_credentials(only_app()),
            preflight(APP, "GET"),
            answers(204, &[ALLOW_APP, YES, SAFELISTED, VARY]),
        ),
        Row::new(
            "credentials by predicate: no, actual",
            two().allow_credentials(only_app()),
            actual(PARTNER),
            runs(&[partner, VARY]),
        )
        .covers(&["D10b"]),
        Row::new(
            "credentials by predicate: no, preflight",
            two().allow_credentials(only_app()),
            preflight(PARTNER, "GET"),
            answers(204, &[partner, SAFELISTED, VARY]),
        )
        .covers(&["D10b"]),
        Row::new(
            "credentials by predicate: stranger",
            two().allow_credentials(only_app()),
            actual(EVIL),
            runs(&[VARY]).denied(stranger),
        ),
        Row::new(
            "credentials by predicate: not CORS",
            two().allow_credentials(only_app()),
            plain("GET"),
            runs(&[VARY]),
        ),
        Row::new(
            "credentials by predicate: of one literal origin",
            CorsLayer::new()
                .allow_origin(AllowOrigin::exact(HeaderValue::from_static(APP)))
                .allow_credentials(only_app()),
            plain("GET"),
            runs(&[VARY]),
        )
        .covers(&["D10b"]),
        Row::new(
            "credentials by predicate of the request: yes",
            two().allow_credentials(by_tenant()),
            actual(APP).header("x-tenant", "1"),
            runs(&[ALLOW_APP, YES, VARY]),
        ),
        Row::new(
            "credentials by predicate of the request: no",
            two().allow_credentials(by_tenant()),
            actual(APP),
            runs(&[ALLOW_APP, VARY]),
        ),
        // The rules for credentials hold, whatever the predicate says this time.
        Row::new(
            "credentials by predicate: no, any method and header",
            two().allow_credentials(only_app()).allow_methods(Any).allow_headers(Any),
            asked(),
            answers(204, &[partner, (ACAM, "PUT"), (ACAH, "x-a"), ("vary", very)]),
        )
        .covers(&["S5"]),
        Row::new(
            "credentials by predicate: by an async predicate's origin",
            CorsLayer::new()
                .allow_origin(AllowOrigin::async_predicate(|_, _| async { true }))
                .allow_credentials(only_app()),
            actual(APP),
            runs(&[ALLOW_APP, YES, VARY]),
        ),
        Row::new(
            "credentials by predicate: no, by an async predicate's origin",
            CorsLayer::new()
                .allow_origin(AllowOrigin::async_predicate(|_, _| async { true }))
                .allow_credentials(only_app()),
            actual(PARTNER),
            runs(&[partner, VARY]),
        ),
        Row::new(
            "credentials: lists are never stars",
            two()
                .allow_credentials(true)
                .allow_methods([Method::PUT])
                .allow_headers([HeaderName::from_static("x-a")]),
            asked(),
            answers(204, &[partner, YES, (ACAM, "PUT"), (ACAH, "x-a"), VARY]),
        )
        .covers(&["S5"]),
    ]
}

#[test]
fn credentials() {
    check(&rows());
}
