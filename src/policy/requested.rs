//! What a preflight asks for, read within bounds.

use http::{HeaderMap, header::ACCESS_CONTROL_REQUEST_HEADERS};

/// How many bytes of requested names are looked at.
pub(super) const MAX_REQUESTED_BYTES: usize = 8 * 1024;
/// How many requested names are looked at.
const MAX_REQUESTED_NAMES: usize = 256;

/// So few bytes hold no more names than are looked at: each takes one, and one for its comma.
pub(super) const FEW_BYTES: usize = 2 * MAX_REQUESTED_NAMES;

/// Shows `examine` every header name that a preflight asks for. If there are too many, not all are
/// shown, and the answer is `None`.
///
/// Intermediaries split and pad the list, so lines are joined, white space and empty elements
/// skipped: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2>
pub(super) fn examine_names<'a>(
    preflight: &'a HeaderMap,
    mut examine: impl FnMut(&'a [u8]),
) -> Option<()> {
    let (mut bytes, mut names) = (0, 0);
    for line in preflight.get_all(ACCESS_CONTROL_REQUEST_HEADERS) {
        bytes += line.len();
        if bytes > MAX_REQUESTED_BYTES {
            return None;
        }
        for name in elements(line.as_bytes()) {
            names += 1;
            if names > MAX_REQUESTED_NAMES {
                return None;
            }
            examine(name);
        }
    }
    Some(())
}

/// The elements of a list, but for the empty ones.
pub(super) fn elements(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let elements = list.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    elements.filter(|element| !element.is_empty())
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>
pub(super) fn is_token(text: &[u8]) -> bool {
    !text.is_empty()
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte))
}
