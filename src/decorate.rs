//! Decision -> response headers.

mod exposed;
mod vary;

use http::{
    HeaderMap, HeaderName, HeaderValue, Response, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
        ACCESS_CONTROL_MAX_AGE, CACHE_CONTROL, VARY,
    },
};

use crate::{
    decide::{Denial, Grant, Verdict},
    policy::{MaxAge, Origins, Policy},
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
pub(crate) fn actual<B>(policy: &Policy, verdict: Verdict, response: &mut Response<B>) {
    response.extensions_mut().remove::<Denial>();
    let found = Found::in_names(response.headers());
    if found.owned {
        remove_owned(response.headers_mut());
    }
    vary::merge(&policy.vary, found.vary, response.headers_mut());
    explain(verdict.denial(), response);
    if let Verdict::Allowed(grant) = verdict {
        let exposed = exposed::line(policy, &grant, response);
        insert(response.headers_mut(), &ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        allow(policy, grant, response.headers_mut());
    }
}

/// Answers a preflight. The answer takes over the header map of the request: a new one would be
/// allocated.
pub(crate) fn preflight<B: Default>(
    policy: &Policy,
    verdict: Verdict,
    mut headers: HeaderMap,
) -> Response<B> {
    let mut response = Response::new(B::default());
    explain(verdict.denial(), &mut response);
    if let Verdict::Allowed(grant) = verdict {
        *response.status_mut() = policy.preflight_status;
        allow_preflight(policy, &grant, &mut headers);
        allow(policy, grant, &mut headers);
    } else {
        *response.status_mut() = StatusCode::FORBIDDEN;
        headers.clear();
    }
    insert(&mut headers, &VARY, policy.preflight_vary.line.clone());
    *response.headers_mut() = headers;
    response
}

/// Answers a request that the policy does not let run.
pub(crate) fn forbidden<B: Default>(policy: &Policy, denial: Denial) -> Response<B> {
    let mut response = Response::new(B::default());
    *response.status_mut() = StatusCode::FORBIDDEN;
    explain(Some(denial), &mut response);
    insert(response.headers_mut(), &VARY, policy.vary.line.clone());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Replaces what a preflight asks for by what is allowed.
fn allow_preflight(policy: &Policy, grant: &Grant, headers: &mut HeaderMap) {
    let methods = policy.methods.answer(headers);
    let names = policy.headers.answer(headers);
    let max_age = match &policy.max_age {
        MaxAge::Line(line) => Some(line.clone()),
        MaxAge::Absent | MaxAge::Asked(_) => grant.max_age.map(HeaderValue::from),
    };
    headers.clear();
    insert(headers, &ACCESS_CONTROL_ALLOW_METHODS, Some(methods));
    insert(headers, &ACCESS_CONTROL_ALLOW_HEADERS, names);
    insert(headers, &ACCESS_CONTROL_MAX_AGE, max_age);
}

fn allow(policy: &Policy, grant: Grant, headers: &mut HeaderMap) {
    let origin = match &policy.origins {
        Origins::Any => Some(HeaderValue::from_static("*")),
        Origins::Fixed(origin) => Some(origin.clone()),
        Origins::Listed { .. } | Origins::Mirror => grant.origin,
    };
    insert(headers, &ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if grant.allow_credentials {
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    }
}

/// Says why, where logs and metrics can see it.
fn explain<B>(denial: Option<Denial>, response: &mut Response<B>) {
    if let Some(denial) = denial {
        response.extensions_mut().insert(denial);
    }
}

/// What a response has already that matters here. One look over its few names is cheaper than a
/// look-up of each.
struct Found {
    owned: bool,
    vary: bool,
}

impl Found {
    fn in_names(headers: &HeaderMap) -> Self {
        let mut found = Self { owned: false, vary: false };
        for name in headers.keys() {
            found.owned |= OWNED.contains(name);
            found.vary |= name == VARY;
        }
        found
    }
}

fn remove_owned(headers: &mut HeaderMap) {
    for name in OWNED {
        headers.remove(name);
    }
}

fn insert(headers: &mut HeaderMap, name: &HeaderName, value: Option<HeaderValue>) {
    if let Some(value) = value {
        headers.insert(name, value);
    }
}
