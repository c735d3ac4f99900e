//! Origins that are not allowed: what comes closest, and whether to allow them.

use http::HeaderValue;
use tower_cors::{
    AllowCredentials,
    Denial::{OriginNotAllowed, OriginNull},
    Outcome::Allowed,
};

use crate::{
    setup::Setup,
    table::{APP, EVIL, Row, actual, check, explain, mirror, origins, preflight, row},
};

const BELOW: &str = "https://*.example.com";

fn with_credentials(setup: Setup) -> Setup {
    Setup { credentials: Some(AllowCredentials::yes()), ..setup }
}

fn denied(name: &'static str, setup: Setup, origin: &str, lines: &[&str]) -> Row {
    row(name, setup, actual(origin), Err(OriginNotAllowed), lines)
}

#[test]
fn differences() {
    check(&[
        denied(
            "port",
            origins([APP]),
            "https://app.example.com:8443",
            &[
                "actual GET /users: denied: origin \"https://app.example.com:8443\" is not allowed",
                "closest: \"https://app.example.com\": the port differs",
                "to allow it: .allow_origins([…, \"https://app.example.com:8443\"])",
            ],
        ),
        denied(
            "no port",
            origins(["https://app.example.com:8443"]),
            APP,
            &[
                "actual GET /users: denied: origin \"https://app.example.com\" is not allowed",
                "closest: \"https://app.example.com:8443\": the port differs",
                "to allow it: .allow_origins([…, \"https://app.example.com\"])",
            ],
        ),
        denied(
            "other port",
            origins(["http://localhost:3000"]),
            "http://localhost:5173",
            &[
                "actual GET /users: denied: origin \"http://localhost:5173\" is not allowed",
                "closest: \"http://localhost:3000\": the port differs",
                "to allow it: .allow_origins([…, \"http://localhost:5173\"])",
                "caution: keep development origins out of production",
            ],
        ),
        denied(
            "other name of the machine",
            origins(["http://localhost:5173"]),
            "http://127.0.0.1:5173",
            &[
                "actual GET /users: denied: origin \"http://127.0.0.1:5173\" is not allowed",
                "closest: \"http://localhost:5173\": another name of the same machine is another origin",
                "to allow it: .allow_origins([…, \"http://127.0.0.1:5173\"])",
                "caution: keep development origins out of production",
            ],
        ),
        denied(
            "port of a subdomain",
            origins([BELOW]),
            "https://a.example.com:8443",
            &[
                "actual GET /users: denied: origin \"https://a.example.com:8443\" is not allowed",
                "closest: \"https://*.example.com\": the port differs",
                "to allow it: .allow_origins([…, \"https://a.example.com:8443\"])",
            ],
        ),
        denied(
            "scheme",
            origins([APP]),
            "http://app.example.com",
            &[
                "actual GET /users: denied: origin \"http://app.example.com\" is not allowed",
                "closest: \"https://app.example.com\": the scheme differs",
                "to allow it: .allow_origins([…, \"http://app.example.com\"])",
                "caution: anyone on the network's path can speak for an http origin",
            ],
        ),
        denied(
            "scheme of a subdomain",
            origins([BELOW]),
            "http://a.b.example.com",
            &[
                "actual GET /users: denied: origin \"http://a.b.example.com\" is not allowed",
                "closest: \"https://*.example.com\": the scheme differs",
                "to allow it: .allow_origins([…, \"http://a.b.example.com\"])",
                "caution: anyone on the network's path can speak for an http origin",
            ],
        ),
        denied(
            "https for http",
            origins(["http://app.example.com"]),
            APP,
            &[
                "actual GET /users: denied: origin \"https://app.example.com\" is not allowed",
                "closest: \"http://app.example.com\": the scheme differs",
                "to allow it: .allow_origins([…, \"https://app.example.com\"])",
            ],
        ),
        denied(
            "scheme, any port",
            origins(["https://localhost:*"]),
            "http://localhost:3000",
            &[
                "actual GET /users: denied: origin \"http://localhost:3000\" is not allowed",
                "closest: \"https://localhost:*\": the scheme differs",
                "to allow it: .allow_origins([…, \"http://localhost:3000\"])",
                "caution: keep development origins out of production",
            ],
        ),
        denied(
            "scheme and port",
            origins([APP]),
            "http://app.example.com:8080",
            &[
                "actual GET /users: denied: origin \"http://app.example.com:8080\" is not allowed",
                "closest: \"https://app.example.com\": the scheme and the port differ",
                "to allow it: .allow_origins([…, \"http://app.example.com:8080\"])",
                "caution: anyone on the network's path can speak for an http origin",
            ],
        ),
        denied(
            "scheme and one port of two",
            origins(["https://app.example.com:8443"]),
            "http://app.example.com:8080",
            &[
                "actual GET /users: denied: origin \"http://app.example.com:8080\" is not allowed",
                "closest: \"https://app.example.com:8443\": the scheme and the port differ",
                "to allow it: .allow_origins([…, \"http://app.example.com:8080\"])",
                "caution: anyone on the network's path can speak for an http origin",
            ],
        ),
        denied(
            "port before scheme",
            origins([APP, "http://app.example.com:81"]),
            "https://app.example.com:81",
            &[
                "actual GET /users: denied: origin \"https://app.example.com:81\" is not allowed",
                "closest: \"https://app.example.com\": the port differs",
                "to allow it: .allow_origins([…, \"https://app.example.com:81\"])",
            ],
        ),
        denied(
            "apex",
            origins([BELOW]),
            "https://example.com",
            &[
                "actual GET /users: denied: origin \"https://example.com\" is not allowed",
                "closest: \"https://*.example.com\": it stands for the subdomains, not for the host itself",
                "to allow it: .allow_origins([…, \"https://example.com\"])",
            ],
        ),
        denied(
            "apex and port",
            origins([BELOW]),
            "https://example.com:8443",
            &[
                "actual GET /users: denied: origin \"https://example.com:8443\" is not allowed",
                "closest: \"https://*.example.com\": it stands for the subdomains, not for the host itself",
                "to allow it: .allow_origins([…, \"https://example.com:8443\"])",
            ],
        ),
        denied(
            "apex of any port",
            origins(["https://*.example.com:*"]),
            "https://example.com:8443",
            &[
                "actual GET /users: denied: origin \"https://example.com:8443\" is not allowed",
                "closest: \"https://*.example.com:*\": it stands for the subdomains, not for the host itself",
                "to allow it: .allow_origins([…, \"https://example.com:8443\"])",
            ],
        ),
        denied(
            "a label too many",
            origins([APP]),
            "https://www.app.example.com",
            &[
                "actual GET /users: denied: origin \"https://www.app.example.com\" is not allowed",
                "closest: \"https://app.example.com\": the origin has a label more",
                "to allow it: .allow_origins([…, \"https://www.app.example.com\"])",
            ],
        ),
        denied(
            "labels too many",
            origins(["https://example.com"]),
            "https://a.b.example.com",
            &[
                "actual GET /users: denied: origin \"https://a.b.example.com\" is not allowed",
                "closest: \"https://example.com\": the origin has a label more",
                "to allow it: .allow_origins([…, \"https://a.b.example.com\"])",
            ],
        ),
        denied(
            "a label too few",
            origins(["https://www.example.com"]),
            "https://example.com",
            &[
                "actual GET /users: denied: origin \"https://example.com\" is not allowed",
                "closest: \"https://www.example.com\": the origin lacks its first label",
                "to allow it: .allow_origins([…, \"https://example.com\"])",
            ],
        ),
        denied(
            "another label too few",
            origins([APP]),
            "https://example.com",
            &[
                "actual GET /users: denied: origin \"https://example.com\" is not allowed",
                "closest: \"https://app.example.com\": the origin lacks its first label",
                "to allow it: .allow_origins([…, \"https://example.com\"])",
            ],
        ),
        denied(
            "nothing near",
            origins([APP]),
            EVIL,
            &[
                "actual GET /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://evil.example\"])",
            ],
        ),
    ]);
}

#[test]
fn look_alikes() {
    let imitated = || origins(["https://example.com"]);
    check(&[
        denied(
            "changed",
            imitated(),
            "https://examp1e.com",
            &[
                "actual GET /users: denied: origin \"https://examp1e.com\" is not allowed",
                "closest: \"https://example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
        denied(
            "left out",
            imitated(),
            "https://exmple.com",
            &[
                "actual GET /users: denied: origin \"https://exmple.com\" is not allowed",
                "closest: \"https://example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
        denied(
            "added",
            imitated(),
            "https://examplee.com",
            &[
                "actual GET /users: denied: origin \"https://examplee.com\" is not allowed",
                "closest: \"https://example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
        denied(
            "r and n for m",
            imitated(),
            "https://exarnple.com",
            &[
                "actual GET /users: denied: origin \"https://exarnple.com\" is not allowed",
                "closest: \"https://example.com\": the host only looks the same",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
        denied(
            "two v for w",
            origins(["https://wide.example"]),
            "https://vvide.example",
            &[
                "actual GET /users: denied: origin \"https://vvide.example\" is not allowed",
                "closest: \"https://wide.example\": the host only looks the same",
                "caution: it looks like an imitation of \"https://wide.example\"",
            ],
        ),
        denied(
            "zeros for o, below a wildcard",
            origins(["https://*.foo.example"]),
            "https://www.f00.example",
            &[
                "actual GET /users: denied: origin \"https://www.f00.example\" is not allowed",
                "closest: \"https://*.foo.example\": the host only looks the same",
                "caution: it looks like an imitation of \"https://*.foo.example\"",
            ],
        ),
        denied(
            "a dot added",
            imitated(),
            "https://exam.ple.com",
            &[
                "actual GET /users: denied: origin \"https://exam.ple.com\" is not allowed",
                "closest: \"https://example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
        denied(
            "a dot left out",
            origins([APP]),
            "https://appexample.com",
            &[
                "actual GET /users: denied: origin \"https://appexample.com\" is not allowed",
                "closest: \"https://app.example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://app.example.com\"",
            ],
        ),
        denied(
            "in front",
            origins([BELOW]),
            "https://xexample.com",
            &[
                "actual GET /users: denied: origin \"https://xexample.com\" is not allowed",
                "closest: \"https://*.example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://*.example.com\"",
            ],
        ),
        denied(
            "below",
            imitated(),
            "https://www.examp1e.com",
            &[
                "actual GET /users: denied: origin \"https://www.examp1e.com\" is not allowed",
                "closest: \"https://example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
        denied(
            "below, of a pattern",
            origins([BELOW]),
            "https://www.examp1e.com",
            &[
                "actual GET /users: denied: origin \"https://www.examp1e.com\" is not allowed",
                "closest: \"https://*.example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://*.example.com\"",
            ],
        ),
        denied(
            "other port",
            imitated(),
            "https://examp1e.com:8443",
            &[
                "actual GET /users: denied: origin \"https://examp1e.com:8443\" is not allowed",
                "closest: \"https://example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
        denied(
            "other scheme",
            imitated(),
            "http://examp1e.com",
            &[
                "actual GET /users: denied: origin \"http://examp1e.com\" is not allowed",
                "closest: \"https://example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
        denied(
            "with credentials",
            with_credentials(imitated()),
            "https://examp1e.com",
            &[
                "actual GET /users: denied: origin \"https://examp1e.com\" is not allowed",
                "closest: \"https://example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
        denied(
            "in punycode",
            origins(["https://xn--exmple-cua.com"]),
            "https://xn--exmple-cub.com",
            &[
                "actual GET /users: denied: origin \"https://xn--exmple-cub.com\" is not allowed",
                "closest: \"https://xn--exmple-cua.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://xn--exmple-cua.com\"",
            ],
        ),
        denied(
            "an extension's identifier",
            origins(["chrome-extension://abcdefghijklmnopabcdefghijklmnop"]),
            "chrome-extension://abcdefghijklmnopabcdefghijklmnoq",
            &[
                "actual GET /users: denied: origin \"chrome-extension://abcdefghijklmnopabcdefghijklmnoq\" is not allowed",
                "closest: \"chrome-extension://abcdefghijklmnopabcdefghijklmnop\": the host differs by one character",
                "caution: it looks like an imitation of \"chrome-extension://abcdefghijklmnopabcdefghijklmnop\"",
            ],
        ),
        denied(
            "two edits",
            imitated(),
            "https://examp13.com",
            &[
                "actual GET /users: denied: origin \"https://examp13.com\" is not allowed",
                "to allow it: .allow_origins([…, \"https://examp13.com\"])",
            ],
        ),
        denied(
            "an address is no name",
            origins(["https://192.0.2.1"]),
            "https://192.0.2.2",
            &[
                "actual GET /users: denied: origin \"https://192.0.2.2\" is not allowed",
                "to allow it: .allow_origins([…, \"https://192.0.2.2\"])",
            ],
        ),
        denied(
            "nor in version 6",
            origins(["https://[2001:db8::1]"]),
            "https://[2001:db8::2]",
            &[
                "actual GET /users: denied: origin \"https://[2001:db8::2]\" is not allowed",
                "to allow it: .allow_origins([…, \"https://[2001:db8::2]\"])",
            ],
        ),
    ]);
}

#[test]
fn cautions() {
    let listed = || with_credentials(origins([APP]));
    check(&[
        denied(
            "http",
            origins([APP]),
            "http://other.example",
            &[
                "actual GET /users: denied: origin \"http://other.example\" is not allowed",
                "to allow it: .allow_origins([…, \"http://other.example\"])",
                "caution: anyone on the network's path can speak for an http origin",
            ],
        ),
        denied(
            "http with credentials",
            listed(),
            "http://other.example",
            &[
                "actual GET /users: denied: origin \"http://other.example\" is not allowed",
                "caution: anyone on the network's path can speak for it, and would read with the user's credentials",
            ],
        ),
        denied(
            "http with credentials, near",
            listed(),
            "http://app.example.com",
            &[
                "actual GET /users: denied: origin \"http://app.example.com\" is not allowed",
                "closest: \"https://app.example.com\": the scheme differs",
                "caution: anyone on the network's path can speak for it, and would read with the user's credentials",
            ],
        ),
        denied(
            "http with a credentials predicate",
            Setup {
                credentials: Some(AllowCredentials::predicate(|_, _| false)),
                ..origins([APP])
            },
            "http://app.example.com",
            &[
                "actual GET /users: denied: origin \"http://app.example.com\" is not allowed",
                "closest: \"https://app.example.com\": the scheme differs",
                "caution: anyone on the network's path can speak for it, and would read with the user's credentials",
            ],
        ),
        denied(
            "https with credentials",
            listed(),
            EVIL,
            &[
                "actual GET /users: denied: origin \"https://evil.example\" is not allowed",
                "to allow it: .allow_origins([…, \"https://evil.example\"])",
            ],
        ),
        denied(
            "loopback",
            origins([APP]),
            "http://localhost:3000",
            &[
                "actual GET /users: denied: origin \"http://localhost:3000\" is not allowed",
                "to allow it: .allow_origins([…, \"http://localhost:3000\"])",
                "caution: keep development origins out of production",
            ],
        ),
        denied(
            "loopback with credentials",
            listed(),
            "http://localhost:3000",
            &[
                "actual GET /users: denied: origin \"http://localhost:3000\" is not allowed",
                "to allow it: .allow_origins([…, \"http://localhost:3000\"])",
                "caution: keep development origins out of production",
            ],
        ),
        denied(
            "loopback address",
            listed(),
            "http://127.0.0.1:3000",
            &[
                "actual GET /users: denied: origin \"http://127.0.0.1:3000\" is not allowed",
                "to allow it: .allow_origins([…, \"http://127.0.0.1:3000\"])",
                "caution: keep development origins out of production",
            ],
        ),
        denied(
            "loopback in version 6",
            listed(),
            "http://[::1]:3000",
            &[
                "actual GET /users: denied: origin \"http://[::1]:3000\" is not allowed",
                "to allow it: .allow_origins([…, \"http://[::1]:3000\"])",
                "caution: keep development origins out of production",
            ],
        ),
        denied(
            "below localhost",
            listed(),
            "http://app.localhost",
            &[
                "actual GET /users: denied: origin \"http://app.localhost\" is not allowed",
                "to allow it: .allow_origins([…, \"http://app.localhost\"])",
                "caution: keep development origins out of production",
            ],
        ),
        denied(
            "not loopback",
            listed(),
            "http://localhost.evil.example",
            &[
                "actual GET /users: denied: origin \"http://localhost.evil.example\" is not allowed",
                "caution: anyone on the network's path can speak for it, and would read with the user's credentials",
            ],
        ),
        denied(
            "IP",
            origins([APP]),
            "http://192.168.1.10:8080",
            &[
                "actual GET /users: denied: origin \"http://192.168.1.10:8080\" is not allowed",
                "to allow it: .allow_origins([…, \"http://192.168.1.10:8080\"])",
                "caution: anyone on the network's path can speak for an http origin",
            ],
        ),
        denied(
            "IP with credentials",
            listed(),
            "http://192.168.1.10:8080",
            &[
                "actual GET /users: denied: origin \"http://192.168.1.10:8080\" is not allowed",
                "caution: anyone on the network's path can speak for it, and would read with the user's credentials",
            ],
        ),
        denied(
            "app scheme",
            listed(),
            "tauri://localhost",
            &[
                "actual GET /users: denied: origin \"tauri://localhost\" is not allowed",
                "to allow it: .allow_origins([…, \"tauri://localhost\"])",
            ],
        ),
        denied(
            "extension",
            listed(),
            "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
            &[
                "actual GET /users: denied: origin \"chrome-extension://abcdefghijklmnopabcdefghijklmnop\" is not allowed",
                "to allow it: .allow_origins([…, \"chrome-extension://abcdefghijklmnopabcdefghijklmnop\"])",
            ],
        ),
        denied(
            "not a scheme of pages",
            origins([APP]),
            "ws://app.example.com",
            &[
                "actual GET /users: denied: origin \"ws://app.example.com\" is not allowed",
                "closest: \"https://app.example.com\": the scheme differs",
            ],
        ),
        denied(
            "misspelt scheme",
            origins([APP]),
            "htps://app.example.com",
            &[
                "actual GET /users: denied: origin \"htps://app.example.com\" is not allowed",
                "closest: \"https://app.example.com\": the scheme differs",
            ],
        ),
        denied(
            "foreign xn--",
            origins([APP]),
            "https://xn--pple-43d.com",
            &[
                "actual GET /users: denied: origin \"https://xn--pple-43d.com\" is not allowed",
                "caution: its name has letters beyond ASCII and may look like another one",
            ],
        ),
        denied(
            "xn-- below a stranger",
            origins([APP]),
            "https://a.xn--pple-43d.com",
            &[
                "actual GET /users: denied: origin \"https://a.xn--pple-43d.com\" is not allowed",
                "caution: its name has letters beyond ASCII and may look like another one",
            ],
        ),
        denied(
            "near xn--",
            origins(["https://xn--bcher-kva.example"]),
            "https://xn--bcher-kva.example:8443",
            &[
                "actual GET /users: denied: origin \"https://xn--bcher-kva.example:8443\" is not allowed",
                "closest: \"https://xn--bcher-kva.example\": the port differs",
                "to allow it: .allow_origins([…, \"https://xn--bcher-kva.example:8443\"])",
            ],
        ),
        denied(
            "xn-- below a friend",
            origins(["https://example.com"]),
            "https://xn--bcher-kva.example.com",
            &[
                "actual GET /users: denied: origin \"https://xn--bcher-kva.example.com\" is not allowed",
                "closest: \"https://example.com\": the origin has a label more",
                "to allow it: .allow_origins([…, \"https://xn--bcher-kva.example.com\"])",
            ],
        ),
        denied(
            "http and xn-- with credentials",
            listed(),
            "http://xn--pple-43d.com",
            &[
                "actual GET /users: denied: origin \"http://xn--pple-43d.com\" is not allowed",
                "caution: its name has letters beyond ASCII and may look like another one",
            ],
        ),
    ]);
}

#[test]
fn null() {
    check(&[
        row(
            "null",
            origins([APP]),
            actual("null"),
            Err(OriginNull),
            &[
                "actual GET /users: denied: origin \"null\" is not allowed",
                "caution: every site can make a frame with this origin",
            ],
        ),
        row(
            "null, a method that is not allowed either",
            origins([APP]),
            preflight("null", "DELETE"),
            Err(OriginNull),
            &[
                "preflight OPTIONS /users: denied: origin \"null\" is not allowed",
                "caution: every site can make a frame with this origin",
            ],
        ),
        row(
            "null, mirror",
            mirror(),
            actual("null"),
            Err(OriginNull),
            &[
                "actual GET /users: denied: origin \"null\" is not allowed",
                "caution: every site can make a frame with this origin",
            ],
        ),
    ]);
}

/// All of them are the user's own.
#[test]
fn names_below_localhost_are_no_look_alikes() {
    check(&[denied(
        "below localhost",
        origins(["http://app.localhost"]),
        "http://api.localhost",
        &[
            "actual GET /users: denied: origin \"http://api.localhost\" is not allowed",
            "to allow it: .allow_origins([…, \"http://api.localhost\"])",
            "caution: keep development origins out of production",
        ],
    )]);
}

/// Whoever registered the name that both end with gave both.
#[cfg(feature = "public-suffix")]
#[test]
fn siblings_are_no_look_alikes() {
    check(&[
        denied(
            "sibling",
            origins([APP]),
            "https://api.example.com",
            &[
                "actual GET /users: denied: origin \"https://api.example.com\" is not allowed",
                "to allow it: .allow_origins([…, \"https://api.example.com\"])",
            ],
        ),
        denied(
            "sibling of many",
            origins(["https://*.a.example.com"]),
            "https://x.b.example.com",
            &[
                "actual GET /users: denied: origin \"https://x.b.example.com\" is not allowed",
                "to allow it: .allow_origins([…, \"https://x.b.example.com\"])",
            ],
        ),
        denied(
            "below a public suffix",
            origins(["https://example.co.uk"]),
            "https://examp1e.co.uk",
            &[
                "actual GET /users: denied: origin \"https://examp1e.co.uk\" is not allowed",
                "closest: \"https://example.co.uk\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.co.uk\"",
            ],
        ),
        denied(
            "below a private suffix",
            origins(["https://me.github.io"]),
            "https://ne.github.io",
            &[
                "actual GET /users: denied: origin \"https://ne.github.io\" is not allowed",
                "closest: \"https://me.github.io\": the host differs by one character",
                "caution: it looks like an imitation of \"https://me.github.io\"",
            ],
        ),
        denied(
            "below an unlisted label",
            origins(["https://app.internal"]),
            "https://api.internal",
            &[
                "actual GET /users: denied: origin \"https://api.internal\" is not allowed",
                "closest: \"https://app.internal\": the host differs by one character",
                "caution: it looks like an imitation of \"https://app.internal\"",
            ],
        ),
        denied(
            "suffix",
            origins(["https://example.com"]),
            "https://example.co",
            &[
                "actual GET /users: denied: origin \"https://example.co\" is not allowed",
                "closest: \"https://example.com\": the host differs by one character",
                "caution: it looks like an imitation of \"https://example.com\"",
            ],
        ),
    ]);
}

/// `near` is looked up among all, a look-alike among the first.
#[test]
fn beyond_a_thousand_patterns() {
    let mut patterns: Vec<_> = (0..1_000).map(|n| format!("https://n{n:04}.example")).collect();
    patterns.push("https://example.com".into());
    let many = || Setup { listed: patterns.clone(), ..Setup::default() };
    check(&[
        denied(
            "port",
            many(),
            "https://example.com:8443",
            &[
                "actual GET /users: denied: origin \"https://example.com:8443\" is not allowed",
                "closest: \"https://example.com\": the port differs",
                "to allow it: .allow_origins([…, \"https://example.com:8443\"])",
            ],
        ),
        denied(
            "look-alike",
            many(),
            "https://examp1e.com",
            &[
                "actual GET /users: denied: origin \"https://examp1e.com\" is not allowed",
                "to allow it: .allow_origins([…, \"https://examp1e.com\"])",
            ],
        ),
        denied(
            "look-alike of an early one",
            many(),
            "https://n0999x.example",
            &[
                "actual GET /users: denied: origin \"https://n0999x.example\" is not allowed",
                "closest: \"https://n0999.example\": the host differs by one character",
                "caution: it looks like an imitation of \"https://n0999.example\"",
            ],
        ),
    ]);
}

#[test]
fn what_is_allowed_needs_no_suggestion() {
    for setup in [mirror(), origins(["*"]), origins([APP]), origins([BELOW])] {
        let request = actual(HeaderValue::from_static(APP)).body(()).unwrap();
        let explanation = explain(&setup.layer(false), &request);
        assert_eq!(explanation.outcome(), Allowed);
        let advice = [explanation.closest(), explanation.suggestion(), explanation.caution()];
        assert_eq!(advice, [None; 3]);
    }
}
