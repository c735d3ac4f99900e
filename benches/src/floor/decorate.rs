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

const OWNED: [HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

pub(super) fn actual<P: Shape>(verdict: Verdict<P::Grant>, response: &mut Response<()>) {
    response.extensions_mut().remove::<Denial>();
    let headers = response.headers_mut();
    let (mut has_owned, mut has_vary) = (false, false);
    for name in headers.keys() {
        has_owned |= OWNED.contains(name);
        has_vary |= name == VARY;
    }
    if has_owned {
        for name in headers.keys().filter(|name| OWNED.contains(name)).cloned().collect::<Vec<_>>()
        {
            headers.remove(name);
        }
    }
    if P::EVERYONE.is_none() {
        if !has_vary {
            headers.insert(VARY, HeaderValue::from_static("origin"));
        } else if !varies_by_origin(headers) {
            headers.append(VARY, HeaderValue::from_static("origin"));
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
            response.extensions_mut().insert(denial);
        }
        Verdict::NotApplicable => {}
    }
}

pub(super) fn allow<P: Shape>(grant: P::Grant, headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, P::line(grant));
    if P::CREDENTIALS {
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    }
}

fn varies_by_origin(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(VARY).iter().map(HeaderValue::as_bytes);
    let mut names = lines.flat_map(|line| line.split(|byte| *byte == b',')).map(<[u8]>::trim_ascii);
    names.any(|name| name == b"*" || name.eq_ignore_ascii_case(b"origin"))
}
