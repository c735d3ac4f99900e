use std::time::Duration;

use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::{
    check::cors_check,
    list::{combined, tokens},
    profile::Profile,
    reason::Reason,
    redirect::is_redirect,
    request::Request,
    safelist::{is_safelisted_method, unsafe_names},
};

/// What a preflight's answer allows, as a browser remembers it.
#[derive(Clone, Debug)]
pub(super) struct Permit {
    pub(super) methods: Vec<String>,
    /// In lower case.
    pub(super) headers: Vec<String>,
    pub(super) max_age: Duration,
}

/// The headers of a request's preflight that are its own:
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>
pub(super) fn headers(request: &Request, profile: Profile) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    let method = HeaderValue::from_str(request.method.as_str()).expect("methods are tokens");
    headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, method);
    let names = unsafe_names(&request.headers, profile);
    if !names.is_empty() {
        let names = HeaderValue::from_str(&names.join(",")).expect("names are tokens");
        headers.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, names);
    }
    headers
}

/// Whether the answer lets the request be sent, and what else it allows.
pub(super) fn judge(
    request: &Request,
    profile: Profile,
    status: StatusCode,
    headers: &HeaderMap,
) -> Result<Permit, Reason> {
    // Before the CORS check, which would blame the headers.
    if is_redirect(status) {
        return Err(Reason::PreflightRedirected(status));
    }
    cors_check(request, headers)?;
    if !status.is_success() {
        return Err(Reason::PreflightStatus(status));
    }
    let permit = permit(request, profile, headers)?;
    allows_method(&permit, request)?;
    allows_headers(&permit, request, profile)?;
    Ok(permit)
}

fn permit(request: &Request, profile: Profile, headers: &HeaderMap) -> Result<Permit, Reason> {
    let methods = tokens(headers, &header::ACCESS_CONTROL_ALLOW_METHODS)
        .map_err(Reason::AllowMethodsMalformed)?;
    let names = tokens(headers, &header::ACCESS_CONTROL_ALLOW_HEADERS)
        .map_err(Reason::AllowHeadersMalformed)?;
    let methods = match methods {
        None if request.use_cors_preflight => vec![request.method.to_string()],
        methods => methods.unwrap_or_default(),
    };
    let headers_allowed = names.unwrap_or_default();
    let max_age = combined(headers, &header::ACCESS_CONTROL_MAX_AGE);
    Ok(Permit {
        methods,
        headers: headers_allowed.into_iter().map(|name| name.to_ascii_lowercase()).collect(),
        max_age: profile.max_age(max_age.as_deref()),
    })
}

fn allows_method(permit: &Permit, request: &Request) -> Result<(), Reason> {
    let method = &request.method;
    let is_allowed = permit.methods.iter().any(|listed| listed == method.as_str())
        || is_safelisted_method(method)
        || has_wildcard(&permit.methods, request);
    if is_allowed { Ok(()) } else { Err(Reason::MethodNotAllowed(method.clone())) }
}

fn allows_headers(permit: &Permit, request: &Request, profile: Profile) -> Result<(), Reason> {
    let has_wildcard = has_wildcard(&permit.headers, request);
    for name in unsafe_names(&request.headers, profile) {
        let is_covered = has_wildcard && wildcard_covers(&name, profile);
        if !is_covered && !permit.headers.contains(&name) {
            return Err(Reason::HeaderNotAllowed(name));
        }
    }
    Ok(())
}

/// With credentials a `*` is the name of something called `*`.
fn has_wildcard(list: &[String], request: &Request) -> bool {
    !request.includes_credentials() && list.iter().any(|listed| listed == "*")
}

/// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
pub(super) fn wildcard_covers(name: &str, profile: Profile) -> bool {
    name != "authorization" || profile.wildcard_covers_authorization()
}
