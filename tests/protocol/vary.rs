//! `Vary`: what the layer's own line says, and how it joins those that are there.

use http::HeaderName;
use tower_cors::{AllowCredentials, AllowHeaders, AllowMethods, Any, CorsLayer, Denial, Vary};

use crate::harness::{
    ACAC, ACAH, ACAM, ACAO, ALLOW_APP, APP, EVIL, Line, Row, SAFELISTED, VARY, actual, answers,
    check, fixed, plain, preflight, reply, runs,
};

fn listed() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

fn any() -> CorsLayer {
    CorsLayer::new().allow_origin(Any)
}

fn names<const N: usize>(names: [&'static str; N]) -> [HeaderName; N] {
    names.map(HeaderName::from_static)
}

/// The inner service's lines, and what is there afterwards.
type Merged = (&'static str, &'static [&'static [u8]], &'static [&'static str]);

fn merged(name: &str, config: &CorsLayer, table: &[Merged]) -> Vec<Row> {
    let mut rows = vec![];
    for &(case, inner, after) in table {
        let vary = after.iter().map(|line| ("vary", *line));
        let allowed: Vec<_> = vary.clone().chain([ALLOW_APP]).collect();
        let none: Vec<_> = vary.collect();
        let denied = runs(&none).denied(Denial::OriginNotAllowed);
        for (status, request, who, expected) in [
            (200, actual(APP), "allowed", runs(&allowed)),
            (500, actual(APP), "allowed, error", runs(&allowed)),
            (304, actual(APP), "allowed, 304", runs(&allowed)),
            (200, actual(EVIL), "stranger", denied),
            (200, plain("GET"), "not CORS", runs(&none)),
            (404, plain("GET"), "not CORS, error", runs(&none)),
        ] {
            let reply = inner.iter().fold(reply(status), |reply, line| reply.header("vary", *line));
            let name = format!("vary merged, {name}: {case}: {who}");
            rows.push(
                Row::new(name, config.clone(), request, expected)
                    .inner(reply)
                    .covers(&["S16", "D7", "D15"]),
            );
        }
    }
    rows
}

const ORIGIN: &[Merged] = &[
    ("none", &[], &["origin"]),
    ("another", &[b"accept-encoding"], &["accept-encoding", "origin"]),
    ("the same", &[b"origin"], &["origin"]),
    ("the same in another case", &[b"Origin"], &["Origin"]),
    ("the same among others", &[b"Accept,ORIGIN , cookie"], &["Accept,ORIGIN , cookie"]),
    ("the same on another line", &[b"accept", b"cookie, origin"], &["accept", "cookie, origin"]),
    ("the same twice", &[b"origin", b"origin"], &["origin", "origin"]),
    ("two others", &[b"accept", b"cookie"], &["accept", "cookie", "origin"]),
    (
        "longer and shorter names",
        &[b"x-origin, origin-x, ori"],
        &["x-origin, origin-x, ori", "origin"],
    ),
    ("star", &[b"*"], &["*"]),
    ("star among others", &[b"accept, *"], &["accept, *"]),
    ("star on another line", &[b"accept", b" * "], &["accept", " * "]),
    ("star and the same", &[b"origin", b"*"], &["origin", "*"]),
    ("star in a name", &[b"x*"], &["x*", "origin"]),
    ("empty", &[b""], &["", "origin"]),
    ("empty elements", &[b",,accept,,"], &[",,accept,,", "origin"]),
    ("tabs", &[b"accept,\torigin\t"], &["accept,\torigin\t"]),
    ("obs-text", &[b"\xff"], &["\\xff", "origin"]),
    ("obs-text beside the same", &[b"\xff, origin"], &["\\xff, origin"]),
];

const WITH_TENANT: &[Merged] = &[
    ("none", &[], &["origin, x-tenant"]),
    ("another", &[b"accept"], &["accept", "origin, x-tenant"]),
    ("one of them", &[b"X-Tenant"], &["X-Tenant", "origin"]),
    ("the other", &[b"ORIGIN"], &["ORIGIN", "x-tenant"]),
    ("both", &[b"x-tenant", b"origin"], &["x-tenant", "origin"]),
    ("star", &[b"*"], &["*"]),
];

/// A policy, its line in actual responses and in preflights' answers, what else is in both, and
/// what the preflight's answer says besides.
type Derived =
    (&'static str, CorsLayer, [Option<&'static str>; 2], Vec<Line<'static>>, [Line<'static>; 2]);

fn derived() -> Vec<Row> {
    const ORIGIN: Option<&str> = Some("origin");
    const ACRM: Option<&str> = Some("origin, access-control-request-method");
    const ACRH: Option<&str> = Some("origin, access-control-request-headers");
    const BOTH: Option<&str> =
        Some("origin, access-control-request-method, access-control-request-headers");
    const BOTH_ALONE: Option<&str> =
        Some("access-control-request-method, access-control-request-headers");
    const BEFORE: Option<&str> = Some("origin, x-b, x-a");
    const LAST: Option<&str> =
        Some("origin, access-control-request-method, access-control-request-headers, x-b, x-a");
    const TENANT: Option<&str> = Some("x-tenant");
    let all = |config: CorsLayer| config.allow_methods(Any).allow_headers(Any);
    let methods = |config: CorsLayer| config.allow_methods(AllowMethods::mirror_request());
    let headers = |config: CorsLayer| config.allow_headers(AllowHeaders::mirror_request());
    let never = AllowCredentials::predicate(|_, _| false);
    let (star, yes) = ((ACAO, "*"), (ACAC, "true"));
    let (put, x_a) = ((ACAM, "PUT"), (ACAH, "x-a"));
    let (any_method, any_header) = ((ACAM, "*"), (ACAH, "*,authorization"));
    let app = || vec![ALLOW_APP];
    let app_yes = || vec![ALLOW_APP, yes];
    let stars = [any_method, any_header];
    let table: [Derived; 10] = [
        ("list", all(listed()), [ORIGIN; 2], app(), stars),
        (
            "list, methods mirrored",
            methods(all(listed())),
            [ORIGIN, ACRM],
            app(),
            [put, any_header],
        ),
        (
            "list, headers mirrored",
            headers(all(listed())),
            [ORIGIN, ACRH],
            app(),
            [any_method, x_a],
        ),
        (
            "list, any with credentials",
            all(listed()).allow_credentials(true),
            [ORIGIN, BOTH],
            app_yes(),
            [put, x_a],
        ),
        (
            "list, any with credentials for nobody",
            all(listed()).allow_credentials(never),
            [ORIGIN, BOTH],
            app(),
            [put, x_a],
        ),
        ("any", all(any()), [None; 2], vec![star], stars),
        ("any, mirrored", methods(headers(any())), [None, BOTH_ALONE], vec![star], [put, x_a]),
        ("any, user's", all(any()).vary(names(["x-tenant"])), [TENANT; 2], vec![star], stars),
        (
            "fixed, any with credentials",
            all(fixed()).allow_credentials(true),
            [None, BOTH_ALONE],
            app_yes(),
            [put, x_a],
        ),
        (
            "user's",
            all(listed()).allow_credentials(true).vary(names(["x-b", "x-a", "origin", "x-b"])),
            [BEFORE, LAST],
            app_yes(),
            [put, x_a],
        ),
    ];
    let mut rows = vec![];
    for (name, config, vary, lines, more) in table {
        let [before, after] = vary.map(|names| names.map(|names| ("vary", names)));
        let actually: Vec<_> = lines.iter().copied().chain(before).collect();
        let preflighted: Vec<_> = lines.into_iter().chain(more).chain(after).collect();
        let ask = preflight(APP, "PUT").header("access-control-request-headers", "x-a");
        rows.extend([
            Row::new(format!("vary: {name}: actual"), config.clone(), actual(APP), runs(&actually))
                .covers(&["S16", "D7", "D10b"]),
            Row::new(format!("vary: {name}: preflight"), config, ask, answers(204, &preflighted))
                .covers(&["S16", "D7"]),
        ]);
    }
    rows
}

fn of_the_user() -> Vec<Row> {
    let tenant: Line<'_> = ("vary", "origin, x-tenant");
    let config = || listed().vary(names(["x-tenant"]));
    vec![
        Row::new("vary: user's, not CORS", config(), plain("GET"), runs(&[tenant])),
        Row::new(
            "vary: user's, stranger",
            config(),
            actual(EVIL),
            runs(&[tenant]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "vary: user's, preflight of a stranger",
            config(),
            preflight(EVIL, "GET"),
            answers(403, &[tenant]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "vary: user's, preflight",
            config(),
            preflight(APP, "GET"),
            answers(204, &[ALLOW_APP, SAFELISTED, tenant]),
        ),
        Row::new(
            "vary: the default list",
            listed().vary(Vary::default()),
            actual(APP),
            runs(&[
                ALLOW_APP,
                ("vary", "origin, access-control-request-method, access-control-request-headers"),
            ]),
        ),
        Row::new(
            "vary: an empty list takes nothing away",
            listed().vary(Vary::list([])),
            actual(APP),
            runs(&[ALLOW_APP, VARY]),
        ),
        Row::new(
            "vary: Origin for any origin, since the user says so",
            any().vary(names(["origin"])),
            actual(APP),
            runs(&[(ACAO, "*"), VARY]),
        ),
        Row::new(
            "vary: any origin leaves it alone",
            any(),
            actual(APP),
            runs(&[(ACAO, "*"), ("vary", "Accept"), ("vary", "*")]),
        )
        .inner(reply(200).header("vary", "Accept").header("vary", "*"))
        .covers(&["S16"]),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = merged("list", &listed(), ORIGIN);
    rows.extend(merged("user's", &listed().vary(names(["x-tenant"])), WITH_TENANT));
    rows.extend(derived());
    rows.extend(of_the_user());
    rows
}

#[test]
fn vary() {
    check(&rows());
}
