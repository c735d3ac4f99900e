use http::HeaderName;

use super::Any;

/// The request headers that pages may set: `Access-Control-Allow-Headers`. The default is none
/// beyond the [safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-request-header) ones.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct AllowHeaders(pub(crate) Headers);

#[derive(Clone, Debug)]
pub(crate) enum Headers {
    Any,
    List(Vec<HeaderName>),
    Requested,
}

impl AllowHeaders {
    /// Allows any header: `*,authorization`, since `*` alone leaves `Authorization` out by the
    /// standard, or the headers that the preflight names where credentials are allowed.
    pub fn any() -> Self {
        Self(Headers::Any)
    }

    /// Allows these headers.
    pub fn list<I>(headers: I) -> Self
    where
        I: IntoIterator<Item = HeaderName>,
    {
        Self(Headers::List(headers.into_iter().collect()))
    }

    /// Allows the headers that the preflight names, up to 8 KiB or 256 names.
    pub fn mirror_request() -> Self {
        Self(Headers::Requested)
    }
}

impl Default for Headers {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl From<Any> for AllowHeaders {
    fn from(_: Any) -> Self {
        Self::any()
    }
}

impl<const N: usize> From<[HeaderName; N]> for AllowHeaders {
    fn from(headers: [HeaderName; N]) -> Self {
        Self::list(headers)
    }
}

impl From<Vec<HeaderName>> for AllowHeaders {
    fn from(headers: Vec<HeaderName>) -> Self {
        Self::list(headers)
    }
}
