use http::StatusCode;

use crate::testing::reason::Reason;

/// What is wrong with a service, of which a [`Finding`](super::Finding) is the case.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Authentication outside the CORS layer refuses with this status, preflights too.
    AuthenticationOutside(StatusCode),
    /// The page is refused for any other reason.
    Blocked(Reason),
    /// An error has this status and no CORS headers.
    ErrorOutside(StatusCode),
    /// Headers of these names are exposed, and no response has them.
    ExposedNeverSent(Vec<String>),
    /// A 404 has no CORS headers.
    NotFoundOutside,
    /// A preflight is redirected.
    PreflightRedirected(StatusCode),
    /// A preflight passes the CORS layer by and gets 404 or 405.
    PreflightUnanswered(StatusCode),
    /// A rate limit outside the CORS layer refuses with 429.
    RateLimitOutside,
    /// Headers of these names are sent, and no response lets a page read them.
    SentNeverExposed(Vec<String>),
    /// A timeout has this status, 408, 503 or 504, and no CORS headers.
    TimeoutOutside(StatusCode),
    /// Two layers set CORS headers.
    TwoLayers,
    /// The response depends on the origin, and caches are not told.
    VaryLacksOrigin,
}

impl Fault {
    /// A short name that stays the same.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::AuthenticationOutside(_) => "authentication_outside",
            Self::Blocked(_) => "blocked",
            Self::ErrorOutside(_) => "error_outside",
            Self::ExposedNeverSent(_) => "exposed_never_sent",
            Self::NotFoundOutside => "not_found_outside",
            Self::PreflightRedirected(_) => "preflight_redirected",
            Self::PreflightUnanswered(_) => "preflight_unanswered",
            Self::RateLimitOutside => "rate_limit_outside",
            Self::SentNeverExposed(_) => "sent_never_exposed",
            Self::TimeoutOutside(_) => "timeout_outside",
            Self::TwoLayers => "two_layers",
            Self::VaryLacksOrigin => "vary_lacks_origin",
        }
    }
}
