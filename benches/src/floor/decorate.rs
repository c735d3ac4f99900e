use http::{
    HeaderMap, HeaderName, HeaderValue, Response,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
        ACCESS_CONTROL_MAX_AGE, VARY,
    },
};
use tower_cors::Denial;

use super::{Shape, Verdict};
use crate::inner::Body;

const OWNED: [HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

pub(super) fn actual<P: Shape>(verdict: &mut Verdict<P::Grant>, response: &mut Response<Body>) {
    response.extensions_mut().remove::<Denial>();
    let headers = response.headers_mut();
    let (mut owned, mut has_vary) = (None, false);
    for name in headers.keys() {
        if OWNED.contains(name) {
            owned = Some(name.clone());
        }
        has_vary |= name == VARY;
    }
    if let Some(name) = owned {
        headers.remove(name);
    }
    if P::EVERYONE.is_none() {
        if !has_vary {
            headers.insert(VARY, const { HeaderValue::from_static("origin") });
        } else if !varies_by_origin(headers) {
            headers.append(VARY, const { HeaderValue::from_static("origin") });
        }
    }
    match verdict {
        Verdict::Allowed(grant) => {
            if let Some(exposed) = P::EXPOSED {
                let exposed = HeaderValue::from_static(exposed);
                headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
            }
            allow::<P>(grant, headers);
        }
        Verdict::Denied(denial) => {
            response.extensions_mut().insert(*denial);
        }
        Verdict::NotApplicable => {}
    }
}

pub(super) fn allow<P: Shape>(grant: &mut P::Grant, headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, P::line(grant));
    if P::CREDENTIALS {
        let granted = const { HeaderValue::from_static("true") };
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, granted);
    }
}

fn varies_by_origin(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(VARY).iter().map(HeaderValue::as_bytes);
    let mut names = lines.flat_map(|line| line.split(|byte| *byte == b',')).map(<[u8]>::trim_ascii);
    names.any(|name| name == b"*" || name.eq_ignore_ascii_case(b"origin"))
}
