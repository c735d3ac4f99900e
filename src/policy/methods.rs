use http::{HeaderMap, HeaderValue, Method, header};

use super::{
    line, may_allow_credentials,
    requested::{MAX_REQUESTED_BYTES, is_token},
};
use crate::config::{self, Problem, Settings};

/// `Access-Control-Allow-Methods`, and what it covers.
#[derive(Debug)]
pub(crate) enum Methods {
    Any,
    Listed { methods: Vec<Method>, line: HeaderValue },
    Requested,
}

/// What is sent where no method is listed.
const SAFELISTED: HeaderValue = HeaderValue::from_static("GET,HEAD,POST");

impl Methods {
    pub(super) fn compile(settings: &Settings) -> Self {
        match &settings.allow_methods.0 {
            // With credentials `*` is a method of that name: https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
            config::Methods::Any if may_allow_credentials(settings) => Self::Requested,
            config::Methods::Any => Self::Any,
            config::Methods::List(methods) => {
                let line = if methods.is_empty() {
                    SAFELISTED
                } else {
                    line(methods.iter().map(Method::as_str), ",")
                };
                Self::Listed { methods: methods.clone(), line }
            }
            config::Methods::Requested => Self::Requested,
        }
    }

    /// Whether a page may use the method that a preflight names.
    #[inline]
    pub(crate) fn allow(&self, requested: &HeaderValue) -> bool {
        let requested = requested.as_bytes();
        is_safelisted(requested)
            || match self {
                Self::Any => is_usable(requested),
                Self::Listed { methods, .. } => {
                    methods.iter().any(|method| method.as_str().as_bytes() == requested)
                }
                // A bare `*` is never sent back, as it would mean more than the method of that name.
                Self::Requested => requested != b"*" && is_usable(requested),
            }
    }

    /// The header's value in the answer to a preflight. It is never left out: without it, a method
    /// counts as allowed where something else made the browser ask.
    /// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>
    #[inline]
    pub(crate) fn answer(&self, preflight: &HeaderMap) -> HeaderValue {
        match self {
            Self::Any => HeaderValue::from_static("*"),
            Self::Listed { line, .. } => line.clone(),
            Self::Requested => {
                let mut requested = preflight.get_all(header::ACCESS_CONTROL_REQUEST_METHOD).iter();
                match (requested.next(), requested.next()) {
                    (Some(method), None) if self.allow(method) => method.clone(),
                    _ => SAFELISTED,
                }
            }
        }
    }
}

pub(super) fn problems(settings: &Settings) -> Vec<Problem> {
    let config::Methods::List(methods) = &settings.allow_methods.0 else {
        return Vec::new();
    };
    let problem = |method: &Method| match method.as_str() {
        "*" => Some(Problem::wildcard_method()),
        name if is_forbidden(name.as_bytes()) => Some(Problem::forbidden_method(method)),
        _ => None,
    };
    let found = methods.iter().enumerate();
    found.filter_map(|(index, value)| Some(problem(value)?.at(index))).collect()
}

/// Needs no permission: <https://fetch.spec.whatwg.org/#cors-safelisted-method>
fn is_safelisted(method: &[u8]) -> bool {
    matches!(method, b"GET" | b"HEAD" | b"POST")
}

fn is_usable(method: &[u8]) -> bool {
    method.len() <= MAX_REQUESTED_BYTES && is_token(method) && !is_forbidden(method)
}

/// <https://fetch.spec.whatwg.org/#forbidden-method>
fn is_forbidden(method: &[u8]) -> bool {
    [&b"CONNECT"[..], b"TRACE", b"TRACK"]
        .iter()
        .any(|forbidden| method.eq_ignore_ascii_case(forbidden))
}
