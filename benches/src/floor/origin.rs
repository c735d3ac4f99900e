//! The origins that the scenarios' requests have.

pub(super) fn host(origin: &[u8]) -> Option<&[u8]> {
    origin.strip_prefix(b"https://").or_else(|| origin.strip_prefix(b"http://"))
}

/// Whether an origin is serialized, with a name for its host. A name does not end in a number.
pub(super) fn is_served_by_name(origin: &[u8]) -> bool {
    let Some(host) = host(origin).filter(|host| host.len() <= 253) else {
        return false;
    };
    labels(host).is_some_and(|has_letter| has_letter)
}

/// Whether the last label has a letter; none where these are no labels joined by dots.
pub(super) fn labels(host: &[u8]) -> Option<bool> {
    let mut len = 0;
    for byte in host {
        if LABEL_BYTES[usize::from(*byte)] {
            len += 1;
        } else if *byte == b'.' && (1..=63).contains(&len) {
            len = 0;
        } else {
            return None;
        }
    }
    let last = &host[host.len() - len..];
    (1..=63).contains(&len).then(|| last.iter().any(|byte| !byte.is_ascii_digit()))
}

static LABEL_BYTES: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0;
    while byte < bytes.len() {
        bytes[byte] = matches!(byte as u8, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
        byte += 1;
    }
    bytes
};
