use http::{
    HeaderMap, HeaderValue, Response, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE,
        ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
    },
};
use tower_cors::Denial;

use super::{Shape, Verdict, decorate, judge};

const MAX_BYTES: usize = 8 * 1024;
const MAX_NAMES: usize = 256;

/// What becomes of a preflight.
pub(super) struct Judgement<G> {
    grant: Option<G>,
    denial: Option<Denial>,
}

/// None if it is not a preflight.
pub(super) fn judge_preflight<P: Shape>(
    shape: P,
    headers: &HeaderMap,
) -> Option<Judgement<P::Grant>> {
    let mut origins = headers.get_all(ORIGIN).iter();
    let origin = origins.next()?;
    let mut methods = headers.get_all(ACCESS_CONTROL_REQUEST_METHOD).iter();
    let method = methods.next()?;
    Some(match judge(shape, origin, origins.next().is_some()) {
        Verdict::Allowed(grant) => {
            let denial = if methods.next().is_some() || !is_allowed_method(method) {
                Some(Denial::MethodNotAllowed)
            } else {
                (!allows_names(headers)).then_some(Denial::HeaderNotAllowed)
            };
            Judgement { grant: Some(grant), denial }
        }
        Verdict::Denied(denial) => Judgement { grant: None, denial: Some(denial) },
        Verdict::NotApplicable => return None,
    })
}

/// Answers with the header map of the request: a new one would be allocated.
pub(super) fn answer<P: Shape>(
    judgement: Judgement<P::Grant>,
    mut headers: HeaderMap,
) -> Response<()> {
    headers.clear();
    let mut response = Response::new(());
    if let Some(denial) = judgement.denial {
        response.extensions_mut().insert(denial);
    }
    if let Some(grant) = judgement.grant {
        *response.status_mut() = StatusCode::NO_CONTENT;
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("PUT,DELETE"));
        let names = HeaderValue::from_static("authorization,content-type,x-request-id");
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, names);
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
        decorate::allow::<P>(grant, &mut headers);
    } else {
        *response.status_mut() = StatusCode::FORBIDDEN;
    }
    if P::EVERYONE.is_none() {
        headers.insert(VARY, HeaderValue::from_static("origin"));
    }
    *response.headers_mut() = headers;
    response
}

fn is_allowed_method(method: &HeaderValue) -> bool {
    matches!(method.as_bytes(), b"GET" | b"HEAD" | b"POST" | b"PUT" | b"DELETE")
}

/// Names beyond the bounds are not examined, and refuse nothing.
fn allows_names(headers: &HeaderMap) -> bool {
    let (mut bytes, mut count, mut all) = (0, 0, true);
    for line in headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS) {
        bytes += line.len();
        if bytes > MAX_BYTES {
            return true;
        }
        let names = line.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        for name in names.filter(|name| !name.is_empty()) {
            count += 1;
            if count > MAX_NAMES {
                return true;
            }
            all &= is_allowed_name(name);
        }
    }
    all
}

/// Browsers send names in lower case, so that is tried first.
fn is_allowed_name(name: &[u8]) -> bool {
    const ALLOWED: [&[u8]; 3] = [b"authorization", b"content-type", b"x-request-id"];
    ALLOWED.contains(&name) || ALLOWED.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
}
