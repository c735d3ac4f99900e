use std::fmt;

use crate::{
    classify::{Line, RequestKind},
    decide::{Decision, Denial, Verdict},
    policy::{Origins, Policy},
};

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

/// What becomes of a request by the decision, and why it is refused if it is.
pub(super) fn of(
    policy: &Policy,
    kind: &RequestKind<'_>,
    decision: &Decision,
) -> (Outcome, Option<Denial>) {
    let verdict = match decision {
        Decision::Forbid(denial) => return (Outcome::Denied, Some(*denial)),
        Decision::Forward(verdict) | Decision::Preflight { verdict, .. } => verdict,
    };
    let denial = match verdict {
        // Whatever the async predicate says, this is refused.
        Verdict::Undecided(undecided) => undecided.terms.denial,
        verdict => verdict.denial(),
    };
    let outcome = match (verdict, denial, kind) {
        (_, Some(_), _) => Outcome::Denied,
        (Verdict::Undecided(_), ..) => Outcome::Undecided,
        (_, _, RequestKind::NotCors) => Outcome::NotCors,
        (Verdict::Allowed(_), _, RequestKind::Actual { origin }) if is_excused(policy, *origin) => {
            Outcome::SameOrigin
        }
        (Verdict::Allowed(_), ..) => Outcome::Allowed,
        (Verdict::Denied(_) | Verdict::NotApplicable, ..) => Outcome::SameOrigin,
    };
    (outcome, denial)
}

/// Whether a fixed origin's headers go to another origin without refusing it.
fn is_excused(policy: &Policy, origin: Line<'_>) -> bool {
    match (&policy.origins, origin) {
        (Origins::Fixed(fixed), Line::Single(origin)) => fixed != origin,
        (Origins::Fixed(_), Line::Several) => true,
        _ => false,
    }
}
