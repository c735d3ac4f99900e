use http::{HeaderMap, HeaderName, HeaderValue};

/// All lines of a header as one value: <https://fetch.spec.whatwg.org/#concept-header-list-get>
pub(super) fn combined(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<u8>> {
    let lines: Vec<&[u8]> = headers.get_all(name).iter().map(HeaderValue::as_bytes).collect();
    (!lines.is_empty()).then(|| lines.join(&b", "[..]))
}

/// A value as text, for people.
pub(super) fn shown(value: &[u8]) -> String {
    value.escape_ascii().to_string()
}

/// The tokens in all lines of a header: <https://fetch.spec.whatwg.org/#extract-header-list-values>
///
/// `None` where the header is absent.
///
/// # Errors
///
/// If some element is not a token, with all lines.
pub(super) fn tokens(
    headers: &HeaderMap,
    name: &HeaderName,
) -> Result<Option<Vec<String>>, String> {
    let Some(value) = combined(headers, name) else {
        return Ok(None);
    };
    let mut tokens = Vec::new();
    for element in value.split(|byte| *byte == b',') {
        match without_whitespace(element) {
            [] => {}
            token if token.iter().all(is_token_byte) => {
                tokens.push(String::from_utf8_lossy(token).into_owned());
            }
            _ => return Err(shown(&value)),
        }
    }
    Ok(Some(tokens))
}

pub(super) fn without_whitespace(mut element: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = element {
        element = rest;
    }
    element
}

fn is_token_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte)
}
