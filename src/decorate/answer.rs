use std::mem;

use http::{
    HeaderMap, HeaderValue, Response, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE,
        CACHE_CONTROL, VARY,
    },
};

use super::{allow, explain};
use crate::{
    decide::{Denial, Verdict},
    policy::{MaxAge, Policy},
};

/// An answer without a body, given here. It takes over the header map of the request: a new one
/// would be allocated.
pub(crate) struct Answer {
    headers: HeaderMap,
    status: StatusCode,
    denial: Option<Denial>,
}

impl Answer {
    /// Answers a preflight.
    #[inline]
    pub(crate) fn preflight(
        policy: &Policy,
        verdict: &mut Verdict,
        max_age: Option<u64>,
        request: &mut HeaderMap,
    ) -> Self {
        let denial = verdict.denial();
        let status = if let Verdict::Allowed(grant) = verdict {
            allow_preflight(policy, max_age, request);
            allow(policy, grant, request);
            policy.preflight_status
        } else {
            request.clear();
            StatusCode::FORBIDDEN
        };
        if let Some(line) = &policy.preflight_vary.line {
            request.insert(VARY, line.clone());
        }
        Self { headers: mem::take(request), status, denial }
    }

    /// Answers a request that the policy does not let run.
    pub(crate) fn forbidden(policy: &Policy, denial: Denial, request: &mut HeaderMap) -> Self {
        request.clear();
        if let Some(line) = &policy.vary.line {
            request.insert(VARY, line.clone());
        }
        request.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Self { headers: mem::take(request), status: StatusCode::FORBIDDEN, denial: Some(denial) }
    }

    pub(crate) fn into_response<B: Default>(self) -> Response<B> {
        let mut response = Response::new(B::default());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        explain(self.denial, response.extensions_mut());
        response
    }
}

/// Replaces what a preflight asks for by what is allowed.
#[inline]
fn allow_preflight(policy: &Policy, max_age: Option<u64>, headers: &mut HeaderMap) {
    let methods = policy.methods.answer(headers);
    let names = policy.headers.answer(headers);
    headers.clear();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    if let Some(names) = names {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, names);
    }
    match (&policy.max_age, max_age) {
        (MaxAge::Line(line), _) => headers.insert(ACCESS_CONTROL_MAX_AGE, line.clone()),
        (_, Some(seconds)) => headers.insert(ACCESS_CONTROL_MAX_AGE, seconds.into()),
        (MaxAge::Absent | MaxAge::Asked(_), None) => None,
    };
}
