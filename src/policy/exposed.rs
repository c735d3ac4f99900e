use http::{HeaderName, HeaderValue};

use super::{line, may_allow_credentials};
use crate::config::{self, Problem, Settings};

/// Readable anyway: <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>
pub(crate) const SAFELISTED_RESPONSE_HEADERS: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// `Access-Control-Expose-Headers`.
#[derive(Debug)]
pub(crate) enum Exposed {
    Line(HeaderValue),
    Nothing,
    /// The names that the response has.
    Present,
}

impl Exposed {
    pub(super) fn compile(settings: &Settings) -> Self {
        match &settings.expose_headers.0 {
            // With credentials `*` is a header of that name: https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
            config::Exposed::Any if may_allow_credentials(settings) => Self::Present,
            config::Exposed::Any => Self::Line(HeaderValue::from_static("*")),
            config::Exposed::List(names) if names.is_empty() => Self::Nothing,
            config::Exposed::List(names) => {
                Self::Line(line(names.iter().map(HeaderName::as_str), ","))
            }
        }
    }
}

pub(super) fn problems(settings: &Settings) -> Vec<Problem> {
    let config::Exposed::List(names) = &settings.expose_headers.0 else {
        return Vec::new();
    };
    let problem = |name: &HeaderName| match name.as_str() {
        "*" => Some(Problem::wildcard_exposed_header()),
        // https://fetch.spec.whatwg.org/#forbidden-response-header-name
        "set-cookie" | "set-cookie2" => Some(Problem::forbidden_response_header(name)),
        text if is_request_only(text) => Some(Problem::request_header_exposed(name)),
        _ => None,
    };
    let found = names.iter().enumerate();
    found.filter_map(|(index, value)| Some(problem(value)?.at(index))).collect()
}

/// The forbidden request headers that mean nothing on a response.
fn is_request_only(name: &str) -> bool {
    const REQUEST_ONLY: [&str; 10] = [
        "accept-charset",
        "access-control-request-headers",
        "access-control-request-method",
        "cookie",
        "cookie2",
        "expect",
        "host",
        "origin",
        "referer",
        "te",
    ];
    REQUEST_ONLY.contains(&name) || name.starts_with("sec-fetch-")
}
