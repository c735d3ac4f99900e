use http::{HeaderMap, HeaderName, header};

use super::{
    list::tokens,
    request::{Request, Tainting},
};

/// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>
const SAFELISTED: [HeaderName; 7] = [
    header::CACHE_CONTROL,
    header::CONTENT_LANGUAGE,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::EXPIRES,
    header::LAST_MODIFIED,
    header::PRAGMA,
];

/// The headers of the response that the page can read:
/// <https://fetch.spec.whatwg.org/#concept-filtered-response-cors>
pub(super) fn visible(request: &Request, headers: &HeaderMap) -> HeaderMap {
    // A list that cannot be parsed exposes nothing.
    let exposed = tokens(headers, &header::ACCESS_CONTROL_EXPOSE_HEADERS);
    let exposed = exposed.unwrap_or_default().unwrap_or_default();
    let exposes_all = request.tainting == Tainting::Basic
        || (!request.includes_credentials() && exposed.iter().any(|name| name == "*"));
    let is_exposed = |name: &HeaderName| {
        exposes_all
            || SAFELISTED.contains(name)
            || exposed.iter().any(|listed| listed.eq_ignore_ascii_case(name.as_str()))
    };
    let mut visible = HeaderMap::new();
    for (name, value) in headers {
        if is_exposed(name) && !is_forbidden(name) {
            visible.append(name, value.clone());
        }
    }
    visible
}

/// <https://fetch.spec.whatwg.org/#forbidden-response-header-name>
fn is_forbidden(name: &HeaderName) -> bool {
    [header::SET_COOKIE.as_str(), "set-cookie2"].contains(&name.as_str())
}
