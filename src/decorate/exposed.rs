use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::OWNED;
use crate::{
    decide::Grant,
    policy::{Exposed, Policy, SAFELISTED_RESPONSE_HEADERS},
};

/// How many bytes of names are listed.
const MAX_BYTES: usize = 4 * 1024;

/// The value of `Access-Control-Expose-Headers`.
#[inline]
pub(super) fn line(
    policy: &Policy,
    grant: &Grant,
    status: StatusCode,
    headers: &HeaderMap,
) -> Option<HeaderValue> {
    match &policy.exposed {
        Exposed::Line(line) => Some(line.clone()),
        Exposed::Nothing => None,
        // These may lack headers of the response they stand for, whose list a cache has stored.
        Exposed::Present if grant.terms.is_head || status == StatusCode::NOT_MODIFIED => None,
        Exposed::Present => present(headers),
    }
}

fn present(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut line = String::new();
    for name in headers.keys().filter(|name| needs_exposing(name)) {
        let separator = if line.is_empty() { "" } else { "," };
        if line.len() + separator.len() + name.as_str().len() > MAX_BYTES {
            break;
        }
        line.push_str(separator);
        line.push_str(name.as_str());
    }
    HeaderValue::try_from(line).ok().filter(|line| !line.is_empty())
}

fn needs_exposing(name: &HeaderName) -> bool {
    // Never readable, about the connection rather than the response, or meaning more than its name.
    const HIDDEN: [&str; 12] = [
        "*",
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-connection",
        "set-cookie",
        "set-cookie2",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "vary",
    ];
    let text = name.as_str();
    !SAFELISTED_RESPONSE_HEADERS.contains(&text) && !HIDDEN.contains(&text) && !OWNED.contains(name)
}
