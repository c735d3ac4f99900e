use http::{HeaderMap, Method, StatusCode, header};

use super::{
    list::{combined, shown},
    options::Mode,
    reason::Reason,
    request::{Payload, Request, Tainting},
    url::Url,
};

const MAX_REDIRECTS: usize = 20;

/// <https://fetch.spec.whatwg.org/#redirect-status>
pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Where a redirect leads; `None` if there is no `Location`, and the response is as any other.
pub(super) fn target(request: &Request, headers: &HeaderMap) -> Result<Option<Url>, Reason> {
    let Some(location) = combined(headers, &header::LOCATION) else {
        return Ok(None);
    };
    let invalid = || Reason::RedirectInvalid(shown(&location));
    if headers.get_all(header::LOCATION).iter().count() > 1 {
        return Err(invalid());
    }
    let reference = std::str::from_utf8(&location).map_err(|_| invalid())?;
    request.url.join(reference).map(Some).map_err(|_| invalid())
}

/// Makes the request that goes to the target: <https://fetch.spec.whatwg.org/#http-redirect-fetch>
pub(super) fn follow(request: &mut Request, status: StatusCode, url: Url) -> Result<(), Reason> {
    if request.redirected_from.len() == MAX_REDIRECTS {
        return Err(Reason::TooManyRedirects);
    }
    let leaves_page = request.mode == Mode::Cors && !request.origin.is_same_origin(&url.origin());
    if url.has_userinfo() && (leaves_page || request.tainting == Tainting::Cors) {
        return Err(Reason::RedirectCredentials);
    }
    if status != StatusCode::SEE_OTHER && matches!(request.payload, Payload::Stream(_)) {
        return Err(Reason::RedirectedStream);
    }
    if becomes_get(status, &request.method) {
        request.method = Method::GET;
        request.payload = Payload::None;
        for name in ["content-encoding", "content-language", "content-location", "content-type"] {
            request.headers.remove(name);
        }
    }
    if !request.url.origin().is_same_origin(&url.origin()) {
        request.headers.remove(header::AUTHORIZATION);
    }
    let from = std::mem::replace(&mut request.url, url);
    request.redirected_from.push(from);
    Ok(())
}

fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status.as_u16() {
        301 | 302 => method == Method::POST,
        303 => method != Method::GET && method != Method::HEAD,
        _ => false,
    }
}
