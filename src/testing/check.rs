use http::{HeaderMap, header};

use super::{
    list::{combined, shown},
    reason::Reason,
    request::Request,
};

/// Whether the page may read the response: <https://fetch.spec.whatwg.org/#concept-cors-check>
///
/// A preflight's answer is checked for the request that it announces.
pub(super) fn cors_check(request: &Request, headers: &HeaderMap) -> Result<(), Reason> {
    let Some(allowed) = combined(headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN) else {
        return Err(Reason::AllowOriginMissing);
    };
    if allowed == b"*" {
        return match request.includes_credentials() {
            true => Err(Reason::AllowOriginWildcard),
            false => Ok(()),
        };
    }
    if allowed != request.serialized_origin().as_bytes() {
        return Err(match allowed.contains(&b',') {
            true => Reason::AllowOriginMultiple(shown(&allowed)),
            false => Reason::AllowOriginMismatch(shown(&allowed)),
        });
    }
    if !request.includes_credentials() {
        return Ok(());
    }
    match combined(headers, &header::ACCESS_CONTROL_ALLOW_CREDENTIALS) {
        None => Err(Reason::AllowCredentialsMissing),
        Some(value) if value == b"true" => Ok(()),
        Some(value) => Err(Reason::AllowCredentialsMismatch(shown(&value))),
    }
}
