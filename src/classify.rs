//! Request -> kind: <https://fetch.spec.whatwg.org/#http-requests>.

use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Uri,
    header::{ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
    request::Parts,
};

/// All of a request but its body; the parts only where a predicate wants them.
#[derive(Clone, Copy)]
pub(crate) struct RequestHead<'a> {
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) parts: Option<&'a Parts>,
}

pub(crate) enum RequestKind<'a> {
    /// A CORS request that the inner service answers, a plain `OPTIONS` included.
    Actual { origin: Line<'a> },
    /// Carries no `Origin`.
    NotCors,
    /// Asks whether an actual request would be allowed.
    Preflight(Preflight<'a>),
}

/// What a preflight says of the request that is to follow.
#[derive(Clone, Copy)]
pub(crate) struct Preflight<'a> {
    pub(crate) origin: Line<'a>,
    pub(crate) method: Line<'a>,
}

/// A header that is there. Only a header with a single line has a value.
#[derive(Clone, Copy)]
pub(crate) enum Line<'a> {
    Several,
    Single(&'a HeaderValue),
}

#[inline]
pub(crate) fn classify(request: RequestHead<'_>) -> RequestKind<'_> {
    let Some(origin) = Line::of(request.headers, ORIGIN) else {
        return RequestKind::NotCors;
    };
    if request.method == Method::OPTIONS {
        if let Some(method) = Line::of(request.headers, ACCESS_CONTROL_REQUEST_METHOD) {
            return RequestKind::Preflight(Preflight { origin, method });
        }
    }
    RequestKind::Actual { origin }
}

impl<'a> Line<'a> {
    #[inline]
    pub(crate) fn of(headers: &'a HeaderMap, name: HeaderName) -> Option<Self> {
        // Most requests have no header twice, which costs two loads to see.
        if headers.len() == headers.keys_len() {
            return headers.get(name).map(Self::Single);
        }
        let mut lines = headers.get_all(name).iter();
        let first = lines.next()?;
        Some(if lines.next().is_some() { Self::Several } else { Self::Single(first) })
    }
}

impl<'a, B> From<&'a Request<B>> for RequestHead<'a> {
    fn from(request: &'a Request<B>) -> Self {
        Self {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            parts: None,
        }
    }
}

impl<'a> From<&'a Parts> for RequestHead<'a> {
    fn from(parts: &'a Parts) -> Self {
        Self { method: &parts.method, uri: &parts.uri, headers: &parts.headers, parts: Some(parts) }
    }
}
