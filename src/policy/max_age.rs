use std::time::Duration;

use http::HeaderValue;

use crate::config::{Age, Question, Settings};

/// `Access-Control-Max-Age`.
#[derive(Debug)]
pub(crate) enum MaxAge {
    Absent,
    Asked(Question<Duration>),
    Line(HeaderValue),
}

impl MaxAge {
    pub(super) fn compile(settings: &Settings) -> Self {
        match &settings.max_age.0 {
            Age::Absent => Self::Absent,
            Age::Dynamic(question) => Self::Asked(question.clone()),
            Age::Exact(duration) => Self::Line(HeaderValue::from(whole_seconds(*duration))),
        }
    }
}

/// Rounds up: a duration of half a second must not become 0, which turns the memory off.
pub(crate) fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs().saturating_add((duration.subsec_nanos() > 0).into())
}
