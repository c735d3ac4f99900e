use http::HeaderName;

use super::Any;

/// The response headers that pages may read: `Access-Control-Expose-Headers`. The default is none
/// beyond the [safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name)
/// ones.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ExposeHeaders(pub(crate) Exposed);

#[derive(Clone, Debug)]
pub(crate) enum Exposed {
    Any,
    List(Vec<HeaderName>),
}

impl ExposeHeaders {
    /// Exposes every header: `*`, or where credentials are allowed the names that the response
    /// really has, 4 KiB of them at most.
    pub fn any() -> Self {
        Self(Exposed::Any)
    }

    /// Exposes these headers.
    pub fn list<I>(headers: I) -> Self
    where
        I: IntoIterator<Item = HeaderName>,
    {
        Self(Exposed::List(headers.into_iter().collect()))
    }
}

impl Default for Exposed {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl From<Any> for ExposeHeaders {
    fn from(_: Any) -> Self {
        Self::any()
    }
}

impl<const N: usize> From<[HeaderName; N]> for ExposeHeaders {
    fn from(headers: [HeaderName; N]) -> Self {
        Self::list(headers)
    }
}

impl From<Vec<HeaderName>> for ExposeHeaders {
    fn from(headers: Vec<HeaderName>) -> Self {
        Self::list(headers)
    }
}
