//! Every outcome, under every kind of policy.

use http::Method;
use tower_cors::{
    AllowCredentials, AllowOrigin,
    Denial::{MethodNotAllowed, OriginMalformed, OriginNotAllowed, OriginNull},
    Enforce,
    Outcome::{Allowed, NotCors, SameOrigin, Undecided},
};

use crate::{
    setup::{Names, Setup},
    table::{APP, EVIL, actual, check, fixed, mirror, origins, plain, preflight, row},
};

const API: &str = "https://server.example";
const SITE: &str = "sec-fetch-site";

fn any() -> Setup {
    origins(["*"])
}

fn enforced(enforce: Enforce) -> Setup {
    Setup { enforce, ..origins([APP]) }
}

fn asks_async() -> Setup {
    Setup { asks_async: true, ..origins([APP]) }
}

#[test]
fn allowed() {
    check(&[
        row(
            "listed",
            origins([APP]),
            actual(APP),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "by pattern",
            origins(["https://*.example.com"]),
            actual(APP),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "preflight, listed",
            origins([APP]),
            preflight(APP, "GET"),
            Ok(Allowed),
            &["preflight OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "plain OPTIONS",
            origins([APP]),
            actual(APP).method("OPTIONS"),
            Ok(Allowed),
            &[
                "actual OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed",
                "caution: a browser asks first, and its preflight is denied: method \"OPTIONS\" is not allowed",
            ],
        ),
        row(
            "custom method",
            origins([APP]),
            actual(APP).method("QUERY"),
            Ok(Allowed),
            &[
                "actual QUERY /users: allowed: origin \"https://app.example.com\" is allowed",
                "caution: a browser asks first, and its preflight is denied: method \"QUERY\" is not allowed",
            ],
        ),
        row(
            "JSON and a token",
            origins([APP]),
            actual(APP)
                .method("POST")
                .header("content-type", "application/json")
                .header("authorization", "Bearer token"),
            Ok(Allowed),
            &[
                "actual POST /users: allowed: origin \"https://app.example.com\" is allowed",
                "caution: a browser asks first, and its preflight is denied: headers \"authorization\", \"content-type\" are not allowed",
            ],
        ),
        row(
            "JSON that is allowed",
            Setup { headers: Names::Listed(vec![http::header::CONTENT_TYPE]), ..origins([APP]) },
            actual(APP).method("POST").header("content-type", "application/json"),
            Ok(Allowed),
            &["actual POST /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "a form",
            origins([APP]),
            actual(APP).method("POST").header("content-type", "Text/Plain; charset=utf-8"),
            Ok(Allowed),
            &["actual POST /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "nothing but a path",
            origins([APP]),
            actual(APP).uri("*"),
            Ok(Allowed),
            &["actual GET *: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "any",
            any(),
            actual(EVIL),
            Ok(Allowed),
            &["actual GET /users: allowed: any origin is allowed"],
        ),
        row(
            "any, null",
            any(),
            actual("null"),
            Ok(Allowed),
            &["actual GET /users: allowed: any origin is allowed"],
        ),
        row(
            "any, garbage",
            any(),
            actual("\\garbage"),
            Ok(Allowed),
            &["actual GET /users: allowed: any origin is allowed"],
        ),
        row(
            "any, doubled",
            any(),
            actual(APP).header("origin", EVIL),
            Ok(Allowed),
            &["actual GET /users: allowed: any origin is allowed"],
        ),
        row(
            "any, preflight",
            any(),
            preflight(EVIL, "GET"),
            Ok(Allowed),
            &["preflight OPTIONS /users: allowed: any origin is allowed"],
        ),
        row(
            "mirror",
            mirror(),
            actual(EVIL),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://evil.example\" is allowed"],
        ),
        row(
            "fixed",
            fixed(APP),
            actual(APP),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "null, dangerously",
            Setup { dangerous: vec!["null"], ..Setup::default() },
            actual("null"),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"null\" is allowed"],
        ),
        row(
            "by predicate",
            Setup { origin: AllowOrigin::predicate(|_, _| true), ..Setup::default() },
            actual(EVIL),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://evil.example\" is allowed"],
        ),
        row(
            "listed, enforced",
            enforced(Enforce::ListedOnly),
            actual(APP).header(SITE, "cross-site"),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "listed beside an async predicate",
            asks_async(),
            actual(APP),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "credentials predicate says no",
            Setup {
                credentials: Some(AllowCredentials::predicate(|_, _| false)),
                ..origins([APP])
            },
            actual(APP),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
    ]);
}

#[test]
fn not_cors() {
    check(&[
        row(
            "no Origin",
            origins([APP]),
            plain("GET"),
            Ok(NotCors),
            &["GET /users: not CORS: it has no Origin header"],
        ),
        row(
            "no Origin, any",
            any(),
            plain("GET"),
            Ok(NotCors),
            &["GET /users: not CORS: it has no Origin header"],
        ),
        row(
            "no Origin, fixed",
            fixed(APP),
            plain("GET"),
            Ok(NotCors),
            &["GET /users: not CORS: it has no Origin header"],
        ),
        row(
            "no Origin, nothing allowed",
            Setup::default(),
            plain("PUT"),
            Ok(NotCors),
            &["PUT /users: not CORS: it has no Origin header"],
        ),
        row(
            "no Origin, but a requested method",
            origins([APP]),
            plain("OPTIONS").header("access-control-request-method", "PUT"),
            Ok(NotCors),
            &["OPTIONS /users: not CORS: it has no Origin header"],
        ),
        row(
            "step 5: GET",
            enforced(Enforce::SameOrigin),
            plain("GET").header(SITE, "cross-site"),
            Ok(NotCors),
            &["GET /users: not CORS: it has no Origin header"],
        ),
        row(
            "step 5: POST, same-origin",
            enforced(Enforce::SameOrigin),
            plain("POST").header(SITE, "same-origin"),
            Ok(NotCors),
            &["POST /users: not CORS: it has no Origin header"],
        ),
        row(
            "step 5: POST, cross-site",
            enforced(Enforce::SameOrigin),
            plain("POST").header(SITE, "cross-site"),
            Err(OriginNotAllowed),
            &["POST /users: denied: Sec-Fetch-Site says that a page of another origin sent it"],
        ),
        row(
            "step 5: POST, same-site",
            enforced(Enforce::ListedOnly),
            plain("POST").header(SITE, "same-site"),
            Err(OriginNotAllowed),
            &["POST /users: denied: Sec-Fetch-Site says that a page of another origin sent it"],
        ),
    ]);
}

#[test]
fn same_origin() {
    let own = || actual(API).header(SITE, "same-origin");
    let by_host = || actual(API).header("host", "server.example");
    check(&[
        row(
            "by Sec-Fetch-Site",
            origins([APP]),
            own(),
            Ok(SameOrigin),
            &[
                "actual GET /users: same-origin: origin \"https://server.example\" is the server's own",
            ],
        ),
        row(
            "by Host",
            origins([APP]),
            by_host(),
            Ok(SameOrigin),
            &[
                "actual GET /users: same-origin: origin \"https://server.example\" is the server's own",
            ],
        ),
        row(
            "nothing allowed",
            Setup::default(),
            by_host(),
            Ok(SameOrigin),
            &[
                "actual GET /users: same-origin: origin \"https://server.example\" is the server's own",
            ],
        ),
        row(
            "fixed",
            fixed(APP),
            by_host(),
            Ok(SameOrigin),
            &[
                "actual GET /users: same-origin: origin \"https://server.example\" is the server's own",
            ],
        ),
        row(
            "fixed, several origins",
            fixed(APP),
            own().header("origin", APP),
            Ok(SameOrigin),
            &["actual GET /users: same-origin: a repeated origin is the server's own"],
        ),
        row(
            "enforced",
            enforced(Enforce::SameOrigin),
            own(),
            Ok(SameOrigin),
            &[
                "actual GET /users: same-origin: origin \"https://server.example\" is the server's own",
            ],
        ),
        row(
            "null",
            origins([APP]),
            actual("null").header(SITE, "same-origin"),
            Ok(SameOrigin),
            &["actual GET /users: same-origin: origin \"null\" is the server's own"],
        ),
        row(
            "doubled",
            origins([APP]),
            own().header("origin", EVIL),
            Ok(SameOrigin),
            &["actual GET /users: same-origin: a repeated origin is the server's own"],
        ),
        row(
            "fixed, doubled",
            fixed(APP),
            own().header("origin", APP),
            Ok(SameOrigin),
            &["actual GET /users: same-origin: a repeated origin is the server's own"],
        ),
        row(
            "listed too",
            origins([API]),
            own(),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://server.example\" is allowed"],
        ),
        row(
            "mirror",
            mirror(),
            own(),
            Ok(Allowed),
            &["actual GET /users: allowed: origin \"https://server.example\" is allowed"],
        ),
        row(
            "any",
            any(),
            own(),
            Ok(Allowed),
            &["actual GET /users: allowed: any origin is allowed"],
        ),
        row(
            "listed only",
            enforced(Enforce::ListedOnly),
            own(),
            Err(OriginNotAllowed),
            &[
                "actual GET /users: denied: origin \"https://server.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://server.example\"])",
            ],
        ),
        row(
            "preflight",
            origins([APP]),
            preflight(API, "GET").header(SITE, "same-origin"),
            Err(OriginNotAllowed),
            &[
                "preflight OPTIONS /users: denied: origin \"https://server.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://server.example\"])",
            ],
        ),
    ]);
}

#[test]
fn undecided() {
    check(&[
        row(
            "async predicate",
            asks_async(),
            actual(EVIL),
            Ok(Undecided),
            &[
                "actual GET /users: undecided: an async predicate decides about origin \"https://evil.example\"",
            ],
        ),
        row(
            "preflight",
            asks_async(),
            preflight(EVIL, "GET"),
            Ok(Undecided),
            &[
                "preflight OPTIONS /users: undecided: an async predicate decides about origin \"https://evil.example\"",
            ],
        ),
        row(
            "same-origin",
            asks_async(),
            actual(API).header(SITE, "same-origin"),
            Ok(Undecided),
            &[
                "actual GET /users: undecided: an async predicate decides about origin \"https://server.example\"",
            ],
        ),
        row(
            "method refused anyway",
            asks_async(),
            preflight(EVIL, "PUT"),
            Err(MethodNotAllowed),
            &[
                "preflight OPTIONS /users: denied: method \"PUT\" is not allowed",
                "to allow it: .allow_methods([Method::PUT])",
            ],
        ),
        row(
            "null",
            asks_async(),
            actual("null"),
            Err(OriginNull),
            &[
                "actual GET /users: denied: origin \"null\" is not allowed",
                "caution: every site can make a frame with this origin",
            ],
        ),
        row(
            "malformed",
            asks_async(),
            actual("*"),
            Err(OriginMalformed),
            &[
                "actual GET /users: denied: origin \"*\" is not a serialized origin, so it matches nothing",
            ],
        ),
    ]);
}

#[test]
fn denied_whatever_the_policy() {
    check(&[
        row(
            "nothing allowed",
            Setup::default(),
            actual(EVIL),
            Err(OriginNotAllowed),
            &[
                "actual GET /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([\"https://evil.example\"])",
            ],
        ),
        row(
            "preflight",
            origins([APP]),
            preflight(EVIL, "GET"),
            Err(OriginNotAllowed),
            &[
                "preflight OPTIONS /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://evil.example\"])",
            ],
        ),
        row(
            "by predicate",
            Setup { origin: AllowOrigin::predicate(|_, _| false), ..Setup::default() },
            actual(EVIL),
            Err(OriginNotAllowed),
            &[
                "actual GET /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://evil.example\"])",
            ],
        ),
        row(
            "fixed",
            fixed(APP),
            actual(EVIL),
            Err(OriginNotAllowed),
            &[
                "actual GET /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([\"https://app.example.com\", \"https://evil.example\"])",
            ],
        ),
        row(
            "fixed, preflight",
            fixed(APP),
            preflight(EVIL, "GET"),
            Err(OriginNotAllowed),
            &[
                "preflight OPTIONS /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([\"https://app.example.com\", \"https://evil.example\"])",
            ],
        ),
        row(
            "fixed, near",
            fixed(APP),
            actual("https://app.example.com:8443"),
            Err(OriginNotAllowed),
            &[
                "actual GET /users: denied: origin \"https://app.example.com:8443\" is not allowed",
                "closest: \"https://app.example.com\": the port differs",
                "to allow it: .allow_origins([\"https://app.example.com\", \"https://app.example.com:8443\"])",
            ],
        ),
        row(
            "fixed, null",
            fixed(APP),
            actual("null"),
            Err(OriginNull),
            &[
                "actual GET /users: denied: origin \"null\" is not allowed",
                "caution: every site can make a frame with this origin",
            ],
        ),
        row(
            "fixed, doubled",
            fixed(APP),
            actual(APP).header("origin", APP),
            Err(OriginMalformed),
            &["actual GET /users: denied: the request has several Origin headers"],
        ),
        row(
            "mirror, null",
            mirror(),
            actual("null"),
            Err(OriginNull),
            &[
                "actual GET /users: denied: origin \"null\" is not allowed",
                "caution: every site can make a frame with this origin",
            ],
        ),
        row(
            "mirror, malformed",
            mirror(),
            actual("a b"),
            Err(OriginMalformed),
            &[
                "actual GET /users: denied: origin \"a b\" is not a serialized origin, so it matches nothing",
            ],
        ),
        row(
            "any, method",
            any(),
            preflight(EVIL, "PUT"),
            Err(MethodNotAllowed),
            &[
                "preflight OPTIONS /users: denied: method \"PUT\" is not allowed",
                "to allow it: .allow_methods([Method::PUT])",
            ],
        ),
        row(
            "fixed, method",
            fixed(APP),
            preflight(APP, "PUT"),
            Err(MethodNotAllowed),
            &[
                "preflight OPTIONS /users: denied: method \"PUT\" is not allowed",
                "to allow it: .allow_methods([Method::PUT])",
            ],
        ),
        row(
            "enforced",
            enforced(Enforce::SameOrigin),
            actual(EVIL),
            Err(OriginNotAllowed),
            &[
                "actual GET /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://evil.example\"])",
            ],
        ),
        row(
            "listed only",
            enforced(Enforce::ListedOnly),
            actual(EVIL),
            Err(OriginNotAllowed),
            &[
                "actual GET /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://evil.example\"])",
            ],
        ),
        row(
            "enforced, null",
            enforced(Enforce::SameOrigin),
            actual("null"),
            Err(OriginNull),
            &[
                "actual GET /users: denied: origin \"null\" is not allowed",
                "caution: every site can make a frame with this origin",
            ],
        ),
        row(
            "enforced, doubled Sec-Fetch-Site",
            enforced(Enforce::SameOrigin),
            actual(API).header(SITE, "same-origin").header(SITE, "same-origin"),
            Err(OriginNotAllowed),
            &[
                "actual GET /users: denied: origin \"https://server.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://server.example\"])",
            ],
        ),
        row(
            "origin and method",
            origins([APP]),
            preflight(EVIL, "PUT"),
            Err(OriginNotAllowed),
            &[
                "preflight OPTIONS /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://evil.example\"])",
                "and then: method \"PUT\" is not allowed",
            ],
        ),
        row(
            "a method that none is allowed for",
            Setup { methods: Names::Listed(vec![Method::PUT]), ..Setup::default() },
            preflight(APP, "PUT"),
            Err(OriginNotAllowed),
            &[
                "preflight OPTIONS /users: denied: origin \"https://app.example.com\" is not allowed",
                "to allow it: .allow_origins([\"https://app.example.com\"])",
            ],
        ),
    ]);
}

#[test]
fn paths_and_methods_are_escaped_and_cut() {
    let long = format!("/{}", "a".repeat(300));
    check(&[
        row(
            "path with controls",
            origins([APP]),
            plain("GET").uri("/\u{85}\u{202e}"),
            Ok(NotCors),
            &["GET /\\xc2\\x85\\xe2\\x80\\xae: not CORS: it has no Origin header"],
        ),
        row(
            "path with what escapes",
            origins([APP]),
            plain("GET").uri("/it's\"\\"),
            Ok(NotCors),
            &["GET /it\\'s\\\"\\\\: not CORS: it has no Origin header"],
        ),
        row(
            "long path",
            origins([APP]),
            plain("GET").uri(long),
            Ok(NotCors),
            &[
                "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…: not CORS: it has no Origin header",
            ],
        ),
        row(
            "long method",
            origins([APP]),
            plain(&"A".repeat(80)),
            Ok(NotCors),
            &[
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA… /users: not CORS: it has no Origin header",
            ],
        ),
    ]);
}
