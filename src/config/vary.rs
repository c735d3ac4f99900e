use http::{HeaderName, header};

/// Names added to the `Vary` header of every response, for predicates that read other request
/// headers than `Origin`. What the policy itself varies by is always there.
#[derive(Clone, Debug)]
#[must_use]
pub struct Vary(pub(crate) Vec<HeaderName>);

impl Vary {
    /// Adds these names.
    pub fn list<I>(headers: I) -> Self
    where
        I: IntoIterator<Item = HeaderName>,
    {
        Self(headers.into_iter().collect())
    }
}

impl Default for Vary {
    /// The [`preflight_request_headers`].
    fn default() -> Self {
        Self::list(preflight_request_headers())
    }
}

impl<const N: usize> From<[HeaderName; N]> for Vary {
    fn from(headers: [HeaderName; N]) -> Self {
        Self::list(headers)
    }
}

impl From<Vec<HeaderName>> for Vary {
    fn from(headers: Vec<HeaderName>) -> Self {
        Self::list(headers)
    }
}

/// The request headers that a preflight is made of: `Origin`, `Access-Control-Request-Method` and
/// `Access-Control-Request-Headers`.
///
/// ```
/// assert_eq!(tower_cors::preflight_request_headers().count(), 3);
/// ```
pub fn preflight_request_headers() -> impl Iterator<Item = HeaderName> {
    [header::ORIGIN, header::ACCESS_CONTROL_REQUEST_METHOD, header::ACCESS_CONTROL_REQUEST_HEADERS]
        .into_iter()
}
