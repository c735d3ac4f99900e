//! Names that others may register to look like a known one.

use super::{grammar, near::Difference, parse::is_one_edit};

#[cfg(feature = "public-suffix")]
use super::public_suffix::{Standing, standing};

/// How a name, or the end of it, imitates another. Addresses are nobody's to choose.
pub(super) fn imitation(host: &[u8], known: &[u8]) -> Option<Difference> {
    let end = tail(host, known);
    let difference = if is_one_edit(host, known) || is_one_edit(end, known) {
        Difference::LookAlike
    } else if end != known && shape(end) == shape(known) {
        Difference::Homograph
    } else {
        return None;
    };
    let is_address = grammar::is_canonical_ipv4(host) || host.starts_with(b"[");
    let is_free = !is_address && !is_owned_by_one(common_parent(host, known));
    is_free.then_some(difference)
}

/// A name as it is seen at a glance.
fn shape(name: &[u8]) -> Vec<u8> {
    let mut shape = Vec::with_capacity(name.len());
    for byte in name {
        let (joined, seen) = match (shape.last(), byte) {
            (Some(b'r'), b'n') => (true, b'm'),
            (Some(b'v'), b'v') => (true, b'w'),
            (_, b'0') => (false, b'o'),
            (_, b'1') => (false, b'l'),
            (_, byte) => (false, *byte),
        };
        shape.truncate(shape.len() - usize::from(joined));
        shape.push(seen);
    }
    shape
}

/// Whether all names below are given by who registered this one.
#[cfg(feature = "public-suffix")]
fn is_owned_by_one(parent: &[u8]) -> bool {
    let standing = std::str::from_utf8(parent).map(standing);
    parent == b"localhost" || standing == Ok(Standing::Ordinary)
}

#[cfg(not(feature = "public-suffix"))]
fn is_owned_by_one(parent: &[u8]) -> bool {
    parent == b"localhost"
}

/// The labels that both end with.
fn common_parent<'a>(host: &'a [u8], other: &[u8]) -> &'a [u8] {
    let labels = |host: &'a [u8]| host.rsplit(|byte| *byte == b'.');
    let same = labels(host).zip(other.rsplit(|byte| *byte == b'.')).take_while(|(a, b)| a == b);
    let len: usize = same.map(|(label, _)| label.len() + ".".len()).sum();
    &host[host.len() - len.saturating_sub(".".len()).min(host.len())..]
}

/// The end of `host` that has as many labels as `other`.
fn tail<'a>(host: &'a [u8], other: &[u8]) -> &'a [u8] {
    let labels = other.iter().filter(|byte| **byte == b'.').count();
    let dots = host.iter().enumerate().rev().filter(|(_, byte)| **byte == b'.');
    dots.map(|(at, _)| &host[at + 1..]).nth(labels).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::is_one_edit;

    #[test]
    fn one_edit_is_one_edit() {
        for (a, b, expected) in [
            ("example", "exampel", false),
            ("example", "examp1e", true),
            ("example", "examplee", true),
            ("example", "xample", true),
            ("example", "example", false),
            ("example", "exam", false),
            ("", "a", true),
        ] {
            assert_eq!(is_one_edit(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
            assert_eq!(is_one_edit(b.as_bytes(), a.as_bytes()), expected, "{b} {a}");
        }
    }
}
