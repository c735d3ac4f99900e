use std::time::Duration;

use http::{HeaderValue, request::Parts};

use super::question::Question;

/// How long a browser may remember a preflight's answer: `Access-Control-Max-Age`, in whole
/// seconds, rounded up. By default the header is not sent, and browsers remember for 5 seconds.
///
/// Browsers stop at a cap of their own: 7200 s in Chromium, 86400 s in Firefox, 600 s in Safari.
/// Zero turns the memory off.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct MaxAge(pub(crate) Age);

#[derive(Clone, Debug, Default)]
pub(crate) enum Age {
    #[default]
    Absent,
    Dynamic(Question<Duration>),
    Exact(Duration),
}

impl MaxAge {
    /// Sends this duration.
    pub fn exact(max_age: Duration) -> Self {
        Self(Age::Exact(max_age))
    }

    /// Sends the duration that the function returns for the allowed origin and the preflight.
    ///
    /// Beside an async predicate it is asked before that has answered.
    pub fn dynamic<F>(max_age: F) -> Self
    where
        F: Fn(&HeaderValue, &Parts) -> Duration + Send + Sync + 'static,
    {
        Self(Age::Dynamic(Question::new(max_age)))
    }
}

impl From<Duration> for MaxAge {
    fn from(max_age: Duration) -> Self {
        Self::exact(max_age)
    }
}
