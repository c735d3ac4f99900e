use http::Method;

const METHODS: [&str; 3] = ["CONNECT", "TRACE", "TRACK"];

/// <https://fetch.spec.whatwg.org/#forbidden-request-header>
const HEADERS: [&str; 21] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

const OVERRIDES: [&str; 3] = ["x-http-method", "x-http-method-override", "x-method-override"];

/// Whether no script can use the method. Case does not matter.
pub(super) fn is_forbidden_method(method: &str) -> bool {
    METHODS.iter().any(|forbidden| method.eq_ignore_ascii_case(forbidden))
}

/// Whether no script can set the header. The name is in lower case.
pub(super) fn is_forbidden_header(name: &str, value: &[u8]) -> bool {
    HEADERS.contains(&name)
        || name.starts_with("proxy-")
        || name.starts_with("sec-")
        || (OVERRIDES.contains(&name) && names_forbidden_method(value))
}

/// <https://fetch.spec.whatwg.org/#concept-method-normalize>: six methods are put into upper case,
/// and `patch` is not among them.
pub(super) fn normalized(method: &str) -> Option<Method> {
    const NORMALIZED: [Method; 6] =
        [Method::DELETE, Method::GET, Method::HEAD, Method::OPTIONS, Method::POST, Method::PUT];
    let known = NORMALIZED.into_iter().find(|known| method.eq_ignore_ascii_case(known.as_str()));
    known.or_else(|| Method::from_bytes(method.as_bytes()).ok())
}

fn names_forbidden_method(value: &[u8]) -> bool {
    let value = String::from_utf8_lossy(value);
    value.split(',').any(|element| is_forbidden_method(element.trim_matches([' ', '\t'])))
}
