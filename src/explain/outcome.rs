use std::fmt;

/// What becomes of a request, as far as CORS goes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// The page may read the response, or send what the preflight asks for.
    Allowed,
    /// It may not.
    Denied,
    /// The request has no `Origin`, so CORS does not apply.
    NotCors,
    /// The server's own page made the request, so CORS does not apply.
    SameOrigin,
    /// An async predicate could still allow it.
    Undecided,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::NotCors => "not CORS",
            Self::SameOrigin => "same-origin",
            Self::Undecided => "undecided",
        })
    }
}
