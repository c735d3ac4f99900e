use http::{HeaderMap, HeaderName, HeaderValue};

use super::{
    line, may_allow_credentials,
    requested::{RequestedHeaders, is_token},
};
use crate::config::{self, Problem, Settings};

/// `Access-Control-Allow-Headers`, and what it covers.
#[derive(Debug)]
pub(crate) enum Headers {
    Any,
    Listed { sorted: Vec<HeaderName>, line: Option<HeaderValue> },
    Requested,
}

impl Headers {
    pub(super) fn compile(settings: &Settings) -> Self {
        match &settings.allow_headers.0 {
            // With credentials `*` is a header of that name: https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
            config::Headers::Any if may_allow_credentials(settings) => Self::Requested,
            config::Headers::Any => Self::Any,
            config::Headers::List(names) => {
                let mut sorted = names.clone();
                sorted.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
                let line =
                    (!names.is_empty()).then(|| line(names.iter().map(HeaderName::as_str), ","));
                Self::Listed { sorted, line }
            }
            config::Headers::Requested => Self::Requested,
        }
    }

    /// Whether a page may set the headers that a preflight names. Names beyond the bounds are not
    /// examined, and only an answer that would have to repeat them refuses them.
    pub(crate) fn allow(&self, requested: RequestedHeaders<'_>) -> bool {
        let Some(mut names) = requested.names() else {
            return !matches!(self, Self::Requested);
        };
        match self {
            Self::Any => names.all(is_token),
            Self::Listed { sorted, .. } => names.all(|name| {
                let order = |known: &HeaderName| {
                    known.as_str().bytes().cmp(name.iter().map(u8::to_ascii_lowercase))
                };
                sorted.binary_search_by(order).is_ok()
            }),
            Self::Requested => names.all(is_repeatable),
        }
    }

    /// The header's value in the answer to a preflight.
    pub(crate) fn answer(&self, preflight: &HeaderMap) -> Option<HeaderValue> {
        match self {
            // By the standard `*` alone leaves out one name: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
            Self::Any => Some(HeaderValue::from_static("*,authorization")),
            Self::Listed { line, .. } => line.clone(),
            Self::Requested => {
                let names =
                    RequestedHeaders::of(preflight).names()?.filter(|name| is_repeatable(name));
                let echo = names.collect::<Vec<_>>().join(&b","[..]).to_ascii_lowercase();
                HeaderValue::try_from(echo).ok().filter(|echo| !echo.is_empty())
            }
        }
    }
}

pub(super) fn problems(settings: &Settings) -> Vec<Problem> {
    let config::Headers::List(names) = &settings.allow_headers.0 else {
        return Vec::new();
    };
    let problem = |name: &HeaderName| match name.as_str() {
        "*" => Some(Problem::wildcard_request_header()),
        text if is_forbidden(text) => Some(Problem::forbidden_request_header(name)),
        text if is_cors_response_header(text) => Some(Problem::response_header_allowed(name)),
        _ => None,
    };
    names.iter().filter_map(problem).collect()
}

/// A bare `*` is never sent back, as it would mean more than the header of that name.
fn is_repeatable(name: &[u8]) -> bool {
    name != b"*" && is_token(name)
}

/// <https://fetch.spec.whatwg.org/#forbidden-request-header>
fn is_forbidden(name: &str) -> bool {
    const FORBIDDEN: [&str; 21] = [
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
    FORBIDDEN.contains(&name) || name.starts_with("proxy-") || name.starts_with("sec-")
}

fn is_cors_response_header(name: &str) -> bool {
    name.starts_with("access-control-allow-")
        || name == "access-control-expose-headers"
        || name == "access-control-max-age"
}
