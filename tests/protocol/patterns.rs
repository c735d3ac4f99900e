//! Which origins a configured one matches.

use http::HeaderValue;
use tower_cors::{AllowOrigin, CorsLayer, Denial};

use crate::harness::{ACAC, ACAO, Row, VARY, actual, check, runs};

/// A pattern, the origins that match, and those that do not.
const PATTERNS: &[(&str, &[&str], &[&str])] = &[
    (
        "https://example.com",
        &["https://example.com"],
        &[
            "http://example.com",
            "https://example.com:8443",
            "https://www.example.com",
            "https://xexample.com",
            "https://example.com.evil.example",
            "https://example.co",
            "https://example.comm",
            "https://evil.example",
            "tauri://example.com",
            "https://example-com",
            "https://examplexcom",
        ],
    ),
    (
        "https://*.example.com",
        &[
            "https://a.example.com",
            "https://a.b.example.com",
            "https://a.b.c.d.e.example.com",
            "https://example.com.example.com",
            "https://_.example.com",
            "https://1.example.com",
        ],
        &[
            "https://example.com",
            "https://xexample.com",
            "http://a.example.com",
            "https://a.example.com:8443",
            "https://a.example.com.evil.example",
            "https://a.example.org",
            "https://a-example.com",
        ],
    ),
    (
        "http://localhost:*",
        &[
            "http://localhost",
            "http://localhost:1",
            "http://localhost:3000",
            "http://localhost:65535",
        ],
        &[
            "http://localhost.evil.com",
            "https://localhost",
            "https://localhost:3000",
            "http://a.localhost:3000",
            "http://localhost3000",
            "http://127.0.0.1:3000",
        ],
    ),
    (
        "https://*.example.com:*",
        &["https://a.example.com", "https://a.b.example.com:8443"],
        &["https://example.com", "https://example.com:8443", "http://a.example.com:8443"],
    ),
    (
        "https://example.com:8443",
        &["https://example.com:8443"],
        &["https://example.com", "https://example.com:844", "https://example.com:18443"],
    ),
    (
        "https://*.example.com:8443",
        &["https://a.example.com:8443"],
        &["https://a.example.com", "https://example.com:8443"],
    ),
    ("tauri://localhost", &["tauri://localhost"], &["http://localhost", "tauri://localhost:80"]),
    (
        "moz-extension://0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        &["moz-extension://0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"],
        &["moz-extension://1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"],
    ),
    (
        "http://127.0.0.1:3000",
        &["http://127.0.0.1:3000"],
        &["http://127.0.0.1", "http://127.0.0.11:3000"],
    ),
    ("http://[::1]:3000", &["http://[::1]:3000"], &["http://[::1]", "http://[::2]:3000"]),
    ("http://[::1]:*", &["http://[::1]", "http://[::1]:3000"], &["http://[::2]"]),
];

/// Patterns, and what would match them if it were a serialized origin.
const LOOK_ALIKES: &[(&str, &[&[u8]])] = &[
    (
        "https://*.example.com",
        &[
            b"https://.example.com",
            b"https://..example.com",
            b"https://a..example.com",
            b"https://A.example.com",
            b"https://a.Example.com",
            b"HTTPS://a.example.com",
            b"https://a.example.com.",
            b"https://a.example.com/",
            b"https://a.example.com:443",
            b"https://a b.example.com",
            b"https://a/.example.com",
            b"https://evil.example/.example.com",
            b"https://evil.example#.example.com",
            b"https://evil.example?.example.com",
            b"https://evil.example\\.example.com",
            b"https://evil.example:1.example.com",
            b"https://evil.example,https://a.example.com",
            b"https://user@a.example.com",
            b"https://%61.example.com",
            b"https://*.example.com",
            b"https://\xff.example.com",
            b"https://[::1].example.com",
            b"https://",
            b"https://*",
        ],
    ),
    (
        "http://localhost:*",
        &[
            b"http://localhost:",
            b"http://localhost:0",
            b"http://localhost:01",
            b"http://localhost:80",
            b"http://localhost:65536",
            b"http://localhost:*",
            b"http://localhost:a",
            b"http://localhost: 1",
            b"http://localhost:1:2",
            b"http://localhost:3000/",
            b"http://localhost:3000@evil.example",
            b"http://localhost:@evil.example",
            b"http://Localhost:3000",
        ],
    ),
    (
        "https://*.example.com:*",
        &[
            b"https://a.example.com:443",
            b"https://a.example.com:0",
            b"https://.example.com:8443",
            b"https://a.example.com:8443.example.com",
        ],
    ),
];

fn look_alikes() -> Vec<Row> {
    let subdomain = |labels: &str| format!("https://{labels}.example.com").into_bytes();
    let too_long = [
        subdomain(&"a".repeat(64)),
        subdomain(&vec!["a".repeat(60); 4].join(".")),
        subdomain(&"a.".repeat(200_000)),
    ];
    let named = LOOK_ALIKES.iter().flat_map(|(pattern, origins)| {
        origins.iter().map(move |origin| (*pattern, origin.to_vec()))
    });
    let long = too_long.into_iter().map(|origin| ("https://*.example.com", origin));
    let row = |(pattern, origin): (&str, Vec<u8>)| {
        let text: String = origin.escape_ascii().to_string().chars().take(80).collect();
        let denied = runs(&[VARY]).denied(Denial::OriginMalformed);
        let config = CorsLayer::new().allow_origins([pattern]);
        Row::new(format!("pattern {pattern} and malformed {text}"), config, actual(&origin), denied)
            .covers(&["S4", "S20", "S22"])
    };
    named.chain(long).map(row).collect()
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = look_alikes();
    for (pattern, matching, others) in PATTERNS {
        let config = || CorsLayer::new().allow_origins([pattern]);
        for origin in *matching {
            let name = format!("pattern {pattern} matches {origin}");
            rows.push(
                Row::new(name, config(), actual(origin), runs(&[(ACAO, origin), VARY]))
                    .covers(&["S3", "S4", "S22"]),
            );
        }
        for origin in *others {
            let name = format!("pattern {pattern} does not match {origin}");
            let denied = runs(&[VARY]).denied(Denial::OriginNotAllowed);
            rows.push(
                Row::new(name, config(), actual(origin), denied).covers(&["S4", "S22", "S23"]),
            );
        }
    }
    let literal = |origin| AllowOrigin::exact(HeaderValue::from_static(origin));
    let two = literal("https://a.example")
        .or(AllowOrigin::list([HeaderValue::from_static("https://b.example")]));
    for (origin, is_allowed) in [
        ("https://a.example", true),
        ("https://b.example", true),
        ("https://c.example", false),
        ("http://a.example", false),
    ] {
        let lines = [(ACAO, origin), (ACAC, "true"), VARY];
        let expected =
            if is_allowed { runs(&lines) } else { runs(&[VARY]).denied(Denial::OriginNotAllowed) };
        let config = CorsLayer::new().allow_origin(two.clone()).allow_credentials(true);
        rows.push(
            Row::new(format!("two literal origins: {origin}"), config, actual(origin), expected)
                .covers(&["S4", "S23"]),
        );
    }
    rows
}

#[test]
fn patterns() {
    check(&rows());
}
