use std::collections::HashSet;

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use super::{Advice, Closest, Missing, escaped, missing::STANDARD_METHODS};
use crate::{
    classify::{Line, RequestHead},
    config::{AllowHeaders, Settings},
    decide::Denial,
    policy::{Headers, Methods, Policy, problems},
};

/// How many names are listed.
const MOST_NAMES: usize = 8;
/// How many bytes of a name are shown.
const LONGEST_NAME: usize = 64;

pub(super) fn method_advice(policy: &Policy, line: Line<'_>) -> Advice {
    let Line::Single(requested) = line else {
        return "the preflight names several methods".into();
    };
    // A long one is not even copied.
    let is_usable = requested.len() <= LONGEST_NAME && Methods::Any.allow(requested);
    let usable = is_usable.then(|| Method::from_bytes(requested.as_bytes()).ok()).flatten();
    let reason =
        format!("method \"{}\" is not allowed", escaped(requested.as_bytes(), LONGEST_NAME));
    if let Some(closest) = other_case(policy, requested) {
        let caution = Some(format!("write \"{}\" in the page", closest.value));
        return Advice { closest: Some(closest), caution, ..Advice::from(reason) };
    }
    if let Some(standard) = standard_in_upper_case(requested) {
        let is_allowed = policy.methods.allow(&HeaderValue::from_static(standard));
        let and_here = if is_allowed { "" } else { " and in allow_methods" };
        let caution =
            format!("write \"{standard}\" in the page{and_here}: methods are case-sensitive");
        return Advice { caution: Some(caution), ..Advice::from(reason) };
    }
    let missing = usable
        .filter(|method| method.as_str() != "*")
        .map(|method| Missing::new("allow_methods", [method.to_string()]));
    Advice { missing, ..Advice::from(reason) }
}

pub(super) fn header_advice(policy: &Policy, preflight: &HeaderMap) -> Advice {
    let Some(mut refused) = policy.headers.refused(preflight) else {
        return "more headers are requested than can be sent back: 8 KiB or 256 names".into();
    };
    let mut seen = HashSet::new();
    refused.retain(|name| seen.insert(name.to_ascii_lowercase()));
    let names: Vec<_> = refused
        .iter()
        .take(MOST_NAMES)
        .map(|name| format!("\"{}\"", escaped(name, LONGEST_NAME)))
        .collect();
    let rest = if refused.len() > MOST_NAMES { ", …" } else { "" };
    let (noun, verb) = if refused.len() == 1 { ("header", "is") } else { ("headers", "are") };
    let reason = format!("{noun} {}{rest} {verb} not allowed", names.join(", "));
    // What is mirrored and still refused is no header that anything could allow.
    let usable = match policy.headers {
        Headers::Listed { .. } => usable_names(&refused),
        Headers::Any | Headers::Requested => None,
    };
    Advice {
        reason,
        closest: None,
        missing: usable
            .map(|names| Missing::new("allow_headers", names.iter().map(HeaderName::to_string))),
        caution: None,
    }
}

/// What a preflight is refused for next, once what it is refused for now is allowed.
pub(super) fn next(
    policy: &Policy,
    method: Line<'_>,
    preflight: &HeaderMap,
    denial: Denial,
) -> Option<String> {
    let is_method_allowed = matches!(method, Line::Single(method) if policy.methods.allow(method));
    match denial {
        Denial::HeaderNotAllowed => None,
        Denial::MethodNotAllowed => {
            let is_refused = !policy.headers.allow(preflight);
            is_refused.then(|| header_advice(policy, preflight).reason)
        }
        _ if is_method_allowed => next(policy, method, preflight, Denial::MethodNotAllowed),
        _ => Some(method_advice(policy, method).reason),
    }
}

/// What a preflight of the request would be refused for, as far as the request shows it: names that a
/// proxy may have added are not looked at.
pub(super) fn caution(policy: &Policy, request: RequestHead<'_>) -> Option<String> {
    let method = HeaderValue::from_str(request.method.as_str()).ok()?;
    let names = announced(request.headers);
    let advice = if !policy.methods.allow(&method) {
        method_advice(policy, Line::Single(&method))
    } else if !policy.headers.allow(&names) {
        header_advice(policy, &names)
    } else {
        return None;
    };
    Some(format!("a browser asks first, and its preflight is denied: {}", advice.reason))
}

/// The headers of a request that only a script sets, as its preflight names them.
fn announced(headers: &HeaderMap) -> HeaderMap {
    const FORMS: [&str; 3] =
        ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|value| value.split(';').next()).map(str::trim);
    let is_of_form = |essence: &str| FORMS.iter().any(|form| form.eq_ignore_ascii_case(essence));
    let names = [
        headers.contains_key(header::AUTHORIZATION).then_some("authorization"),
        essence.filter(|essence| !is_of_form(essence)).map(|_| "content-type"),
    ];
    let names: Vec<_> = names.into_iter().flatten().collect();
    let value = HeaderValue::from_str(&names.join(",")).ok().filter(|value| !value.is_empty());
    value.map(|value| (header::ACCESS_CONTROL_REQUEST_HEADERS, value)).into_iter().collect()
}

/// The method of the standard that is meant by another spelling.
fn standard_in_upper_case(requested: &HeaderValue) -> Option<&'static str> {
    let requested = requested.as_bytes();
    let is_meant = |method: &str| {
        let method = method.as_bytes();
        method != requested && method.eq_ignore_ascii_case(requested)
    };
    STANDARD_METHODS.into_iter().find(|method| is_meant(method))
}

/// The allowed method that differs only in case.
fn other_case(policy: &Policy, requested: &HeaderValue) -> Option<Closest> {
    let Methods::Listed { methods, .. } = &policy.methods else {
        return None;
    };
    let is_same_word =
        |method: &&Method| method.as_str().as_bytes().eq_ignore_ascii_case(requested.as_bytes());
    let method = methods.iter().find(is_same_word)?;
    Some(Closest { value: method.to_string(), difference: "methods are compared case-sensitively" })
}

fn usable_names(refused: &[&[u8]]) -> Option<Vec<HeaderName>> {
    let is_short =
        refused.len() <= MOST_NAMES && refused.iter().all(|name| name.len() <= LONGEST_NAME);
    let names: Vec<HeaderName> = refused
        .iter()
        .filter(|_| is_short)
        .map(|name| HeaderName::from_bytes(name).ok())
        .collect::<Option<_>>()?;
    (is_short && can_be_listed(&names)).then_some(names)
}

/// Whether a policy with these names builds: `*` and forbidden ones do not.
fn can_be_listed(names: &[HeaderName]) -> bool {
    let allow_headers = AllowHeaders::list(names.iter().cloned());
    problems(&Settings { allow_headers, ..Settings::default() }).is_empty()
}
