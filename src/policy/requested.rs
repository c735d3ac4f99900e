//! What a preflight asks for, read within bounds.

use http::{HeaderMap, HeaderValue, header::ACCESS_CONTROL_REQUEST_HEADERS};

/// How many bytes of requested names are looked at.
pub(super) const MAX_REQUESTED_BYTES: usize = 8 * 1024;
/// How many requested names are looked at.
const MAX_REQUESTED_NAMES: usize = 256;

/// The header names that a preflight asks for: `Access-Control-Request-Headers`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestedHeaders<'a>(&'a HeaderMap);

impl<'a> RequestedHeaders<'a> {
    pub(crate) fn of(preflight: &'a HeaderMap) -> Self {
        Self(preflight)
    }

    /// The names, if there are not too many. Intermediaries split and pad the list, so lines are
    /// joined, white space and empty elements skipped: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2>
    pub(super) fn names(self) -> Option<impl Iterator<Item = &'a [u8]>> {
        let len: usize = self.lines().map(<[u8]>::len).sum();
        let is_short = len <= MAX_REQUESTED_BYTES && self.elements().count() <= MAX_REQUESTED_NAMES;
        is_short.then(|| self.elements())
    }

    fn elements(self) -> impl Iterator<Item = &'a [u8]> {
        let elements = self.lines().flat_map(|line| line.split(|byte| *byte == b','));
        elements.map(<[u8]>::trim_ascii).filter(|element| !element.is_empty())
    }

    fn lines(self) -> impl Iterator<Item = &'a [u8]> {
        self.0.get_all(ACCESS_CONTROL_REQUEST_HEADERS).iter().map(HeaderValue::as_bytes)
    }
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>
pub(super) fn is_token(text: &[u8]) -> bool {
    !text.is_empty()
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte))
}
