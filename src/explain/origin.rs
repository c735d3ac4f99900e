use std::borrow::Cow;

use http::HeaderValue;

use super::{Advice, Closest, Missing, escaped};
use crate::{
    classify::Line,
    config::Credentials,
    decide::Denial,
    origin::{Difference, Near, Origin, OriginList, OriginSet, Pattern, repair},
    policy::{Origins, Policy},
};

/// How many bytes of an origin are shown: no serialized one has more.
const LONGEST: usize = 326;

pub(super) fn shown(line: Line<'_>) -> String {
    let Line::Single(origin) = line else {
        return "a repeated origin".into();
    };
    format!("origin \"{}\"", escaped(origin.as_bytes(), LONGEST))
}

pub(super) fn denied_advice(policy: &Policy, line: Line<'_>, denial: Denial) -> Advice {
    let origin = shown(line);
    match (denial, line) {
        (Denial::OriginNull, _) => Advice {
            reason: format!("{origin} is not allowed"),
            caution: Some("every site can make a frame with this origin".into()),
            ..Advice::default()
        },
        (Denial::OriginMalformed, Line::Single(value)) => Advice {
            reason: format!("{origin} is not a serialized origin, so it matches nothing"),
            closest: misspelt(policy, value),
            ..Advice::default()
        },
        (_, Line::Single(value)) => {
            unlisted_advice(policy, value, format!("{origin} is not allowed"))
        }
        (_, Line::Several) => "the request has several Origin headers".into(),
    }
}

/// What comes closest by a constant number of look-ups and comparisons.
#[cfg(feature = "tracing")]
pub(super) fn near(policy: &Policy, line: Line<'_>) -> Option<Closest> {
    let Line::Single(value) = line else {
        return None;
    };
    match Origin::parse(value.as_bytes()) {
        Some(origin) => listed(policy)?.near(origin).map(Closest::from),
        None => misspelt(policy, value),
    }
}

fn unlisted_advice(policy: &Policy, value: &HeaderValue, reason: String) -> Advice {
    let near = Origin::parse(value.as_bytes()).and_then(|origin| listed(policy)?.nearest(origin));
    let difference = near.as_ref().map(|near| near.difference);
    let text = value.to_str().unwrap_or_default();
    let pattern = Pattern::parse(text).ok();
    let caution = match (&near, &pattern) {
        (Some(Near { difference, pattern }), _) if is_imitation(*difference) => {
            Some(format!("it looks like an imitation of \"{pattern}\""))
        }
        (_, Some(pattern)) => caution(policy, pattern, difference).map(Into::into),
        (_, None) => None,
    };
    let is_wise = pattern.is_some_and(|pattern| is_wise(policy, &pattern, difference));
    Advice {
        reason,
        closest: near.map(Closest::from),
        missing: is_wise.then(|| missing(policy, text)),
        caution,
    }
}

/// A fixed origin is not one of several, so it is listed anew.
fn missing(policy: &Policy, origin: &str) -> Missing {
    let fixed = match &policy.origins {
        Origins::Fixed(fixed) => Some(escaped(fixed.as_bytes(), LONGEST)),
        _ => None,
    };
    Missing::new("allow_origins", fixed.into_iter().chain([origin.to_owned()]))
}

/// Whether allowing the origin may be advised at all.
fn is_wise(policy: &Policy, pattern: &Pattern<'_>, difference: Option<Difference>) -> bool {
    difference.is_none_or(|difference| !is_imitation(difference))
        && !is_foreign_punycode(pattern, difference)
        && !(may_allow_credentials(policy) && is_insecure(pattern))
}

fn is_imitation(difference: Difference) -> bool {
    matches!(difference, Difference::Homograph | Difference::LookAlike)
}

fn caution(
    policy: &Policy,
    pattern: &Pattern<'_>,
    difference: Option<Difference>,
) -> Option<&'static str> {
    if is_foreign_punycode(pattern, difference) {
        Some("its name has letters beyond ASCII and may look like another one")
    } else if is_insecure(pattern) && may_allow_credentials(policy) {
        Some(
            "anyone on the network's path can speak for it, and would read with the user's credentials",
        )
    } else if is_insecure(pattern) {
        Some("anyone on the network's path can speak for an http origin")
    } else if pattern.is_loopback() {
        Some("keep development origins out of production")
    } else {
        None
    }
}

fn is_insecure(pattern: &Pattern<'_>) -> bool {
    pattern.scheme == "http" && !pattern.is_loopback()
}

/// Whether the host is written in punycode, and is no neighbour of an allowed one.
fn is_foreign_punycode(pattern: &Pattern<'_>, difference: Option<Difference>) -> bool {
    difference.is_none() && pattern.host.split('.').any(|label| label.starts_with("xn--"))
}

fn may_allow_credentials(policy: &Policy) -> bool {
    !matches!(policy.credentials, Credentials::Never)
}

/// What a malformed origin would match if it were written as browsers write it.
fn misspelt(policy: &Policy, value: &HeaderValue) -> Option<Closest> {
    let short = Some(value).filter(|value| value.len() <= 2 * LONGEST)?;
    let repaired = repair(short.to_str().ok()?)?;
    let near = listed(policy)?.lookup_pattern(repaired.as_bytes())?;
    let ends_with_slash = value.as_bytes().strip_suffix(b"/") == Some(repaired.as_bytes());
    let difference = if ends_with_slash {
        "an origin has no slash at its end"
    } else {
        "browsers write it otherwise"
    };
    Some(Closest { value: near, difference })
}

/// The origins that are allowed by name.
fn listed(policy: &Policy) -> Option<Cow<'_, OriginSet>> {
    match &policy.origins {
        Origins::Any | Origins::Mirror => None,
        Origins::Fixed(fixed) => {
            let list: OriginList = fixed.to_str().ok().into_iter().collect();
            Some(Cow::Owned(OriginSet::from_lists(vec![list])))
        }
        Origins::Listed { set, .. } => Some(Cow::Borrowed(set)),
    }
}

impl From<Near> for Closest {
    fn from(near: Near) -> Self {
        let difference = match near.difference {
            Difference::Apex => "it stands for the subdomains, not for the host itself",
            Difference::Loopback => "another name of the same machine is another origin",
            Difference::Homograph => "the host only looks the same",
            Difference::LabelTooFew => "the origin lacks its first label",
            Difference::LabelTooMany => "the origin has a label more",
            Difference::LookAlike => "the host differs by one character",
            Difference::Port => "the port differs",
            Difference::Scheme => "the scheme differs",
            Difference::SchemeAndPort => "the scheme and the port differ",
        };
        Self { value: near.pattern, difference }
    }
}
