//! Requests from the server's own origin: no CORS headers, no refusal, and enforcement runs them.

use http::request;
use tower_cors::{AllowOrigin, Any, CorsLayer, Denial, Enforce};

use crate::harness::{
    ACAC, ACAO, ALLOW_APP, APP, Line, Row, SAFELISTED, VARY, actual, answers, check, fixed, plain,
    preflight, runs,
};

pub(crate) const API: &str = "https://api.example.com";
pub(crate) const HOST: Line<'static> = ("host", "api.example.com");
pub(crate) const NO_STORE: Line<'static> = ("cache-control", "no-store");
pub(crate) const SITE: &str = "sec-fetch-site";
pub(crate) const VARY_SITE: Line<'static> = ("vary", "origin, sec-fetch-site");

pub(crate) fn listed() -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).allow_credentials(true)
}

pub(crate) fn with(request: request::Builder, lines: &[Line<'_>]) -> request::Builder {
    lines.iter().fold(request, |request, (name, value)| request.header(*name, *value))
}

/// A request of an origin that is not listed, to each kind of enforcement. It is no refusal, and
/// runs under `SameOrigin`, where `same` says that it comes from the server's own origin.
pub(crate) fn with_and_without_enforcement(
    name: &str,
    request: impl Fn() -> request::Builder,
    same: bool,
    denial: Denial,
) -> [Row; 3] {
    let refused = || answers(403, &[NO_STORE, VARY_SITE]).denied(denial);
    let same_only = if same { runs(&[VARY_SITE]) } else { refused() };
    let off = runs(&[VARY]).denied((!same).then_some(denial));
    [(Enforce::SameOrigin, same_only), (Enforce::ListedOnly, refused()), (Enforce::Off, off)].map(
        |(enforce, expected)| {
            let config = listed().enforce_origins(enforce);
            Row::new(format!("{name}, {enforce:?}"), config, request(), expected).covers(&["S17"])
        },
    )
}

/// Step 3: where `Sec-Fetch-Site` speaks, it alone decides.
fn by_site() -> Vec<Row> {
    let [not_allowed, null, malformed] =
        [Denial::OriginNotAllowed, Denial::OriginNull, Denial::OriginMalformed];
    let table: [(&str, &str, &[Line<'_>], bool, Denial); 22] = [
        ("same-origin", API, &[(SITE, "same-origin")], true, not_allowed),
        ("none", API, &[(SITE, "none")], true, not_allowed),
        ("same-site", API, &[(SITE, "same-site")], false, not_allowed),
        ("cross-site", API, &[(SITE, "cross-site")], false, not_allowed),
        ("unknown", API, &[(SITE, "same-planet")], false, not_allowed),
        ("empty", API, &[(SITE, "")], false, not_allowed),
        ("other case", API, &[(SITE, "Same-Origin")], false, not_allowed),
        ("quoted", API, &[(SITE, "\"same-origin\"")], false, not_allowed),
        ("list", API, &[(SITE, "same-origin, same-origin")], false, not_allowed),
        ("twice", API, &[(SITE, "same-origin"), (SITE, "same-origin")], false, not_allowed),
        (
            "twice, one cross-site",
            API,
            &[(SITE, "same-origin"), (SITE, "cross-site")],
            false,
            not_allowed,
        ),
        // The twins: the authority says the same, but the scheme differs.
        (
            "http page to its https twin",
            "http://api.example.com",
            &[(SITE, "cross-site"), HOST],
            false,
            not_allowed,
        ),
        ("same authority but same-site", API, &[(SITE, "same-site"), HOST], false, not_allowed),
        ("same authority but empty", API, &[(SITE, ""), HOST], false, not_allowed),
        (
            "same authority but twice",
            API,
            &[(SITE, "none"), (SITE, "none"), HOST],
            false,
            not_allowed,
        ),
        (
            "same-origin, whatever Host",
            API,
            &[(SITE, "same-origin"), ("host", "internal")],
            true,
            not_allowed,
        ),
        (
            "same-origin behind a proxy",
            "https://public.example",
            &[
                (SITE, "same-origin"),
                ("host", "10.0.0.1:8080"),
                ("x-forwarded-host", "other.example"),
            ],
            true,
            not_allowed,
        ),
        ("null but same-origin", "null", &[(SITE, "same-origin"), HOST], true, null),
        ("null and none", "null", &[(SITE, "none"), HOST], true, null),
        ("null and cross-site", "null", &[(SITE, "cross-site"), HOST], false, null),
        ("garbage and cross-site", "garbage", &[(SITE, "cross-site"), HOST], false, malformed),
        (
            "upper case but same-origin",
            "HTTPS://API.EXAMPLE.COM",
            &[(SITE, "same-origin"), HOST],
            true,
            malformed,
        ),
    ];
    let mut rows = vec![];
    for method in ["GET", "POST", "OPTIONS"] {
        for (name, origin, lines, same, denial) in table {
            rows.extend(with_and_without_enforcement(
                &format!("{method} by Sec-Fetch-Site: {name}"),
                || with(actual(origin).method(method), lines),
                same,
                denial,
            ));
        }
    }
    rows
}

/// What is allowed gets its headers, own origin or not; a preflight is CORS in any case.
fn listed_all_the_same() -> Vec<Row> {
    let host: &[Line<'_>] = &[("host", "app.example.com"), (SITE, "same-origin")];
    let any = || CorsLayer::new().allow_origin(Any);
    let none = || CorsLayer::new().allow_origin(AllowOrigin::predicate(|_, _| false));
    let slow =
        || CorsLayer::new().allow_origin(AllowOrigin::async_predicate(|_, _| async { false }));
    vec![
        Row::new(
            "listed and same-origin",
            listed(),
            with(actual(APP), host),
            runs(&[ALLOW_APP, (ACAC, "true"), VARY]),
        ),
        Row::new("any and same-origin", any(), with(actual(API), &[HOST]), runs(&[(ACAO, "*")])),
        Row::new(
            "fixed and same-origin, not listed",
            fixed(),
            with(actual(API), &[HOST]),
            runs(&[ALLOW_APP]),
        ),
        Row::new(
            "not for the predicate, but same-origin",
            none(),
            with(actual(API), &[HOST]),
            runs(&[VARY]),
        ),
        Row::new(
            "not for the async predicate, but same-origin",
            slow(),
            with(actual(API), &[HOST]),
            runs(&[VARY]),
        ),
        Row::new(
            "not for the async predicate",
            slow(),
            actual(API),
            runs(&[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "nothing allowed, but same-origin",
            CorsLayer::new(),
            with(actual(API), &[HOST]),
            runs(&[VARY]),
        ),
        Row::new(
            "same-origin preflight",
            listed(),
            with(preflight(API, "PUT"), &[HOST, (SITE, "same-origin")]),
            answers(403, &[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "listed and same-origin preflight",
            listed(),
            with(preflight(APP, "GET"), host),
            answers(204, &[ALLOW_APP, (ACAC, "true"), SAFELISTED, VARY]),
        ),
        Row::new(
            "no Origin but same-origin",
            listed(),
            with(plain("POST"), &[HOST, (SITE, "same-origin")]),
            runs(&[VARY]),
        ),
        Row::new(
            "no Origin but cross-site",
            listed(),
            with(plain("POST"), &[HOST, (SITE, "cross-site")]),
            runs(&[VARY]),
        )
        .covers(&["S17"]),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = by_site();
    rows.extend(listed_all_the_same());
    rows
}

#[test]
fn same_origin() {
    check(&rows());
}
