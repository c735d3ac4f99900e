//! What enforcement makes of other policies than a list, and of what the inner service says.

use http::HeaderName;
use tower_cors::{AllowOrigin, Any, CorsLayer, Denial, Enforce};

use crate::{
    enforcement::refused,
    harness::{
        ACAC, ACAH, ACAM, ACAO, ACRH, ALLOW_APP, APP, EVIL, Line, Row, SAFELISTED, SIX, actual,
        answers, check, fixed, plain, preflight, reply, runs,
    },
    same_origin::{API, HOST, NO_STORE, SITE, VARY_SITE, listed, with},
};

const ECHO: &str =
    "origin, access-control-request-method, access-control-request-headers, sec-fetch-site";
const YES: Line<'static> = (ACAC, "true");

pub(crate) fn rows() -> Vec<Row> {
    let fixed = || fixed().enforce_origins(true);
    let asked = || {
        CorsLayer::new()
            .allow_origin(AllowOrigin::predicate(|origin, _| origin == APP))
            .enforce_origins(true)
    };
    let none = || CorsLayer::new().enforce_origins(true);
    let null = || {
        CorsLayer::new().dangerously_allow_origins(["null"]).enforce_origins(Enforce::ListedOnly)
    };
    let tenant = || listed().enforce_origins(true).vary([HeaderName::from_static("x-tenant")]);
    let vary_tenant = ("vary", "origin, sec-fetch-site, x-tenant");
    let careless = || SIX.iter().fold(reply(200), |reply, name| reply.header(*name, "*"));
    vec![
        Row::new("enforced fixed: its origin", fixed(), actual(APP), runs(&[ALLOW_APP, VARY_SITE])),
        Row::new(
            "enforced fixed: stranger",
            fixed(),
            actual(EVIL),
            refused(Denial::OriginNotAllowed),
        ),
        Row::new("enforced fixed: not CORS", fixed(), plain("GET"), runs(&[VARY_SITE])),
        Row::new(
            "enforced fixed: own origin",
            fixed(),
            with(actual(API), &[HOST]),
            runs(&[VARY_SITE]),
        ),
        Row::new(
            "enforced fixed: preflight",
            fixed(),
            preflight(APP, "GET"),
            answers(204, &[ALLOW_APP, SAFELISTED, VARY_SITE]),
        ),
        Row::new(
            "enforced predicate: its origin",
            asked(),
            actual(APP),
            runs(&[ALLOW_APP, VARY_SITE]),
        ),
        Row::new(
            "enforced predicate: stranger",
            asked(),
            actual(EVIL),
            refused(Denial::OriginNotAllowed),
        ),
        Row::new(
            "enforced, nothing allowed: stranger",
            none(),
            actual(EVIL),
            refused(Denial::OriginNotAllowed),
        ),
        Row::new(
            "enforced, nothing allowed: own origin",
            none(),
            with(actual(API), &[HOST]),
            runs(&[VARY_SITE]),
        ),
        Row::new(
            "enforced null: null",
            null(),
            with(actual("null"), &[(SITE, "cross-site")]),
            runs(&[(ACAO, "null"), VARY_SITE]),
        ),
        Row::new(
            "enforced null: stranger",
            null(),
            actual(EVIL),
            refused(Denial::OriginNotAllowed),
        ),
        Row::new(
            "enforced with names of the user's: stranger",
            tenant(),
            actual(EVIL),
            answers(403, &[NO_STORE, vary_tenant]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "enforced with names of the user's: listed",
            tenant(),
            actual(APP),
            runs(&[ALLOW_APP, YES, vary_tenant]),
        ),
        Row::new(
            "enforced echo: preflight",
            listed().allow_methods(Any).allow_headers(Any).enforce_origins(true),
            preflight(APP, "PUT").header(ACRH, "x-a"),
            answers(204, &[ALLOW_APP, YES, (ACAM, "PUT"), (ACAH, "x-a"), ("vary", ECHO)]),
        ),
        Row::new(
            "enforced: inner sets the six, own origin",
            none(),
            with(actual(API), &[HOST]),
            runs(&[VARY_SITE]),
        )
        .inner(careless())
        .covers(&["S25"]),
        Row::new(
            "enforced: inner has a Vary and a Cache-Control",
            none(),
            plain("GET"),
            runs(&[("vary", "Accept, Sec-Fetch-Site"), ("vary", "origin")]),
        )
        .inner(
            reply(200)
                .header("vary", "Accept, Sec-Fetch-Site")
                .header("cache-control", "max-age=60"),
        ),
        Row::new(
            "enforced: inner would fail, stranger",
            none(),
            actual(EVIL),
            refused(Denial::OriginNotAllowed),
        )
        .inner_fails(),
        Row::new(
            "enforced: 101 to a listed origin",
            listed().enforce_origins(true),
            with(actual(APP), &[HOST]),
            runs(&[ALLOW_APP, YES, VARY_SITE]),
        )
        .inner(reply(101).header("upgrade", "websocket").header("connection", "upgrade")),
        Row::new(
            "not enforced after all",
            listed().enforce_origins(true).enforce_origins(false),
            actual(EVIL),
            runs(&[("vary", "origin")]).denied(Denial::OriginNotAllowed),
        ),
    ]
}

#[test]
fn enforced_policies() {
    check(&rows());
}
