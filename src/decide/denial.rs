use std::fmt;

/// Why a request was refused. Every refused response has it among its
/// [extensions](http::Response::extensions).
///
/// ```
/// use tower_cors::Denial;
///
/// fn count<B>(response: &http::Response<B>) -> Option<&'static str> {
///     response.extensions().get::<Denial>().map(Denial::code)
/// }
/// # assert_eq!(count(&http::Response::new(())), None);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Denial {
    /// The preflight names a header that is not allowed. It is answered all the same, with the
    /// headers that are.
    HeaderNotAllowed,
    /// The preflight names a method that is not allowed. It is answered all the same, with the
    /// methods that are.
    MethodNotAllowed,
    /// The `Origin` header is not one serialized origin.
    OriginMalformed,
    /// The origin is not allowed.
    OriginNotAllowed,
    /// The origin is `null`, which only
    /// [`dangerously_allow_origins`](crate::CorsLayer::dangerously_allow_origins) allows.
    OriginNull,
}

impl Denial {
    /// A stable name, such as `origin-not-allowed`, fit for the label of a metric.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::HeaderNotAllowed => "header-not-allowed",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::OriginMalformed => "origin-malformed",
            Self::OriginNotAllowed => "origin-not-allowed",
            Self::OriginNull => "origin-null",
        }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HeaderNotAllowed => "a requested header is not allowed",
            Self::MethodNotAllowed => "the requested method is not allowed",
            Self::OriginMalformed => "the origin is malformed",
            Self::OriginNotAllowed => "the origin is not allowed",
            Self::OriginNull => "the origin is null",
        })
    }
}
