//! Kind and policy -> decision.

mod denial;
mod same_origin;
mod verdict;

use http::{HeaderValue, Method, request::Parts};

pub use self::denial::Denial;
use self::same_origin::{is_foreign_write, is_same_origin};
pub(crate) use self::verdict::{Grant, Terms, Undecided, Verdict};

use crate::{
    classify::{Line, Preflight, RequestHead, RequestKind, classify},
    config::{Credentials, Enforce, Pending, Question},
    origin::Origin,
    policy::{MaxAge, Origins, Policy, whole_seconds},
};

/// What becomes of a request.
pub(crate) enum Decision {
    /// It is refused without being run.
    Forbid(Denial),
    /// The inner service answers it.
    Forward(Verdict),
    /// It is a preflight, answered here.
    Preflight {
        verdict: Verdict,
        /// In seconds, where it is asked for each origin.
        max_age: Option<u64>,
    },
}

#[inline]
pub(crate) fn decide(policy: &Policy, request: RequestHead<'_>) -> Decision {
    // Any origin is told what none is told, so there is no need to look for one.
    if matches!(policy.origins, Origins::Any)
        && policy.is_static
        && request.method != Method::OPTIONS
    {
        return Decision::Forward(Verdict::Allowed(grant_everyone(policy, request)));
    }
    decide_by_kind(policy, request)
}

fn decide_by_kind(policy: &Policy, request: RequestHead<'_>) -> Decision {
    match classify(request) {
        RequestKind::Actual { origin } => decide_actual(policy, request, origin),
        RequestKind::NotCors => decide_not_cors(policy, request),
        RequestKind::Preflight(preflight) => decide_preflight(policy, request, preflight),
    }
}

#[inline]
fn decide_actual(policy: &Policy, request: RequestHead<'_>, origin: Line<'_>) -> Decision {
    let mut verdict = judge(policy, request, origin);
    if verdict.may_deny()
        && policy.enforce != Enforce::ListedOnly
        && is_same_origin(request, origin)
    {
        verdict.excuse();
    }
    match verdict {
        Verdict::Denied(denial) if policy.enforce != Enforce::Off => Decision::Forbid(denial),
        verdict => Decision::Forward(verdict),
    }
}

#[inline]
fn decide_not_cors(policy: &Policy, request: RequestHead<'_>) -> Decision {
    if policy.enforce != Enforce::Off && is_foreign_write(request) {
        return Decision::Forbid(Denial::OriginNotAllowed);
    }
    // Without `Vary`, a cache hands this response to everyone, so it says what everyone is told.
    Decision::Forward(if policy.is_static {
        Verdict::Allowed(grant_everyone(policy, request))
    } else {
        Verdict::NotApplicable
    })
}

fn decide_preflight(
    policy: &Policy,
    request: RequestHead<'_>,
    preflight: Preflight<'_>,
) -> Decision {
    let mut verdict = judge(policy, request, preflight.origin);
    let mut max_age = None;
    if let Some(terms) = verdict.terms_mut() {
        max_age = ask_max_age(policy, request, preflight.origin);
        terms.denial = terms.denial.or_else(|| refusal(policy, request, preflight));
    }
    Decision::Preflight { verdict, max_age }
}

/// What the policy says about the origin.
#[inline(always)]
fn judge(policy: &Policy, request: RequestHead<'_>, line: Line<'_>) -> Verdict {
    match (&policy.origins, line) {
        (Origins::Listed { set, .. }, Line::Single(origin)) if set.contains(origin) => {
            Verdict::Allowed(grant(policy, request, origin))
        }
        _ => judge_unlisted(policy, request, line),
    }
}

fn judge_unlisted(policy: &Policy, request: RequestHead<'_>, line: Line<'_>) -> Verdict {
    match (&policy.origins, line) {
        (Origins::Any, _) => return Verdict::Allowed(grant_everyone(policy, request)),
        (Origins::Fixed(fixed), _) => return judge_fixed(policy, request, fixed, line),
        (Origins::Listed { .. } | Origins::Mirror, _) => {}
    }
    match (denial(line), line) {
        (Denial::OriginNull, Line::Single(origin)) if policy.allows_null => {
            Verdict::Allowed(grant(policy, request, origin))
        }
        (Denial::OriginNotAllowed, Line::Single(origin)) => ask(policy, request, origin),
        (unserialized, _) => Verdict::Denied(unserialized),
    }
}

/// Everyone is answered as the one allowed origin is, and only that one is not refused by it.
fn judge_fixed(
    policy: &Policy,
    request: RequestHead<'_>,
    fixed: &HeaderValue,
    line: Line<'_>,
) -> Verdict {
    let is_fixed = matches!(line, Line::Single(origin) if origin == fixed);
    let mut grant = grant_everyone(policy, request);
    grant.terms.denial = (!is_fixed).then(|| denial(line));
    Verdict::Allowed(grant)
}

/// Asks about a serialized origin that no list allows.
fn ask(policy: &Policy, request: RequestHead<'_>, origin: &HeaderValue) -> Verdict {
    let denied = Denial::OriginNotAllowed;
    let (predicates, async_predicates, parts) = match (&policy.origins, request.parts) {
        (Origins::Mirror, _) => return Verdict::Allowed(grant(policy, request, origin)),
        (Origins::Listed { predicates, async_predicates, .. }, Some(parts)) => {
            (predicates, async_predicates, parts)
        }
        _ => return Verdict::Denied(denied),
    };
    if predicates.iter().any(|predicate| predicate.ask(origin, parts)) {
        return Verdict::Allowed(grant(policy, request, origin));
    }
    match &async_predicates[..] {
        [] => Verdict::Denied(denied),
        predicates => Verdict::Undecided(Undecided {
            pending: ask_in_order(predicates, origin, parts),
            terms: terms(policy, request, origin),
            denied: Some(denied),
        }),
    }
}

fn ask_in_order(predicates: &[Question<Pending>], origin: &HeaderValue, parts: &Parts) -> Pending {
    if let [predicate] = predicates {
        return predicate.ask(origin, parts);
    }
    let answers: Vec<_> = predicates.iter().map(|predicate| predicate.ask(origin, parts)).collect();
    Box::pin(async {
        for answer in answers {
            if let Some(origin) = answer.await {
                return Some(origin);
            }
        }
        None
    })
}

#[inline]
fn grant(policy: &Policy, request: RequestHead<'_>, origin: &HeaderValue) -> Grant {
    Grant { origin: Some(origin.clone()), terms: terms(policy, request, origin) }
}

#[inline]
fn terms(policy: &Policy, request: RequestHead<'_>, origin: &HeaderValue) -> Terms {
    let allow_credentials = match &policy.credentials {
        Credentials::Always => true,
        Credentials::Asked(predicate) => {
            request.parts.is_some_and(|parts| predicate.ask(origin, parts))
        }
        Credentials::Never => false,
    };
    Terms { allow_credentials, is_head: request.method == Method::HEAD, denial: None }
}

/// What a policy grants that answers everyone alike.
#[inline]
fn grant_everyone(policy: &Policy, request: RequestHead<'_>) -> Grant {
    let terms = Terms {
        allow_credentials: matches!(policy.credentials, Credentials::Always),
        is_head: request.method == Method::HEAD,
        denial: None,
    };
    Grant { origin: None, terms }
}

fn ask_max_age(policy: &Policy, request: RequestHead<'_>, origin: Line<'_>) -> Option<u64> {
    match (&policy.max_age, origin, request.parts) {
        // Where any origin is allowed, this one need not be serialized.
        (MaxAge::Asked(question), Line::Single(origin), Some(parts)) => {
            Origin::parse(origin.as_bytes()).map(|_| whole_seconds(question.ask(origin, parts)))
        }
        _ => None,
    }
}

/// Why the policy refuses an origin that it does not allow.
fn denial(origin: Line<'_>) -> Denial {
    match origin {
        Line::Single(origin) if origin == "null" => Denial::OriginNull,
        Line::Single(origin) if Origin::parse(origin.as_bytes()).is_some() => {
            Denial::OriginNotAllowed
        }
        Line::Several | Line::Single(_) => Denial::OriginMalformed,
    }
}

/// Why the browser will refuse what a preflight from an allowed origin asks for.
fn refusal(policy: &Policy, request: RequestHead<'_>, preflight: Preflight<'_>) -> Option<Denial> {
    let is_method_allowed =
        matches!(preflight.method, Line::Single(method) if policy.methods.allow(method));
    if !is_method_allowed {
        Some(Denial::MethodNotAllowed)
    } else if !policy.headers.allow(request.headers) {
        Some(Denial::HeaderNotAllowed)
    } else {
        None
    }
}
