use http::{HeaderValue, request::Parts};

use super::question::Question;

/// Whether pages may send credentials (cookies, HTTP authentication, client certificates) and read
/// what is answered to them: `Access-Control-Allow-Credentials`. The default is no.
///
/// An `Authorization` header that a script sets itself is not a credential but a request header;
/// allow it with [`allow_headers`](crate::CorsLayer::allow_headers).
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct AllowCredentials(pub(crate) Credentials);

#[derive(Clone, Debug, Default)]
pub(crate) enum Credentials {
    Always,
    Asked(Question<bool>),
    #[default]
    Never,
}

impl AllowCredentials {
    /// Allows credentials to every allowed origin.
    pub fn yes() -> Self {
        Self(Credentials::Always)
    }

    /// Allows credentials where the predicate, given the allowed origin and the request, says so.
    ///
    /// It is asked on the preflight and again on the actual request, and beside an async predicate
    /// before that has answered. It cannot know whether credentials were sent, and all rules for
    /// credentials hold as if it always said yes.
    ///
    /// ```
    /// use tower_cors::{AllowCredentials, CorsLayer};
    ///
    /// let cors = CorsLayer::new()
    ///     .allow_origins(["https://app.example.com", "https://partner.example"])
    ///     .allow_credentials(AllowCredentials::predicate(|origin, _parts| {
    ///         origin == "https://app.example.com"
    ///     }));
    /// assert!(cors.build().is_ok());
    /// ```
    pub fn predicate<F>(predicate: F) -> Self
    where
        F: Fn(&HeaderValue, &Parts) -> bool + Send + Sync + 'static,
    {
        Self(Credentials::Asked(Question::new(predicate)))
    }
}

impl From<bool> for AllowCredentials {
    fn from(allow: bool) -> Self {
        if allow { Self::yes() } else { Self::default() }
    }
}
