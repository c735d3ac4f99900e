//! Decision -> response headers.

mod answer;
mod exposed;
mod vary;

use http::{
    Extensions, HeaderMap, HeaderName, HeaderValue, Response, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
        ACCESS_CONTROL_MAX_AGE, VARY,
    },
};

pub(crate) use self::answer::Answer;
use crate::{
    decide::{Denial, Grant, Verdict},
    policy::{Origins, Policy},
};

/// The CORS response headers. They belong to this layer: those of an inner service are removed.
const OWNED: [HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

/// Decorates what the inner service answered.
#[inline]
pub(crate) fn actual<B>(policy: &Policy, verdict: &mut Verdict, response: &mut Response<B>) {
    response.extensions_mut().remove::<Denial>();
    let status = response.status();
    decorate(policy, verdict, status, response.headers_mut());
    explain(verdict.denial(), response.extensions_mut());
}

#[inline]
fn decorate(policy: &Policy, verdict: &mut Verdict, status: StatusCode, headers: &mut HeaderMap) {
    let found = Found::in_names(headers);
    if found.owned {
        remove_owned(verdict, headers);
    }
    vary::merge(&policy.vary, found.vary, headers);
    if let Verdict::Allowed(grant) = verdict {
        if let Some(exposed) = exposed::line(policy, grant, status, headers) {
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
        allow(policy, grant, headers);
    }
}

#[inline(always)]
fn allow(policy: &Policy, grant: &mut Grant, headers: &mut HeaderMap) {
    let origin = match &policy.origins {
        Origins::Any => Some(const { HeaderValue::from_static("*") }),
        Origins::Fixed(origin) => Some(origin.clone()),
        Origins::Listed { .. } | Origins::Mirror => grant.origin.take(),
    };
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    if grant.terms.allow_credentials {
        let granted = const { HeaderValue::from_static("true") };
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, granted);
    }
}

/// Says why, where logs and metrics can see it.
#[inline]
fn explain(denial: Option<Denial>, extensions: &mut Extensions) {
    if let Some(denial) = denial {
        extensions.insert(denial);
    }
}

/// What a response has already that matters here. One look over its few names is cheaper than a
/// look-up of each.
struct Found {
    owned: bool,
    vary: bool,
}

impl Found {
    #[inline]
    fn in_names(headers: &HeaderMap) -> Self {
        let mut found = Self { owned: false, vary: false };
        // Most responses have neither, and need no more than a search.
        if headers.keys().any(|name| OWNED.contains(name) || *name == VARY) {
            for name in headers.keys() {
                found.owned |= OWNED.contains(name);
                found.vary |= *name == VARY;
            }
        }
        found
    }
}

/// Removes what the inner service said, but for what is replaced anyway.
fn remove_owned(verdict: &Verdict, headers: &mut HeaderMap) {
    let is_allowed = matches!(verdict, Verdict::Allowed(_));
    let is_removed = |name: &&HeaderName| {
        OWNED.contains(name) && !(is_allowed && **name == ACCESS_CONTROL_ALLOW_ORIGIN)
    };
    while let Some(name) = headers.keys().find(is_removed).cloned() {
        headers.remove(name);
    }
}
