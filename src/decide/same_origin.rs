//! Whether a request comes from the server's own pages. CORS headers never depend on it: it tells
//! a refusal from a request that CORS is not about, and which requests enforcement lets run.

use http::{HeaderName, HeaderValue, Method, header::HOST};

use crate::{
    classify::{Line, RequestHead},
    origin::Origin,
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a request with this `Origin` was made by a page of the server's own, by the browser's
/// word if it gives one, else by comparing the origin with the address that the request is for.
pub(crate) fn is_same_origin(request: RequestHead<'_>, origin: Line<'_>) -> bool {
    match (Line::of(request.headers, SEC_FETCH_SITE), origin) {
        (Some(Line::Single(site)), _) => site == "same-origin" || site == "none",
        (Some(Line::Several), _) | (None, Line::Several) => false,
        (None, Line::Single(origin)) => {
            Origin::parse(origin.as_bytes()).is_some_and(|origin| is_addressed(request, origin))
        }
    }
}

/// Whether a request without `Origin` was made by another origin's page, by the browser's word, and
/// may change things. Browsers send `Origin` with such requests, unless something took it away.
pub(crate) fn is_foreign_write(request: RequestHead<'_>) -> bool {
    let is_foreign = |site: &HeaderValue| site == "cross-site" || site == "same-site";
    let is_read = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method);
    !is_read && request.headers.get_all(SEC_FETCH_SITE).iter().any(is_foreign)
}

/// Whether the request is for a server at the origin, by all that the request says of its address.
fn is_addressed(request: RequestHead<'_>, origin: Origin<'_>) -> bool {
    let target = request.uri.authority().map(|authority| authority.as_str().as_bytes());
    let host = match Line::of(request.headers, HOST) {
        Some(Line::Several) => return false,
        Some(Line::Single(host)) => Some(host.as_bytes()),
        None => None,
    };
    let mut addresses = target.into_iter().chain(host).peekable();
    addresses.peek().is_some() && addresses.all(|address| origin.is_served_at(address))
}
