//! What all contenders are told.

use std::time::Duration;

use http::{HeaderName, HeaderValue, Method, header};

use crate::policy::{APP, HEADERS, Policy, header_names};

pub(super) const EXPOSED: [HeaderName; 2] = [header::ETAG, HeaderName::from_static("x-request-id")];
pub(super) const METHODS: [Method; 2] = [Method::PUT, Method::DELETE];
pub(super) const MAX_AGE: Duration = Duration::from_secs(600);

pub(super) fn request_headers(policy: Policy) -> Vec<HeaderName> {
    if policy == Policy::ManyHeaders {
        let names = header_names(HEADERS).into_iter().map(HeaderName::try_from);
        return names.collect::<Result<_, _>>().expect("the names are tokens");
    }
    vec![header::AUTHORIZATION, header::CONTENT_TYPE, HeaderName::from_static("x-request-id")]
}

pub(super) fn values(policy: Policy) -> Vec<HeaderValue> {
    let values = policy.patterns().map(HeaderValue::try_from);
    values.collect::<Result<_, _>>().expect("an origin is a header value")
}

pub(super) fn is_app(origin: &[u8]) -> bool {
    origin == APP.as_bytes()
}

/// A check as users write it where there are no patterns: of the scheme and the end of the host.
pub(super) fn is_below(policy: Policy) -> impl Fn(&[u8]) -> bool + Clone + Send + Sync + 'static {
    let end = |text: String| text.strip_prefix("https://*").map(str::to_owned);
    let ends: Vec<String> = policy.patterns().filter_map(end).collect();
    move |origin: &[u8]| {
        origin.starts_with(b"https://") && ends.iter().any(|end| origin.ends_with(end.as_bytes()))
    }
}

pub(super) fn is_localhost(origin: &[u8]) -> bool {
    origin.starts_with(b"http://localhost:")
}
