use http::{HeaderMap, HeaderName, HeaderValue, header::VARY};

use crate::policy::Vary;

/// Adds the names that are not there yet. All lines that are there stay as they are, and `*`
/// covers every name: <https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5>
#[inline]
pub(super) fn merge(vary: &Vary, has_lines: bool, headers: &mut HeaderMap) {
    match &vary.line {
        Some(line) if has_lines => add(&vary.names, line, headers),
        Some(line) => {
            headers.insert(VARY, line.clone());
        }
        None => {}
    }
}

fn add(names: &[HeaderName], line: &HeaderValue, headers: &mut HeaderMap) {
    let missing = || names.iter().map(HeaderName::as_str).filter(|name| !is_named(name, headers));
    let line = match missing().count() {
        0 => return,
        count if count == names.len() => line.clone(),
        _ => HeaderValue::try_from(missing().collect::<Vec<_>>().join(", "))
            .expect("header names are tokens"),
    };
    headers.append(VARY, line);
}

fn is_named(name: &str, headers: &HeaderMap) -> bool {
    let is_it = |token: &[u8]| token == b"*" || token.eq_ignore_ascii_case(name.as_bytes());
    headers.get_all(VARY).iter().any(|line| {
        // Most lines are one name.
        let line = line.as_bytes();
        is_it(line) || line.split(|byte| *byte == b',').any(|token| is_it(token.trim_ascii()))
    })
}
