use http::{HeaderMap, Method, StatusCode, header};

use super::{
    blocked::Blocked,
    exchange::Exchange,
    origin::{host_of, is_loopback},
    reason::Reason,
};

const REDIRECTED: &str =
    "the origin is `null` after a redirect across origins: fetch the URL that it leads to";
/// The layer names an origin that did not ask only where it is a fixed one.
const ANOTHERS_COPY: &str = "a cache that does not heed `Vary` gave another origin's copy, or \
                             another CORS layer answers outside of this one";
const SET_ELSEWHERE: &str = "something besides the CORS layer sets this header: remove it there, \
                             or put the CORS layer outermost";

impl Blocked {
    /// The setting of [`CorsLayer`](crate::CorsLayer) that would allow it, or what in the stack or
    /// in the page stands in the way.
    #[must_use]
    pub fn fix(&self) -> String {
        match &self.reason {
            Reason::AllowCredentialsMissing if self.origin == "null" => allow_origin(self),
            Reason::AllowCredentialsMissing => ".allow_credentials(true)".to_owned(),
            Reason::AllowOriginMismatch(_) if self.origin != "null" => {
                format!("{}; if that is set, {ANOTHERS_COPY}", allow_origin(self))
            }
            Reason::AllowOriginMismatch(_) | Reason::AllowOriginWildcard => allow_origin(self),
            Reason::AllowOriginMissing => missing_origin(self),
            Reason::HeaderNotAllowed(_) => allow_headers(self),
            Reason::MethodNotAllowed(method) => allow_method(method),
            Reason::PreflightStatus(status) => answered_outside("the preflight", *status),
            Reason::PreflightRedirected(status) => {
                let outside = answered_outside("the preflight", *status);
                format!("{outside}, or fetch the URL that it leads to")
            }
            Reason::AllowCredentialsMismatch(_)
            | Reason::AllowHeadersMalformed(_)
            | Reason::AllowMethodsMalformed(_)
            | Reason::AllowOriginMultiple(_) => SET_ELSEWHERE.to_owned(),
            Reason::NotSameOrigin => "in the page: use the mode `cors`".to_owned(),
            Reason::RedirectCredentials | Reason::RedirectInvalid(_) | Reason::TooManyRedirects => {
                "no setting: correct the redirect, or fetch the URL that it leads to".to_owned()
            }
            Reason::RedirectNotAllowed | Reason::RedirectedStream => {
                "in the page: fetch the URL that the redirect leads to".to_owned()
            }
            Reason::ServiceFailed(_) => {
                "no setting: turn the error into a response inside the CORS layer".to_owned()
            }
            Reason::TypeError(_) => "in the page: no setting of a server changes it".to_owned(),
        }
    }
}

fn allow_origin(blocked: &Blocked) -> String {
    let Blocked { origin, includes_credentials, .. } = blocked;
    let credentials = if *includes_credentials { ".allow_credentials(true)" } else { "" };
    if origin != "null" {
        let is_insecure =
            matches!(origin.strip_prefix("http://"), Some(rest) if !is_loopback(host_of(rest)));
        let setter = match is_insecure && *includes_credentials {
            true => "dangerously_allow_origins",
            false => "allow_origins",
        };
        return format!(".{setter}([{origin:?}]){credentials}");
    }
    let first = blocked.exchanges.first().and_then(|first| first.request_headers.get("origin"));
    let was_redirected = first.is_none_or(|origin| origin != "null");
    match (was_redirected, includes_credentials) {
        (true, _) => REDIRECTED.to_owned(),
        (false, true) => "no setting: `null` is never allowed with credentials".to_owned(),
        (false, false) => ".dangerously_allow_origins([\"null\"])".to_owned(),
    }
}

/// Tells an origin that the layer refused from a response that never passed it.
fn missing_origin(blocked: &Blocked) -> String {
    let setting = allow_origin(blocked);
    let Some((exchange, before)) = blocked.exchanges.split_last() else { return setting };
    let Some((status, headers)) = &exchange.answer else { return setting };
    let what = if exchange.is_preflight { "the preflight" } else { "the request" };
    if varies_by_origin(headers) {
        return setting;
    }
    if was_granted(exchange, before) || (exchange.is_preflight && !status.is_success()) {
        return answered_outside(what, *status);
    }
    match status.is_success() {
        true => setting,
        false => format!("{setting}; if that is set, {}", answered_outside(what, *status)),
    }
}

fn answered_outside(what: &str, status: StatusCode) -> String {
    let number = status.as_u16();
    if let StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED = status {
        return format!(
            "a router that the CORS layer is not around answered {what} with {number}: \
             put the layer around the whole router, after its routes"
        );
    }
    format!("a layer outside CORS answered {what} with {number}: put the CORS layer outermost")
}

/// Every response of this crate's layer says so, unless it answers everyone alike, and then it
/// allows everyone.
fn varies_by_origin(headers: &HeaderMap) -> bool {
    headers.get_all(header::VARY).iter().any(|line| {
        let line = line.to_str().unwrap_or_default();
        line.split(',').any(|name| name.trim().eq_ignore_ascii_case("origin"))
    })
}

/// Whether a preflight to the same URL has just been allowed.
fn was_granted(exchange: &Exchange, before: &[Exchange]) -> bool {
    before.last().is_some_and(|last| last.is_preflight && last.url == exchange.url)
}

fn allow_method(method: &Method) -> String {
    const STANDARD: [Method; 4] = [Method::DELETE, Method::OPTIONS, Method::PATCH, Method::PUT];
    let upper_case = method.as_str().to_ascii_uppercase();
    if STANDARD.contains(method) {
        return format!(".allow_methods([Method::{method}])");
    }
    if STANDARD.iter().any(|standard| standard.as_str() == upper_case) {
        let setting = format!(".allow_methods([Method::{upper_case}])");
        return format!("in the page: write the method in upper case; then {setting}");
    }
    format!(".allow_methods([Method::from_bytes(b{:?})?])", method.as_str())
}

/// All names that the preflight asks for: one by one is tedious.
fn allow_headers(blocked: &Blocked) -> String {
    let asked = blocked.last().and_then(|exchange| {
        exchange.request_headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS)?.to_str().ok()
    });
    let names: Vec<String> = asked.unwrap_or_default().split(',').map(name_in_code).collect();
    format!(".allow_headers([{}])", names.join(", "))
}

fn name_in_code(name: &str) -> String {
    match name {
        "accept" | "accept-language" | "authorization" | "cache-control" | "content-language"
        | "content-type" | "if-match" | "if-none-match" | "range" => {
            format!("header::{}", name.to_ascii_uppercase().replace('-', "_"))
        }
        _ => format!("HeaderName::from_static({name:?})"),
    }
}
