use super::{origin, preflight};
use crate::{
    classify::{Line, RequestHead},
    decide::Denial,
    policy::Policy,
};

/// What comes closest, at the cost of a constant number of look-ups.
pub(crate) fn hint(policy: &Policy, request: RequestHead<'_>, denial: Denial) -> Option<String> {
    let closest = match denial {
        Denial::HeaderNotAllowed => {
            return Some(preflight::header_advice(policy, request.headers).reason);
        }
        Denial::MethodNotAllowed => {
            let method = Line::of(request.headers, http::header::ACCESS_CONTROL_REQUEST_METHOD)?;
            return Some(preflight::method_advice(policy, method).reason);
        }
        Denial::OriginMalformed | Denial::OriginNotAllowed | Denial::OriginNull => {
            origin::near(policy, Line::of(request.headers, http::header::ORIGIN)?)?
        }
    };
    Some(format!("closest: \"{}\": {}", closest.value, closest.difference))
}
