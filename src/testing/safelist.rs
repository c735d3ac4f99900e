use http::{HeaderMap, Method};

use super::profile::Profile;

const MAX_VALUE: usize = 128;
const MAX_VALUES: usize = 1024;

const CONTENT_TYPES: [&str; 3] =
    ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// What Chromium lets scripts send besides.
const CLIENT_HINTS: [&str; 9] = [
    "device-memory",
    "downlink",
    "dpr",
    "ect",
    "intervention",
    "rtt",
    "save-data",
    "viewport-width",
    "width",
];

/// <https://fetch.spec.whatwg.org/#cors-safelisted-method>
pub(super) fn is_safelisted_method(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::POST].contains(method)
}

/// The names that a preflight must ask for, in lower case, sorted, each once:
/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>
pub(super) fn unsafe_names(headers: &HeaderMap, profile: Profile) -> Vec<String> {
    let mut unsafe_names = Vec::new();
    let mut safe_names = Vec::new();
    let mut safe_bytes = 0;
    for (name, value) in headers {
        if is_safelisted(name.as_str(), value.as_bytes(), profile) {
            safe_names.push(name.as_str().to_owned());
            safe_bytes += value.len();
        } else {
            unsafe_names.push(name.as_str().to_owned());
        }
    }
    if safe_bytes > MAX_VALUES {
        unsafe_names.append(&mut safe_names);
    }
    unsafe_names.sort_unstable();
    unsafe_names.dedup();
    unsafe_names
}

/// Whether a `no-cors` request may have the header:
/// <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header>
pub(super) fn is_no_cors_safelisted(name: &str, value: &[u8]) -> bool {
    name != "range" && is_safelisted(name, value, Profile::Standard)
}

fn is_safelisted(name: &str, value: &[u8], profile: Profile) -> bool {
    value.len() <= MAX_VALUE
        && match name {
            "accept" => !value.iter().any(is_unsafe_byte),
            "accept-language" | "content-language" => value.iter().all(is_language_byte),
            "content-type" => !value.iter().any(is_unsafe_byte) && is_form_type(value),
            "range" => is_simple_range(value),
            _ => profile.safelists_client_hints() && CLIENT_HINTS.contains(&name),
        }
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>, without the control characters,
/// which no `HeaderValue` has.
fn is_unsafe_byte(byte: &u8) -> bool {
    br#""():<>?@[\]{}"#.contains(byte)
}

fn is_language_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b" *,-.;=".contains(byte)
}

fn is_form_type(value: &[u8]) -> bool {
    let essence = value.split(|byte| *byte == b';').next().unwrap_or_default();
    CONTENT_TYPES.iter().any(|known| essence.trim_ascii().eq_ignore_ascii_case(known.as_bytes()))
}

/// `bytes=N-` or `bytes=N-M`: <https://fetch.spec.whatwg.org/#simple-range-header-value>
fn is_simple_range(value: &[u8]) -> bool {
    let range = std::str::from_utf8(value).ok().and_then(|text| text.strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|range| range.split_once('-')) else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_number(first) && (last.is_empty() || (is_number(last) && !is_greater(first, last)))
}

/// Compares numbers of any length.
fn is_greater(first: &str, last: &str) -> bool {
    let [first, last] = [first, last].map(|digits| digits.trim_start_matches('0'));
    (first.len(), first) > (last.len(), last)
}
