//! The grammar of a serialized origin: <https://fetch.spec.whatwg.org/#origin-header>, and
//! underscores in host names, which browsers send.

use std::{
    fmt::{self, Write},
    net::{Ipv4Addr, Ipv6Addr},
    str,
};

/// Longest origin that is looked at, in bytes.
pub(super) const MAX_LEN: usize = 326;
pub(super) const MAX_HOST_LEN: usize = 253;
pub(super) const MAX_LABEL_LEN: usize = 63;

/// Splits a serialized origin behind its scheme.
pub(super) fn split_scheme(origin: &[u8]) -> Option<(&[u8], &[u8])> {
    split_http(origin).or_else(|| {
        let (scheme, rest) = origin.split_at(origin.iter().position(|byte| *byte == b':')?);
        is_scheme(scheme).then_some((scheme, rest.strip_prefix(b"://")?))
    })
}

/// Splits an origin behind its scheme if that is one of the two which nearly all have.
pub(super) fn split_http(origin: &[u8]) -> Option<(&[u8], &[u8])> {
    match origin.strip_prefix(b"https://") {
        Some(authority) => Some((b"https", authority)),
        None => origin.strip_prefix(b"http://").map(|authority| (&b"http"[..], authority)),
    }
}

pub(super) fn is_scheme(scheme: &[u8]) -> bool {
    scheme.first().is_some_and(u8::is_ascii_lowercase)
        && scheme.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'.' | b'-'))
}

/// The port that a scheme leaves unwritten: <https://url.spec.whatwg.org/#default-port>.
pub(super) fn default_port(scheme: &[u8]) -> Option<u16> {
    match scheme {
        b"ftp" => Some(21),
        b"http" | b"ws" => Some(80),
        b"https" | b"wss" => Some(443),
        _ => None,
    }
}

/// A port as it is serialized: 1 to 65535, without leading zeros.
pub(super) fn port(digits: &[u8]) -> Option<u16> {
    if digits.is_empty() || digits[0] == b'0' || digits.len() > "65535".len() {
        return None;
    }
    let append = |number: u32, digit: &u8| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    };
    digits.iter().try_fold(0, append)?.try_into().ok()
}

/// Whether a scheme has these digits written behind its host: a port, and not its default one.
pub(super) fn is_written_port(scheme: &[u8], digits: &[u8]) -> bool {
    port(digits).is_some_and(|number| default_port(scheme) != Some(number))
}

/// Splits an authority at its last colon, if a port may stand behind it: near the end, and not in
/// an IPv6 literal. What is no host before it, or no port behind it, is for others to see.
pub(super) fn split_port(authority: &[u8]) -> (&[u8], Option<&[u8]>) {
    const LONGEST: usize = ":65535".len();
    let tail_start = authority.len().saturating_sub(LONGEST);
    match authority[tail_start..].iter().rposition(|byte| *byte == b':') {
        Some(colon) if !authority.ends_with(b"]") => {
            let (host, port) = authority.split_at(tail_start + colon);
            (host, Some(&port[1..]))
        }
        _ => (authority, None),
    }
}

/// Whether `host` is a host as it is serialized in an origin of `scheme`.
pub(super) fn is_host(scheme: &[u8], host: &[u8]) -> bool {
    if let Some(literal) = ipv6_literal(host) {
        return is_canonical_ipv6(literal);
    }
    last_label(host).is_some_and(|last| !reads_as_ipv4(scheme, last) || is_canonical_ipv4(host))
}

/// The last of labels of 1 to 63 bytes joined by single dots, 253 bytes in all; none where the host
/// is not that.
pub(super) fn last_label(host: &[u8]) -> Option<&[u8]> {
    let is_label_len = |len| (1..=MAX_LABEL_LEN).contains(&len);
    let mut label_len = 0;
    for byte in host {
        if is_label_byte(byte) {
            label_len += 1;
        } else if *byte == b'.' && is_label_len(label_len) {
            label_len = 0;
        } else {
            return None;
        }
    }
    let is_domain = is_label_len(label_len) && host.len() <= MAX_HOST_LEN;
    is_domain.then(|| &host[host.len() - label_len..])
}

pub(super) fn is_label_byte(byte: &u8) -> bool {
    LABEL_BYTES[usize::from(*byte)]
}

/// One load for each byte of a host, where ranges would take several comparisons.
static LABEL_BYTES: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0;
    while byte < bytes.len() {
        bytes[byte] = matches!(byte as u8, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
        byte += 1;
    }
    bytes
};

/// Whether browsers read a host with this last label as an IPv4 address: it is a number, and the
/// scheme is not an app's, whose host may be any name, a number included.
/// <https://url.spec.whatwg.org/#ends-in-a-number-checker>
pub(super) fn reads_as_ipv4(scheme: &[u8], last_label: &[u8]) -> bool {
    if !last_label.first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let is_number = match last_label.strip_prefix(b"0x") {
        Some(hex) => hex.iter().all(u8::is_ascii_hexdigit),
        None => last_label.iter().all(u8::is_ascii_digit),
    };
    is_number && default_port(scheme).is_some()
}

/// The standard library reads IPv4 addresses in their canonical form only.
pub(super) fn is_canonical_ipv4(host: &[u8]) -> bool {
    str::from_utf8(host).is_ok_and(|host| host.parse::<Ipv4Addr>().is_ok())
}

/// What stands between the brackets of an IPv6 literal.
pub(super) fn ipv6_literal(host: &[u8]) -> Option<&[u8]> {
    host.strip_prefix(b"[")?.strip_suffix(b"]")
}

fn is_canonical_ipv6(literal: &[u8]) -> bool {
    let Some(address) = str::from_utf8(literal).ok().and_then(|text| text.parse().ok()) else {
        return false;
    };
    let mut rest = Remaining(literal);
    write_ipv6(&mut rest, &address).is_ok() && rest.0.is_empty()
}

/// Writes an address as browsers do: never with an embedded dotted IPv4 address.
/// <https://url.spec.whatwg.org/#concept-ipv6-serializer>
pub(super) fn write_ipv6(out: &mut impl Write, address: &Ipv6Addr) -> fmt::Result {
    match (address.to_ipv4_mapped(), address.segments()) {
        (Some(_), [.., high, low]) => write!(out, "::ffff:{high:x}:{low:x}"),
        (None, _) => write!(out, "{address}"),
    }
}

/// Compares what is written into it with a text, without allocating.
struct Remaining<'a>(&'a [u8]);

impl Write for Remaining<'_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(part.as_bytes()).ok_or(fmt::Error)?;
        Ok(())
    }
}
