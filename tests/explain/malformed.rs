//! Origins that no browser sends.

use http::HeaderValue;
use tower_cors::Denial::OriginMalformed;

use crate::{
    setup::Setup,
    table::{APP, Row, actual, check, origins, row},
};

fn malformed(name: &'static str, origin: impl AsRef<[u8]>, lines: &[&str]) -> Row {
    row(name, origins([APP]), actual(origin), Err(OriginMalformed), lines)
}

#[test]
fn malformed_origins() {
    check(&[
        malformed(
            "slash of a listed one",
            "https://app.example.com/",
            &[
                "actual GET /users: denied: origin \"https://app.example.com/\" is not a serialized origin, so it matches nothing",
                "closest: \"https://app.example.com\": an origin has no slash at its end",
            ],
        ),
        malformed(
            "default port of a listed one",
            "https://app.example.com:443",
            &[
                "actual GET /users: denied: origin \"https://app.example.com:443\" is not a serialized origin, so it matches nothing",
                "closest: \"https://app.example.com\": browsers write it otherwise",
            ],
        ),
        malformed(
            "upper case of a listed one",
            "https://App.Example.com",
            &[
                "actual GET /users: denied: origin \"https://App.Example.com\" is not a serialized origin, so it matches nothing",
                "closest: \"https://app.example.com\": browsers write it otherwise",
            ],
        ),
        malformed(
            "path of a listed one",
            "https://app.example.com/a/b",
            &[
                "actual GET /users: denied: origin \"https://app.example.com/a/b\" is not a serialized origin, so it matches nothing",
                "closest: \"https://app.example.com\": browsers write it otherwise",
            ],
        ),
        malformed(
            "slash and more",
            "https://App.example.com/",
            &[
                "actual GET /users: denied: origin \"https://App.example.com/\" is not a serialized origin, so it matches nothing",
                "closest: \"https://app.example.com\": browsers write it otherwise",
            ],
        ),
        malformed(
            "without scheme",
            "app.example.com",
            &[
                "actual GET /users: denied: origin \"app.example.com\" is not a serialized origin, so it matches nothing",
                "closest: \"https://app.example.com\": browsers write it otherwise",
            ],
        ),
        malformed(
            "slash of another",
            "https://other.example/",
            &[
                "actual GET /users: denied: origin \"https://other.example/\" is not a serialized origin, so it matches nothing",
            ],
        ),
        malformed(
            "list",
            "https://app.example.com, https://app.example.com",
            &[
                "actual GET /users: denied: origin \"https://app.example.com, https://app.example.com\" is not a serialized origin, so it matches nothing",
            ],
        ),
        malformed(
            "upper-case null",
            "NULL",
            &[
                "actual GET /users: denied: origin \"NULL\" is not a serialized origin, so it matches nothing",
            ],
        ),
        malformed(
            "empty",
            "",
            &[
                "actual GET /users: denied: origin \"\" is not a serialized origin, so it matches nothing",
            ],
        ),
        malformed(
            "star",
            "*",
            &[
                "actual GET /users: denied: origin \"*\" is not a serialized origin, so it matches nothing",
            ],
        ),
        malformed(
            "hostile bytes",
            b"https://\xff\t\"\\'.example",
            &[
                "actual GET /users: denied: origin \"https://\\xff\\t\\\"\\\\\\'.example\" is not a serialized origin, so it matches nothing",
            ],
        ),
        malformed(
            "userinfo",
            "https://user:secret@app.example.com",
            &[
                "actual GET /users: denied: origin \"https://user:secret@app.example.com\" is not a serialized origin, so it matches nothing",
                "closest: \"https://app.example.com\": browsers write it otherwise",
            ],
        ),
        malformed(
            "port 0",
            "https://app.example.com:0",
            &[
                "actual GET /users: denied: origin \"https://app.example.com:0\" is not a serialized origin, so it matches nothing",
            ],
        ),
        malformed(
            "IP not canonical",
            "http://127.1",
            &[
                "actual GET /users: denied: origin \"http://127.1\" is not a serialized origin, so it matches nothing",
            ],
        ),
        malformed(
            "look-alike of a slash",
            "https://app.examp1e.com/",
            &[
                "actual GET /users: denied: origin \"https://app.examp1e.com/\" is not a serialized origin, so it matches nothing",
            ],
        ),
        malformed(
            "over-long",
            format!("https://{}", "a".repeat(400)),
            &[&format!(
                "actual GET /users: denied: origin \"https://{}…\" is not a serialized origin, so it matches nothing",
                "a".repeat(318)
            )],
        ),
        malformed(
            "twice as long as shown, with a path",
            format!("{APP}/{}", "a".repeat(652 - "https://app.example.com/".len())),
            &[
                &format!(
                    "actual GET /users: denied: origin \"{APP}/{}…\" is not a serialized origin, so it matches nothing",
                    "a".repeat(302)
                ),
                "closest: \"https://app.example.com\": browsers write it otherwise",
            ],
        ),
        malformed(
            "longer, with a path",
            format!("{APP}/{}", "a".repeat(653 - "https://app.example.com/".len())),
            &[&format!(
                "actual GET /users: denied: origin \"{APP}/{}…\" is not a serialized origin, so it matches nothing",
                "a".repeat(302)
            )],
        ),
        malformed(
            "over-long and hostile",
            [b"\xff".repeat(326), b"x".to_vec()].concat(),
            &[&format!(
                "actual GET /users: denied: origin \"{}…\" is not a serialized origin, so it matches nothing",
                "\\xff".repeat(326)
            )],
        ),
        malformed(
            "as long as shown",
            b"\xff".repeat(326),
            &[&format!(
                "actual GET /users: denied: origin \"{}\" is not a serialized origin, so it matches nothing",
                "\\xff".repeat(326)
            )],
        ),
    ]);
}

#[test]
fn several_origins() {
    check(&[
        row(
            "two",
            origins([APP]),
            actual(APP).header("origin", APP),
            Err(OriginMalformed),
            &["actual GET /users: denied: the request has several Origin headers"],
        ),
        row(
            "nothing allowed",
            Setup::default(),
            actual(HeaderValue::from_static("null")).header("origin", "null"),
            Err(OriginMalformed),
            &["actual GET /users: denied: the request has several Origin headers"],
        ),
    ]);
}

#[test]
fn a_pattern_is_what_a_repaired_origin_matches() {
    check(&[row(
        "subdomain",
        origins(["https://*.example.com"]),
        actual("https://App.example.com"),
        Err(OriginMalformed),
        &[
            "actual GET /users: denied: origin \"https://App.example.com\" is not a serialized origin, so it matches nothing",
            "closest: \"https://*.example.com\": browsers write it otherwise",
        ],
    )]);
}
