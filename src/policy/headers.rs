use http::{HeaderMap, HeaderName, HeaderValue, header::ACCESS_CONTROL_REQUEST_HEADERS};

use super::{
    line, may_allow_credentials,
    requested::{FEW_BYTES, elements, examine_names, is_token},
};
use crate::{
    classify::Line,
    config::{self, Problem, Settings},
};

/// `Access-Control-Allow-Headers`, and what it covers.
#[derive(Debug)]
pub(crate) enum Headers {
    Any,
    Listed { sorted: Vec<Box<str>>, line: Option<HeaderValue> },
    Requested,
}

impl Headers {
    pub(super) fn compile(settings: &Settings) -> Self {
        match &settings.allow_headers.0 {
            // With credentials `*` is a header of that name: https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
            config::Headers::Any if may_allow_credentials(settings) => Self::Requested,
            config::Headers::Any => Self::Any,
            config::Headers::List(names) => {
                let mut sorted: Vec<Box<str>> =
                    names.iter().map(|name| name.as_str().into()).collect();
                sorted.sort_unstable();
                let line =
                    (!names.is_empty()).then(|| line(names.iter().map(HeaderName::as_str), ","));
                Self::Listed { sorted, line }
            }
            config::Headers::Requested => Self::Requested,
        }
    }

    /// Whether a page may set the headers that a preflight names. Names beyond the bounds are not
    /// examined, and only an answer that would have to repeat them refuses them.
    pub(crate) fn allow(&self, preflight: &HeaderMap) -> bool {
        match (Line::of(preflight, ACCESS_CONTROL_REQUEST_HEADERS), self) {
            (None, _) => true,
            (Some(Line::Single(names)), Self::Listed { sorted, .. }) => {
                let rest = strip_in_order(names.as_bytes(), sorted);
                rest.is_empty()
                    || if names.len() <= FEW_BYTES {
                        elements(rest).all(|name| is_among(sorted, name))
                    } else {
                        self.allow_each(preflight)
                    }
            }
            _ => self.allow_each(preflight),
        }
    }

    fn allow_each(&self, preflight: &HeaderMap) -> bool {
        let mut all = true;
        let examined = examine_names(preflight, |name| all &= self.allows(name));
        examined.map_or(!matches!(self, Self::Requested), |()| all)
    }

    /// The names that a page may not set; none is told where they are beyond the bounds.
    pub(crate) fn refused<'a>(&self, preflight: &'a HeaderMap) -> Option<Vec<&'a [u8]>> {
        let mut refused = Vec::new();
        examine_names(preflight, |name| {
            if !self.allows(name) {
                refused.push(name);
            }
        })?;
        Some(refused)
    }

    /// The header's value in the answer to a preflight.
    #[inline]
    pub(crate) fn answer(&self, preflight: &HeaderMap) -> Option<HeaderValue> {
        match self {
            // By the standard `*` alone leaves out one name: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
            Self::Any => Some(const { HeaderValue::from_static("*,authorization") }),
            Self::Listed { line, .. } => line.clone(),
            Self::Requested => repeat(preflight),
        }
    }

    fn allows(&self, name: &[u8]) -> bool {
        match self {
            Self::Any => is_token(name),
            Self::Listed { sorted, .. } => is_among(sorted, name),
            Self::Requested => is_repeatable(name),
        }
    }
}

/// The requested names, rebuilt from those that can be repeated.
fn repeat(preflight: &HeaderMap) -> Option<HeaderValue> {
    let mut names = Vec::new();
    examine_names(preflight, |name| {
        if is_repeatable(name) {
            names.push(name);
        }
    })?;
    let line = names.join(&b","[..]).to_ascii_lowercase();
    HeaderValue::try_from(line).ok().filter(|line| !line.is_empty())
}

/// Strips the names that are known, as long as they are listed as browsers do: sorted, in lower
/// case, without spaces. <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>
fn strip_in_order<'a>(mut names: &'a [u8], known: &[Box<str>]) -> &'a [u8] {
    for name in known {
        match names.strip_prefix(name.as_bytes()) {
            Some([]) => return &[],
            Some([b',', rest @ ..]) => names = rest,
            _ => {}
        }
    }
    names
}

/// Browsers send names in lower case, so that is tried first.
fn is_among(sorted: &[Box<str>], name: &[u8]) -> bool {
    let find = |name: &[u8]| sorted.binary_search_by(|known| known.as_bytes().cmp(name)).is_ok();
    find(name) || (name.iter().any(u8::is_ascii_uppercase) && find(&name.to_ascii_lowercase()))
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
    let found = names.iter().enumerate();
    found.filter_map(|(index, value)| Some(problem(value)?.at(index))).collect()
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
