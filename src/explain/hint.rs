use super::{Advice, origin, preflight};
use crate::{
    classify::{Line, RequestHead},
    decide::Denial,
    policy::Policy,
};

/// What comes closest or what is missing, at the cost of a constant number of look-ups and comparisons.
pub(crate) fn hint(policy: &Policy, request: RequestHead<'_>, denial: Denial) -> Option<String> {
    let closest = match denial {
        Denial::HeaderNotAllowed => {
            return Some(told(&preflight::header_advice(policy, request.headers), policy));
        }
        Denial::MethodNotAllowed => {
            let method = Line::of(request.headers, http::header::ACCESS_CONTROL_REQUEST_METHOD)?;
            return Some(told(&preflight::method_advice(policy, method), policy));
        }
        Denial::OriginMalformed | Denial::OriginNotAllowed | Denial::OriginNull => {
            origin::near(policy, Line::of(request.headers, http::header::ORIGIN)?)?
        }
    };
    Some(format!("closest: \"{}\": {}", closest.value, closest.difference))
}

fn told(Advice { reason, missing, caution, .. }: &Advice, policy: &Policy) -> String {
    match (missing, caution) {
        (Some(missing), _) => {
            format!("{reason}; to allow it: {}", missing.suggestion(&policy.said))
        }
        (None, Some(caution)) => format!("{reason}; {caution}"),
        (None, None) => reason.clone(),
    }
}
