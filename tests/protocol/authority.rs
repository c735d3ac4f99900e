//! Step 4 of the same-origin test: without `Sec-Fetch-Site`, the address that the request is for.

use tower_cors::Denial;

use crate::{
    harness::{Line, Row, actual, check},
    same_origin::{API, HOST, with, with_and_without_enforcement},
};

/// The name, `Origin`, the request's target, its other lines, and whether that is the same origin.
type Address<'a> = (&'a str, &'a str, &'a str, &'a [Line<'a>], bool);

const PATH: &str = "/users";

const ADDRESSES: &[Address<'_>] = &[
    ("same host", API, PATH, &[HOST], true),
    ("same host, http", "http://api.example.com", PATH, &[HOST], true),
    // Nothing tells http from https here.
    ("rebound host", "http://evil.example", PATH, &[("host", "evil.example")], true),
    ("other host", "https://evil.example", PATH, &[HOST], false),
    ("subdomain", "https://a.api.example.com", PATH, &[HOST], false),
    ("parent", "https://example.com", PATH, &[HOST], false),
    ("longer host", "https://api.example.com.evil.example", PATH, &[HOST], false),
    ("host with a tail", "https://xapi.example.com", PATH, &[HOST], false),
    ("no Host", API, PATH, &[], false),
    ("empty Host", API, PATH, &[("host", "")], false),
    ("two Host lines", API, PATH, &[HOST, HOST], false),
    ("two Host lines, second another", API, PATH, &[HOST, ("host", "evil.example")], false),
    ("Host list", API, PATH, &[("host", "api.example.com, api.example.com")], false),
    ("upper-case Host", API, PATH, &[("host", "API.Example.COM")], true),
    ("trailing dot in Host", API, PATH, &[("host", "api.example.com.")], false),
    ("userinfo in Host", API, PATH, &[("host", "user@api.example.com")], false),
    ("path in Host", API, PATH, &[("host", "api.example.com/")], false),
    (
        "port in both",
        "https://api.example.com:8443",
        PATH,
        &[("host", "api.example.com:8443")],
        true,
    ),
    ("port in Origin alone", "https://api.example.com:8443", PATH, &[HOST], false),
    ("port in Host alone", API, PATH, &[("host", "api.example.com:8443")], false),
    (
        "other port",
        "https://api.example.com:8443",
        PATH,
        &[("host", "api.example.com:8444")],
        false,
    ),
    (
        "longer port",
        "https://api.example.com:844",
        PATH,
        &[("host", "api.example.com:8443")],
        false,
    ),
    ("default https port", API, PATH, &[("host", "api.example.com:443")], true),
    ("default http port", "http://api.example.com", PATH, &[("host", "api.example.com:80")], true),
    ("http port for https", API, PATH, &[("host", "api.example.com:80")], false),
    (
        "https port for http",
        "http://api.example.com",
        PATH,
        &[("host", "api.example.com:443")],
        false,
    ),
    (
        "port 443 of http",
        "http://api.example.com:443",
        PATH,
        &[("host", "api.example.com:443")],
        true,
    ),
    ("IPv4", "http://127.0.0.1:3000", PATH, &[("host", "127.0.0.1:3000")], true),
    ("IPv4 and its name", "http://127.0.0.1:3000", PATH, &[("host", "localhost:3000")], false),
    ("localhost", "http://localhost:3000", PATH, &[("host", "localhost:3000")], true),
    ("IPv6", "http://[::1]:3000", PATH, &[("host", "[::1]:3000")], true),
    ("IPv6 without port", "http://[::1]", PATH, &[("host", "[::1]")], true),
    ("IPv6 with default port", "http://[::1]", PATH, &[("host", "[::1]:80")], true),
    ("other IPv6", "http://[::1]:3000", PATH, &[("host", "[::2]:3000")], false),
    ("IPv6 in upper case", "http://[2001:db8::a]", PATH, &[("host", "[2001:DB8::A]")], true),
    ("app scheme", "tauri://localhost", PATH, &[("host", "localhost")], false),
    ("app scheme with port", "tauri://localhost:3000", PATH, &[("host", "localhost:3000")], false),
    ("web socket scheme", "wss://api.example.com", PATH, &[HOST], false),
    (
        "X-Forwarded-Host",
        API,
        PATH,
        &[("host", "internal"), ("x-forwarded-host", "api.example.com")],
        false,
    ),
    ("X-Forwarded-Host without Host", API, PATH, &[("x-forwarded-host", "api.example.com")], false),
    (
        "X-Forwarded-Port",
        "https://api.example.com:8443",
        PATH,
        &[HOST, ("x-forwarded-port", "8443")],
        false,
    ),
    ("X-Original-Host", API, PATH, &[("x-original-host", "api.example.com")], false),
    ("foreign X-Forwarded-Host", API, PATH, &[HOST, ("x-forwarded-host", "evil.example")], true),
    ("Forwarded", API, PATH, &[("forwarded", "host=api.example.com")], false),
    ("Referer", API, PATH, &[("referer", "https://api.example.com/")], false),
    (":authority", API, "https://api.example.com/users", &[], true),
    (":authority without scheme in common", API, "http://api.example.com/users", &[], true),
    (":authority in upper case", API, "https://API.EXAMPLE.COM/users", &[], true),
    (
        ":authority with port",
        "https://api.example.com:8443",
        "https://api.example.com:8443/",
        &[],
        true,
    ),
    (":authority with default port", API, "https://api.example.com:443/", &[], true),
    (":authority of another", API, "https://internal/users", &[], false),
    (":authority and Host agree", API, "https://api.example.com/", &[HOST], true),
    (
        ":authority and Host agree but for case",
        API,
        "https://api.example.com/",
        &[("host", "API.example.com")],
        true,
    ),
    (
        ":authority and Host agree but for the default port",
        API,
        "https://api.example.com:443/",
        &[HOST],
        true,
    ),
    (
        ":authority and another Host",
        API,
        "https://api.example.com/",
        &[("host", "internal")],
        false,
    ),
    (
        ":authority and a Host with another port",
        API,
        "https://api.example.com/",
        &[("host", "api.example.com:8443")],
        false,
    ),
    (":authority of another and Host", API, "https://internal/", &[HOST], false),
    (":authority and an empty Host", API, "https://api.example.com/", &[("host", "")], false),
    (
        ":authority and two Host lines, second another",
        API,
        "https://api.example.com/",
        &[HOST, ("host", "internal")],
        false,
    ),
    (":authority with userinfo", API, "https://user@api.example.com/", &[], false),
    (":authority IPv6", "https://[::1]:3000", "https://[::1]:3000/", &[], true),
];

/// A web socket's handshake: browsers that send no `Sec-Fetch-Site` still send `Origin`.
const HANDSHAKE: [Line<'static>; 5] = [
    ("connection", "Upgrade"),
    ("upgrade", "websocket"),
    ("sec-websocket-version", "13"),
    ("sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA=="),
    HOST,
];

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = vec![];
    for method in ["GET", "POST"] {
        for &(name, origin, target, lines, same) in ADDRESSES {
            rows.extend(with_and_without_enforcement(
                &format!("{method} by address: {name}"),
                || with(actual(origin).method(method).uri(target), lines),
                same,
                Denial::OriginNotAllowed,
            ));
        }
    }
    for (origin, same, denial) in [
        (API, true, Denial::OriginNotAllowed),
        ("https://evil.example", false, Denial::OriginNotAllowed),
        ("null", false, Denial::OriginNull),
        ("", false, Denial::OriginMalformed),
        ("https://API.example.com", false, Denial::OriginMalformed),
        ("https://api.example.com:443", false, Denial::OriginMalformed),
        ("https://api.example.com.", false, Denial::OriginMalformed),
        ("api.example.com", false, Denial::OriginMalformed),
    ] {
        rows.extend(with_and_without_enforcement(
            &format!("web socket handshake from {origin:?}"),
            || with(actual(origin), &HANDSHAKE),
            same,
            denial,
        ));
    }
    rows.extend(with_and_without_enforcement(
        "two Origin lines of the same host",
        || with(actual(API).header("origin", API), &[HOST]),
        false,
        Denial::OriginMalformed,
    ));
    rows
}

#[test]
fn authority() {
    check(&rows());
}
