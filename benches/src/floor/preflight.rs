use std::mem;

use http::{
    HeaderMap, HeaderValue, Response, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE,
        ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
    },
};
use tower_cors::Denial;

use super::{Shape, Verdict, decorate, line};
use crate::inner::Body;

const MAX_BYTES: usize = 8 * 1024;
const MAX_NAMES: usize = 256;

/// What becomes of a preflight.
pub(super) struct Judgement<G> {
    grant: Option<G>,
    denial: Option<Denial>,
}

/// None if it is not a preflight.
pub(super) fn judge<P: Shape>(shape: P, headers: &HeaderMap) -> Option<Judgement<P::Grant>> {
    let (origin, is_single_origin) = line(headers, ORIGIN)?;
    let (method, is_single_method) = line(headers, ACCESS_CONTROL_REQUEST_METHOD)?;
    Some(match super::judge(shape, origin, is_single_origin) {
        Verdict::Allowed(grant) => {
            let denial = if !is_single_method || !is_allowed_method(method) {
                Some(Denial::MethodNotAllowed)
            } else {
                (!allows_names(shape, headers)).then_some(Denial::HeaderNotAllowed)
            };
            Judgement { grant: Some(grant), denial }
        }
        Verdict::Denied(denial) => Judgement { grant: None, denial: Some(denial) },
        Verdict::NotApplicable => return None,
    })
}

/// Answers with the header map of the request: a new one would be allocated.
pub(super) fn answer<P: Shape>(
    shape: P,
    judgement: Judgement<P::Grant>,
    headers: &mut HeaderMap,
) -> Response<Body> {
    headers.clear();
    let mut response = Response::new(Body::new());
    if let Some(denial) = judgement.denial {
        response.extensions_mut().insert(denial);
    }
    if let Some(mut grant) = judgement.grant {
        *response.status_mut() = StatusCode::NO_CONTENT;
        let methods = const { HeaderValue::from_static("PUT,DELETE") };
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, shape.headers().1);
        headers.insert(ACCESS_CONTROL_MAX_AGE, const { HeaderValue::from_static("600") });
        decorate::allow::<P>(&mut grant, headers);
    } else {
        *response.status_mut() = StatusCode::FORBIDDEN;
    }
    if P::EVERYONE.is_none() {
        headers.insert(VARY, const { HeaderValue::from_static("origin") });
    }
    *response.headers_mut() = mem::take(headers);
    response
}

fn is_allowed_method(method: &HeaderValue) -> bool {
    matches!(method.as_bytes(), b"GET" | b"HEAD" | b"POST" | b"PUT" | b"DELETE")
}

/// Names beyond the bounds are not examined, and refuse nothing.
fn allows_names<P: Shape>(shape: P, headers: &HeaderMap) -> bool {
    let (allowed, _) = shape.headers();
    match line(headers, ACCESS_CONTROL_REQUEST_HEADERS) {
        None => true,
        Some((names, true)) if names.len() > MAX_BYTES => true,
        Some((names, true)) => {
            are_in_order(names.as_bytes(), allowed) || allows_each(headers, allowed)
        }
        Some((_, false)) => allows_each(headers, allowed),
    }
}

/// Whether the names are as browsers list them: sorted, in lower case, without spaces.
fn are_in_order(mut names: &[u8], allowed: &[&str]) -> bool {
    for name in allowed {
        match names.strip_prefix(name.as_bytes()) {
            Some([]) => return true,
            Some([b',', rest @ ..]) => names = rest,
            _ => {}
        }
    }
    false
}

fn allows_each(headers: &HeaderMap, allowed: &[&str]) -> bool {
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
            all &= allowed.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name));
        }
    }
    all
}
