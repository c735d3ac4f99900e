//! Methods that a preflight asks for in vain.

use http::Method;
use tower_cors::{AllowCredentials, Denial::MethodNotAllowed, Outcome::Allowed};

use crate::{
    setup::{Names, Setup},
    table::{APP, Row, check, origins, preflight, row},
};

fn listed<const N: usize>(methods: [Method; N]) -> Setup {
    Setup { methods: Names::Listed(methods.into()), ..origins([APP]) }
}

fn of(methods: Names<Method>) -> Setup {
    Setup { methods, ..origins([APP]) }
}

fn denied(name: &'static str, setup: Setup, method: impl AsRef<[u8]>, lines: &[&str]) -> Row {
    row(name, setup, preflight(APP, method), Err(MethodNotAllowed), lines)
}

#[test]
fn listed_methods() {
    let custom = || Method::from_bytes(b"QUERY").unwrap();
    check(&[
        denied(
            "PUT",
            listed([]),
            "PUT",
            &[
                "preflight OPTIONS /users: denied: method \"PUT\" is not allowed",
                "to allow it: .allow_methods([Method::PUT])",
            ],
        ),
        denied(
            "DELETE beside PUT",
            listed([Method::PUT]),
            "DELETE",
            &[
                "preflight OPTIONS /users: denied: method \"DELETE\" is not allowed",
                "to allow it: .allow_methods([…, Method::DELETE])",
            ],
        ),
        denied(
            "PATCH",
            listed([]),
            "PATCH",
            &[
                "preflight OPTIONS /users: denied: method \"PATCH\" is not allowed",
                "to allow it: .allow_methods([Method::PATCH])",
            ],
        ),
        denied(
            "OPTIONS",
            listed([]),
            "OPTIONS",
            &[
                "preflight OPTIONS /users: denied: method \"OPTIONS\" is not allowed",
                "to allow it: .allow_methods([Method::OPTIONS])",
            ],
        ),
        denied(
            "custom",
            listed([]),
            "QUERY",
            &[
                "preflight OPTIONS /users: denied: method \"QUERY\" is not allowed",
                "to allow it: .allow_methods([Method::from_bytes(b\"QUERY\")?])",
            ],
        ),
        denied(
            "every character of a token",
            listed([]),
            "!#$%&'*+-.^_`|~",
            &[
                "preflight OPTIONS /users: denied: method \"!#$%&\\'*+-.^_`|~\" is not allowed",
                "to allow it: .allow_methods([Method::from_bytes(b\"!#$%&'*+-.^_`|~\")?])",
            ],
        ),
        denied(
            "patch for PATCH",
            listed([Method::PATCH]),
            "patch",
            &[
                "preflight OPTIONS /users: denied: method \"patch\" is not allowed",
                "closest: \"PATCH\": methods are compared case-sensitively",
                "caution: write \"PATCH\" in the page",
            ],
        ),
        denied(
            "Query for QUERY",
            listed([custom()]),
            "Query",
            &[
                "preflight OPTIONS /users: denied: method \"Query\" is not allowed",
                "closest: \"QUERY\": methods are compared case-sensitively",
                "caution: write \"QUERY\" in the page",
            ],
        ),
        denied(
            "get",
            listed([]),
            "get",
            &[
                "preflight OPTIONS /users: denied: method \"get\" is not allowed",
                "caution: write \"GET\" in the page: methods are case-sensitive",
            ],
        ),
        denied(
            "not a token",
            listed([]),
            "P UT",
            &["preflight OPTIONS /users: denied: method \"P UT\" is not allowed"],
        ),
        denied(
            "two in a line",
            listed([Method::PUT]),
            "PUT, DELETE",
            &["preflight OPTIONS /users: denied: method \"PUT, DELETE\" is not allowed"],
        ),
        denied(
            "hostile bytes",
            listed([]),
            b"\xff\t\"\\",
            &["preflight OPTIONS /users: denied: method \"\\xff\\t\\\"\\\\\" is not allowed"],
        ),
        denied(
            "empty",
            listed([]),
            "",
            &["preflight OPTIONS /users: denied: method \"\" is not allowed"],
        ),
        denied(
            "star",
            listed([]),
            "*",
            &["preflight OPTIONS /users: denied: method \"*\" is not allowed"],
        ),
        denied(
            "TRACE",
            listed([]),
            "TRACE",
            &["preflight OPTIONS /users: denied: method \"TRACE\" is not allowed"],
        ),
        denied(
            "connect",
            listed([]),
            "connect",
            &["preflight OPTIONS /users: denied: method \"connect\" is not allowed"],
        ),
        denied(
            "as long as shown",
            listed([]),
            "A".repeat(64),
            &[
                "preflight OPTIONS /users: denied: method \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\" is not allowed",
                "to allow it: .allow_methods([Method::from_bytes(b\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\")?])",
            ],
        ),
        denied(
            "over-long",
            listed([]),
            "A".repeat(65),
            &[
                "preflight OPTIONS /users: denied: method \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA…\" is not allowed",
            ],
        ),
    ]);
}

#[test]
fn several_lines() {
    let twice = || preflight(APP, "PUT").header("access-control-request-method", "PUT");
    check(&[
        row(
            "listed",
            listed([Method::PUT]),
            twice(),
            Err(MethodNotAllowed),
            &["preflight OPTIONS /users: denied: the preflight names several methods"],
        ),
        row(
            "any",
            of(Names::Any),
            twice(),
            Err(MethodNotAllowed),
            &["preflight OPTIONS /users: denied: the preflight names several methods"],
        ),
    ]);
}

#[test]
fn any_and_mirrored_methods() {
    let any_with_credentials =
        || Setup { credentials: Some(AllowCredentials::yes()), ..of(Names::Any) };
    check(&[
        row(
            "any, custom",
            of(Names::Any),
            preflight(APP, "QUERY"),
            Ok(Allowed),
            &["preflight OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "mirror, custom",
            of(Names::Mirror),
            preflight(APP, "QUERY"),
            Ok(Allowed),
            &["preflight OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        denied(
            "any, TRACE",
            of(Names::Any),
            "TRACE",
            &["preflight OPTIONS /users: denied: method \"TRACE\" is not allowed"],
        ),
        denied(
            "any, not a token",
            of(Names::Any),
            "P UT",
            &["preflight OPTIONS /users: denied: method \"P UT\" is not allowed"],
        ),
        denied(
            "mirror, star",
            of(Names::Mirror),
            "*",
            &["preflight OPTIONS /users: denied: method \"*\" is not allowed"],
        ),
        denied(
            "mirror, track",
            of(Names::Mirror),
            "track",
            &["preflight OPTIONS /users: denied: method \"track\" is not allowed"],
        ),
        denied(
            "any with credentials, star",
            any_with_credentials(),
            "*",
            &["preflight OPTIONS /users: denied: method \"*\" is not allowed"],
        ),
        denied(
            "mirror, over-long",
            of(Names::Mirror),
            "A".repeat(9_000),
            &[
                "preflight OPTIONS /users: denied: method \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA…\" is not allowed",
            ],
        ),
    ]);
}

/// The method comes first: a page gets no further without it.
#[test]
fn method_before_headers() {
    check(&[row(
        "both refused",
        listed([]),
        preflight(APP, "PUT").header("access-control-request-headers", "x-a"),
        Err(MethodNotAllowed),
        &[
            "preflight OPTIONS /users: denied: method \"PUT\" is not allowed",
            "to allow it: .allow_methods([Method::PUT])",
            "and then: header \"x-a\" is not allowed",
        ],
    )]);
}
