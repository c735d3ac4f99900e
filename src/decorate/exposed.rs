use http::{HeaderName, HeaderValue, Response, StatusCode};

use super::OWNED;
use crate::{
    decide::Grant,
    policy::{Exposed, Policy, SAFELISTED_RESPONSE_HEADERS},
};

/// How many bytes of names are listed.
const MAX_BYTES: usize = 4 * 1024;

/// The value of `Access-Control-Expose-Headers`.
pub(super) fn line<B>(
    policy: &Policy,
    grant: &Grant,
    response: &Response<B>,
) -> Option<HeaderValue> {
    match &policy.exposed {
        Exposed::Line(line) => Some(line.clone()),
        Exposed::Nothing => None,
        // These may lack headers of the response they stand for, whose list a cache has stored.
        Exposed::Present if grant.is_head || response.status() == StatusCode::NOT_MODIFIED => None,
        Exposed::Present => present(response),
    }
}

fn present<B>(response: &Response<B>) -> Option<HeaderValue> {
    let mut line = String::new();
    for name in response.headers().keys().filter(|name| needs_exposing(name)) {
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
