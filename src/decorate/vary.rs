use http::{HeaderMap, HeaderName, HeaderValue, header::VARY};

use crate::policy::Vary;

/// Adds the names that are not there yet. All lines that are there stay as they are, and `*`
/// covers every name: <https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5>
#[inline]
pub(super) fn merge(vary: &Vary, has_lines: bool, headers: &mut HeaderMap) {
    let Some(line) = &vary.line else {
        return;
    };
    if !has_lines {
        headers.insert(VARY, line.clone());
        return;
    }
    let missing = || vary.names.iter().map(HeaderName::as_str).filter(|name| !names(headers, name));
    let line = match missing().count() {
        0 => return,
        count if count == vary.names.len() => line.clone(),
        _ => HeaderValue::try_from(missing().collect::<Vec<_>>().join(", "))
            .expect("header names are tokens"),
    };
    headers.append(VARY, line);
}

fn names(headers: &HeaderMap, name: &str) -> bool {
    let lines = headers.get_all(VARY).iter().map(HeaderValue::as_bytes);
    let mut tokens =
        lines.flat_map(|line| line.split(|byte| *byte == b',')).map(<[u8]>::trim_ascii);
    tokens.any(|token| token == b"*" || token.eq_ignore_ascii_case(name.as_bytes()))
}
