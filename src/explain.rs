//! A decision in words.

#[cfg(feature = "tracing")]
mod hint;
mod missing;
mod origin;
mod outcome;
mod preflight;

use std::fmt;

use http::request::Parts;

#[cfg(feature = "tracing")]
pub(crate) use self::hint::hint;
pub use self::{missing::Missing, outcome::Outcome};
use crate::{
    classify::{Preflight, RequestHead, RequestKind, classify},
    config::Target,
    decide::{Denial, decide},
    policy::{Origins, Policy, Source},
};

/// How many bytes of a method are shown.
const LONGEST_METHOD: usize = 64;
/// How many bytes of a path are shown.
const LONGEST_PATH: usize = 256;

/// Why a request is allowed or refused, and what would allow it. Made by
/// [`CorsLayer::explain`](crate::CorsLayer::explain).
///
/// Its text shows allowed origins, so it is for logs and terminals, never for clients.
#[derive(Clone, Debug)]
pub struct Explanation {
    request: String,
    outcome: Outcome,
    denial: Option<Denial>,
    advice: Advice,
    suggestion: Option<String>,
    /// What is refused next, once this is allowed.
    next: Option<String>,
    branch: Option<usize>,
}

/// What there is to say about an outcome.
#[derive(Clone, Debug, Default)]
struct Advice {
    reason: String,
    closest: Option<Closest>,
    missing: Option<Missing>,
    caution: Option<String>,
}

/// What is allowed and comes closest.
#[derive(Clone, Debug)]
struct Closest {
    value: String,
    difference: &'static str,
}

impl Explanation {
    /// What becomes of the request.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Why it is refused, if it is.
    #[must_use]
    pub fn denial(&self) -> Option<Denial> {
        self.denial
    }

    /// The allowed origin pattern or method that comes closest to the refused one.
    #[must_use]
    pub fn closest(&self) -> Option<&str> {
        self.advice.closest.as_ref().map(|closest| closest.value.as_str())
    }

    /// What a setting lacks for it to be allowed, unless that is never wise.
    #[must_use]
    pub fn missing(&self) -> Option<&Missing> {
        self.advice.missing.as_ref()
    }

    /// The same in words: the call on the builder, where `…` stands for what it lists already, or what
    /// to list in the configuration file where the setting comes from one.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// The number of the [`when`](crate::CorsLayer::when), from 0, whose layer decides.
    #[must_use]
    pub fn branch(&self) -> Option<usize> {
        self.branch
    }

    /// What to think of besides.
    #[must_use]
    pub fn caution(&self) -> Option<&str> {
        self.advice.caution.as_deref()
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Advice { reason, closest, caution, .. } = &self.advice;
        write!(f, "{}: {}: {reason}", self.request, self.outcome)?;
        if let Some(branch) = self.branch {
            write!(f, "\n  by the layer of: when[{branch}]")?;
        }
        if let Some(Closest { value, difference }) = closest {
            write!(f, "\n  closest: \"{value}\": {difference}")?;
        }
        if let Some(suggestion) = &self.suggestion {
            write!(f, "\n  to allow it: {suggestion}")?;
        }
        if let Some(next) = &self.next {
            write!(f, "\n  and then: {next}")?;
        }
        if let Some(caution) = caution {
            write!(f, "\n  caution: {caution}")?;
        }
        Ok(())
    }
}

/// Takes the decision that the service takes, and tells why.
pub(crate) fn explain(source: &Source, parts: &Parts) -> Explanation {
    match source {
        Source::Policy(policy) => explain_by(policy, parts),
        Source::Selector(selector) => {
            let (branch, policy) = selector.select(&Target::from(parts));
            Explanation { branch, ..explain_by(&policy, parts) }
        }
    }
}

fn explain_by(policy: &Policy, parts: &Parts) -> Explanation {
    let request = RequestHead::from(parts);
    let kind = classify(request);
    let (outcome, denial) = outcome::of(policy, &kind, &decide(policy, request));
    let advice = match (denial, &kind) {
        (Some(Denial::MethodNotAllowed), RequestKind::Preflight(preflight)) => {
            preflight::method_advice(policy, preflight.method)
        }
        (Some(Denial::HeaderNotAllowed), _) => preflight::header_advice(policy, request.headers),
        (
            Some(denial),
            RequestKind::Actual { origin } | RequestKind::Preflight(Preflight { origin, .. }),
        ) => origin::denied_advice(policy, *origin, denial),
        (Some(_), RequestKind::NotCors) => {
            "Sec-Fetch-Site says that a page of another origin sent it".into()
        }
        (None, kind) => {
            let is_read = matches!(kind, RequestKind::Actual { .. }) && outcome == Outcome::Allowed;
            let caution = is_read.then(|| preflight::caution(policy, request)).flatten();
            Advice { caution, ..allowed_reason(policy, request, outcome, kind).into() }
        }
    };
    let suggestion = advice.missing.as_ref().map(|missing| missing.suggestion(&policy.said));
    let next = match (&kind, denial) {
        (RequestKind::Preflight(preflight), Some(denial)) if suggestion.is_some() => {
            preflight::next(policy, preflight.method, request.headers, denial)
        }
        _ => None,
    };
    let request = describe(parts, &kind);
    Explanation { request, outcome, denial, advice, suggestion, next, branch: None }
}

fn allowed_reason(
    policy: &Policy,
    request: RequestHead<'_>,
    outcome: Outcome,
    kind: &RequestKind<'_>,
) -> String {
    let origin = match kind {
        RequestKind::NotCors => return "it has no Origin header".into(),
        RequestKind::Actual { origin } | RequestKind::Preflight(Preflight { origin, .. }) => {
            origin::shown(*origin)
        }
    };
    let is_unexamined = matches!(kind, RequestKind::Preflight(_))
        && outcome == Outcome::Allowed
        && policy.headers.refused(request.headers).is_none();
    match outcome {
        Outcome::SameOrigin => format!("{origin} is the server's own"),
        Outcome::Undecided => format!("an async predicate decides about {origin}"),
        _ if is_unexamined => {
            format!("{origin} is allowed; the requested headers are too many to be examined")
        }
        _ if matches!(policy.origins, Origins::Any) => "any origin is allowed".into(),
        _ => format!("{origin} is allowed"),
    }
}

fn describe(parts: &Parts, kind: &RequestKind<'_>) -> String {
    let kind = match kind {
        RequestKind::Actual { .. } => "actual ",
        RequestKind::NotCors => "",
        RequestKind::Preflight(_) => "preflight ",
    };
    let method = escaped(parts.method.as_str().as_bytes(), LONGEST_METHOD);
    format!("{kind}{method} {}", escaped(parts.uri.path().as_bytes(), LONGEST_PATH))
}

/// What a client sent, fit for a log.
fn escaped(bytes: &[u8], longest: usize) -> String {
    let end = bytes.len().min(longest);
    let rest = if end < bytes.len() { "…" } else { "" };
    format!("{}{rest}", bytes[..end].escape_ascii())
}

impl From<String> for Advice {
    fn from(reason: String) -> Self {
        Self { reason, ..Self::default() }
    }
}

impl From<&str> for Advice {
    fn from(reason: &str) -> Self {
        Self::from(reason.to_owned())
    }
}
