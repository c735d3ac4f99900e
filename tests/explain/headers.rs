//! Headers that a preflight asks for in vain.

use http::HeaderName;
use tower_cors::{AllowCredentials, Denial::HeaderNotAllowed, Outcome::Allowed};

use crate::{
    setup::{Names, Setup},
    table::{APP, Row, check, origins, preflight, row},
};

const ACRH: &str = "access-control-request-headers";

fn of(headers: Names<HeaderName>) -> Setup {
    Setup { headers, ..origins([APP]) }
}

fn listed<const N: usize>(names: [&'static str; N]) -> Setup {
    of(Names::Listed(names.map(HeaderName::from_static).into()))
}

fn denied(name: &'static str, setup: Setup, headers: impl AsRef<[u8]>, lines: &[&str]) -> Row {
    let request = preflight(APP, "GET").header(ACRH, headers.as_ref());
    row(name, setup, request, Err(HeaderNotAllowed), lines)
}

/// `n` different names, as they are requested.
fn names(n: usize) -> String {
    (1..=n).map(|n| format!("x-{n}")).collect::<Vec<_>>().join(",")
}

#[test]
fn listed_headers() {
    check(&[
        denied(
            "one",
            listed([]),
            "x-a",
            &[
                "preflight OPTIONS /users: denied: header \"x-a\" is not allowed",
                "to allow it: .allow_headers([HeaderName::from_static(\"x-a\")])",
            ],
        ),
        denied(
            "one beside a listed one",
            listed(["x-a"]),
            "x-a,x-b",
            &[
                "preflight OPTIONS /users: denied: header \"x-b\" is not allowed",
                "to allow it: .allow_headers([…, HeaderName::from_static(\"x-b\")])",
            ],
        ),
        denied(
            "upper case",
            listed([]),
            "X-Request-Id",
            &[
                "preflight OPTIONS /users: denied: header \"X-Request-Id\" is not allowed",
                "to allow it: .allow_headers([HeaderName::from_static(\"x-request-id\")])",
            ],
        ),
        denied(
            "several",
            listed([]),
            "x-b, ,x-a",
            &[
                "preflight OPTIONS /users: denied: headers \"x-b\", \"x-a\" are not allowed",
                "to allow it: .allow_headers([HeaderName::from_static(\"x-b\"), HeaderName::from_static(\"x-a\")])",
            ],
        ),
        denied(
            "twice",
            listed([]),
            "x-a,X-A,x-a",
            &[
                "preflight OPTIONS /users: denied: header \"x-a\" is not allowed",
                "to allow it: .allow_headers([HeaderName::from_static(\"x-a\")])",
            ],
        ),
        denied(
            "eight",
            listed([]),
            names(8),
            &[
                "preflight OPTIONS /users: denied: headers \"x-1\", \"x-2\", \"x-3\", \"x-4\", \"x-5\", \"x-6\", \"x-7\", \"x-8\" are not allowed",
                "to allow it: .allow_headers([HeaderName::from_static(\"x-1\"), HeaderName::from_static(\"x-2\"), HeaderName::from_static(\"x-3\"), HeaderName::from_static(\"x-4\"), HeaderName::from_static(\"x-5\"), HeaderName::from_static(\"x-6\"), HeaderName::from_static(\"x-7\"), HeaderName::from_static(\"x-8\")])",
            ],
        ),
        denied(
            "nine",
            listed([]),
            names(9),
            &[
                "preflight OPTIONS /users: denied: headers \"x-1\", \"x-2\", \"x-3\", \"x-4\", \"x-5\", \"x-6\", \"x-7\", \"x-8\", … are not allowed",
            ],
        ),
        denied(
            "256",
            listed([]),
            names(256),
            &[
                "preflight OPTIONS /users: denied: headers \"x-1\", \"x-2\", \"x-3\", \"x-4\", \"x-5\", \"x-6\", \"x-7\", \"x-8\", … are not allowed",
            ],
        ),
        denied(
            "not a token",
            listed([]),
            "x a",
            &["preflight OPTIONS /users: denied: header \"x a\" is not allowed"],
        ),
        denied(
            "one a token, one not",
            listed([]),
            "x-a,x b",
            &["preflight OPTIONS /users: denied: headers \"x-a\", \"x b\" are not allowed"],
        ),
        denied(
            "hostile bytes",
            listed([]),
            b"\xff\t\"\\",
            &["preflight OPTIONS /users: denied: header \"\\xff\\t\\\"\\\\\" is not allowed"],
        ),
        denied(
            "as long as shown",
            listed([]),
            "a".repeat(64),
            &[
                "preflight OPTIONS /users: denied: header \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" is not allowed",
                "to allow it: .allow_headers([HeaderName::from_static(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\")])",
            ],
        ),
        denied(
            "over-long",
            listed([]),
            "a".repeat(65),
            &[
                "preflight OPTIONS /users: denied: header \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\" is not allowed",
            ],
        ),
        denied(
            "star",
            listed([]),
            "*",
            &["preflight OPTIONS /users: denied: header \"*\" is not allowed"],
        ),
        denied(
            "a header that pages cannot set",
            listed([]),
            "cookie",
            &["preflight OPTIONS /users: denied: header \"cookie\" is not allowed"],
        ),
        denied(
            "a response header",
            listed([]),
            "access-control-allow-origin",
            &[
                "preflight OPTIONS /users: denied: header \"access-control-allow-origin\" is not allowed",
            ],
        ),
        denied(
            "a response header and another",
            listed([]),
            "x-a,access-control-allow-origin",
            &[
                "preflight OPTIONS /users: denied: headers \"x-a\", \"access-control-allow-origin\" are not allowed",
            ],
        ),
    ]);
}

#[test]
fn several_lines() {
    check(&[row(
        "one refused in each",
        listed(["x-b"]),
        preflight(APP, "GET").header(ACRH, "x-a,x-b").header(ACRH, "x-c"),
        Err(HeaderNotAllowed),
        &[
            "preflight OPTIONS /users: denied: headers \"x-a\", \"x-c\" are not allowed",
            "to allow it: .allow_headers([…, HeaderName::from_static(\"x-a\"), HeaderName::from_static(\"x-c\")])",
        ],
    )]);
}

#[test]
fn any_and_mirrored_headers() {
    let any_with_credentials =
        || Setup { credentials: Some(AllowCredentials::yes()), ..of(Names::Any) };
    let request = || preflight(APP, "GET").header(ACRH, "x-a,authorization");
    check(&[
        row(
            "any",
            of(Names::Any),
            request(),
            Ok(Allowed),
            &["preflight OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "any with credentials",
            any_with_credentials(),
            request(),
            Ok(Allowed),
            &["preflight OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        row(
            "mirror",
            of(Names::Mirror),
            request(),
            Ok(Allowed),
            &["preflight OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed"],
        ),
        denied(
            "any, not a token",
            of(Names::Any),
            "x a",
            &["preflight OPTIONS /users: denied: header \"x a\" is not allowed"],
        ),
        denied(
            "any with credentials, star",
            any_with_credentials(),
            "x-a,*",
            &["preflight OPTIONS /users: denied: header \"*\" is not allowed"],
        ),
        denied(
            "mirror, star",
            of(Names::Mirror),
            "*",
            &["preflight OPTIONS /users: denied: header \"*\" is not allowed"],
        ),
        denied(
            "mirror, not a token",
            of(Names::Mirror),
            "x-a,x b,\"",
            &["preflight OPTIONS /users: denied: headers \"x b\", \"\\\"\" are not allowed"],
        ),
    ]);
}

#[test]
fn beyond_the_bounds() {
    let many = || preflight(APP, "GET").header(ACRH, names(257));
    let long = || preflight(APP, "GET").header(ACRH, "a".repeat(8 * 1024 + 1));
    check(&[
        row(
            "list, 257 names",
            listed([]),
            many(),
            Ok(Allowed),
            &[
                "preflight OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed; the requested headers are too many to be examined",
            ],
        ),
        row(
            "list, over 8 KiB",
            listed([]),
            long(),
            Ok(Allowed),
            &[
                "preflight OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed; the requested headers are too many to be examined",
            ],
        ),
        row(
            "any, 257 names",
            of(Names::Any),
            many(),
            Ok(Allowed),
            &[
                "preflight OPTIONS /users: allowed: origin \"https://app.example.com\" is allowed; the requested headers are too many to be examined",
            ],
        ),
        row(
            "mirror, 257 names",
            of(Names::Mirror),
            many(),
            Err(HeaderNotAllowed),
            &[
                "preflight OPTIONS /users: denied: more headers are requested than can be sent back: 8 KiB or 256 names",
            ],
        ),
        row(
            "mirror, over 8 KiB",
            of(Names::Mirror),
            long(),
            Err(HeaderNotAllowed),
            &[
                "preflight OPTIONS /users: denied: more headers are requested than can be sent back: 8 KiB or 256 names",
            ],
        ),
        denied(
            "any, hostile within 8 KiB",
            of(Names::Any),
            b"\xff".repeat(8 * 1024),
            &[&format!(
                "preflight OPTIONS /users: denied: header \"{}…\" is not allowed",
                "\\xff".repeat(64)
            )],
        ),
    ]);
}
