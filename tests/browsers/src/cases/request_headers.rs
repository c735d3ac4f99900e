//! Which request headers are announced. <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>

use super::{ACAH, ACAM, Blocked, Fate, HOME, Read};
use crate::case::Case;

pub(super) fn cases() -> Vec<Case> {
    let safe = SAFE.iter().map(|(name, value)| {
        Case::new(format!("safe header {name}: {}", shown(value))).header(name, value)
    });
    let unsafe_ = UNSAFE.iter().map(|(name, value)| unsafe_header(name, value));
    let ignored = IGNORED.iter().map(|(name, value)| {
        Case::new(format!("ignored header {name}: {value}")).header(name, value)
    });
    let several = SEVERAL.iter().map(several);
    safe.chain(unsafe_).chain(ignored).chain(several).chain(bodies()).collect()
}

const A128: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\
                    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const A129: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\
                    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// Sent without a preflight.
const SAFE: [(&str, &str); 19] = [
    ("accept", "text/html"),
    ("Accept", "a\tb"),
    ("accept", ""),
    ("accept", "a/b;q=0.5, c/d"),
    ("accept", A128),
    ("accept-language", "en-GB,en;q=0.5"),
    ("accept-language", "*"),
    ("accept-language", A128),
    ("content-language", "de"),
    ("content-type", "text/plain"),
    ("content-type", "text/plain;charset=utf-8"),
    ("content-type", "TEXT/PLAIN"),
    ("content-type", " text/plain ; x=y"),
    ("content-type", "application/x-www-form-urlencoded"),
    ("content-type", "multipart/form-data;boundary=x"),
    ("range", "bytes=0-9"),
    ("range", "bytes=0-"),
    ("range", "bytes=100-200"),
    ("Content-Type", "Multipart/Form-Data"),
];

/// Announced by name, even where the name would be safe.
const UNSAFE: [(&str, &str); 59] = [
    ("accept", "a\"b"),
    ("accept", "(a)"),
    ("accept", "a:b"),
    ("accept", "<a>"),
    ("accept", "a?"),
    ("accept", "a@b"),
    ("accept", "[a]"),
    ("accept", "a\\b"),
    ("accept", "{a}"),
    ("accept", "a\u{7f}b"),
    ("accept", "a\u{1}b"),
    ("accept", A129),
    ("accept-language", "en_GB"),
    ("accept-language", "a/b"),
    ("accept-language", "\"en\""),
    ("accept-language", A129),
    ("content-language", "de!"),
    ("content-language", "de_DE"),
    ("content-type", "application/json"),
    ("content-type", "text/html"),
    ("content-type", "text/plain; x=\"y\""),
    ("content-type", "text/plainer"),
    ("content-type", "text"),
    ("content-type", ""),
    ("content-type", "text/plain, text/plain"),
    ("content-type", "application/csp-report"),
    ("content-type", "application/xml"),
    ("content-type", "application/grpc-web+proto"),
    ("range", "bytes=-5"),
    ("range", "bytes=0-1,3-4"),
    ("range", "bytes = 0-9"),
    ("range", "bytes=9-0"),
    ("range", "items=0-9"),
    ("range", "bytes=a-b"),
    ("authorization", "Bearer x"),
    ("x-a", "1"),
    ("X-A", "1"),
    ("x-a", ""),
    ("cache-control", "no-store"),
    ("pragma", "no-cache"),
    ("if-none-match", "\"x\""),
    ("last-event-id", "1"),
    ("traceparent", "00-1-1-00"),
    ("x-requested-with", "XMLHttpRequest"),
    ("x-http-method-override", "PUT"),
    ("upgrade-insecure-requests", "1"),
    ("user-agent", "x"),
    ("priority", "u=1"),
    ("dpr", "2"),
    ("device-memory", "4"),
    ("downlink", "1"),
    ("ect", "4g"),
    ("rtt", "50"),
    ("save-data", "on"),
    ("viewport-width", "100"),
    ("width", "100"),
    ("intervention", "1"),
    ("early-data", "1"),
    ("content-encoding", "gzip"),
];

/// Forbidden to scripts, and left out without a word.
const IGNORED: [(&str, &str); 24] = [
    ("accept-charset", "utf-8"),
    ("accept-encoding", "gzip"),
    ("access-control-request-headers", "x-a"),
    ("access-control-request-method", "PUT"),
    ("connection", "close"),
    ("content-length", "3"),
    ("cookie", "a=b"),
    ("date", "today"),
    ("dnt", "1"),
    ("expect", "100-continue"),
    ("host", "example.com"),
    ("keep-alive", "1"),
    ("origin", "https://example.com"),
    ("proxy-authorization", "Basic x"),
    ("referer", "https://example.com"),
    ("sec-fetch-site", "none"),
    ("sec-x", "1"),
    ("set-cookie", "a=b"),
    ("te", "trailers"),
    ("trailer", "x-a"),
    ("transfer-encoding", "chunked"),
    ("upgrade", "x"),
    ("via", "x"),
    ("x-http-method-override", "TRACE"),
];

/// Headers, what is allowed, what is announced.
type Several = (&'static [(&'static str, &'static str)], &'static str, &'static str, Fate);

const SEVERAL: [Several; 10] = [
    (&[("x-b", "1"), ("x-a", "1")], "x-a,x-b", "x-a,x-b", Read),
    (&[("x-b", "1"), ("x-a", "1")], "X-B, X-A", "x-a,x-b", Read),
    (&[("X-B", "1"), ("x-a", "1"), ("x-b", "2")], "x-a,x-b", "x-a,x-b", Read),
    (&[("x-b", "1"), ("x-a", "1")], "x-a", "x-a,x-b", Blocked),
    (&[("x-a", "1"), ("accept", "text/html")], "x-a", "x-a", Read),
    (&[("accept", "(a)"), ("x-a", "1")], "x-a", "accept,x-a", Blocked),
    (&[("accept", "(a)"), ("x-a", "1")], "accept,x-a", "accept,x-a", Read),
    (&[("accept", "a"), ("accept", "b")], "", "", Read),
    (&[("x-1", "1"), ("x_1", "1"), ("x-10", "1"), ("x~", "1")], "*", "x-1,x-10,x_1,x~", Read),
    (
        &[("content-type", "application/json"), ("authorization", "x"), ("x-z", "1"), ("x-a", "1")],
        "authorization,content-type,x-a,x-z",
        "authorization,content-type,x-a,x-z",
        Read,
    ),
];

fn shown(value: &str) -> String {
    let rest =
        if value.len() > 40 { format!(" and {} more", value.len() - 40) } else { String::new() };
    format!("{:?}{rest}", &value[..value.len().min(40)])
}

/// Nothing is allowed: some of the values would not survive a server.
fn unsafe_header(name: &str, value: &str) -> Case {
    let preflight = format!("OPTIONS api/0 home GET {}", name.to_lowercase());
    Case::new(format!("unsafe header {name}: {}", shown(value)))
        .header(name, value)
        .blocked()
        .asks(&[&preflight])
}

fn several((headers, allowed, announced, fate): &Several) -> Case {
    let names: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let mut case = Case::new(format!("headers {}, allowed {allowed}", names.join(", ")));
    for (name, value) in *headers {
        case = case.header(name, value);
    }
    let preflight = format!("OPTIONS api/0 home GET {announced}");
    let case = case.preflight(204, &[HOME, (ACAH, allowed)]);
    match fate {
        Blocked => case.blocked().asks(&[&preflight]),
        Read if announced.is_empty() => case,
        Read => case.asks(&[&preflight, "GET api/0 home"]),
    }
}

fn bodies() -> [Case; 4] {
    let post = |name: &str| Case::new(name).method("POST").body("x").asks(&["POST api/0 home"]);
    let preflight = "OPTIONS api/0 home POST content-type";
    [
        post("body, a string's own type"),
        post("body, a form").header("content-type", "application/x-www-form-urlencoded"),
        post("body, JSON, allowed")
            .header("content-type", "application/json")
            .preflight(204, &[HOME, (ACAH, "Content-Type")])
            .asks(&[preflight, "POST api/0 home"]),
        post("body, JSON, only its method allowed")
            .header("content-type", "application/json")
            .preflight(204, &[HOME, (ACAM, "POST")])
            .blocked()
            .asks(&[preflight]),
    ]
}
