//! The corrected text of a wrong pattern, where it can be told.

use std::net::Ipv4Addr;

use super::{
    grammar,
    parse::{Pattern, near_http, split_port},
};

/// Rewrites `text` as browsers would serialize what was surely meant. The result is a valid
/// pattern, and differs from `text`.
pub(crate) fn repair(text: &str) -> Option<String> {
    let lower = text.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    if lower.contains(char::is_whitespace) {
        return None;
    }
    let (scheme, rest) = repair_scheme(&lower)?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let authority = authority.rsplit('@').next()?;
    let (host, port) = split_port(authority);
    let host = repair_host(scheme.unwrap_or("http"), host)?;
    let scheme = scheme.unwrap_or_else(|| likely_scheme(&host));
    let port = repair_port(scheme, port)?;
    let repaired = format!("{scheme}://{host}{port}");
    (repaired != text && Pattern::parse(&repaired).is_ok()).then_some(repaired)
}

/// The scheme that was meant, if one was written, and what follows it.
fn repair_scheme(text: &str) -> Option<(Option<&str>, &str)> {
    if let Some((scheme, rest)) = text.split_once("://") {
        if ["http:", "http/", "https:", "https/"].iter().any(|again| rest.starts_with(again)) {
            return repair_scheme(rest);
        }
        let scheme = match scheme {
            "http" | "ws" => "http",
            "https" | "wss" => "https",
            _ => near_http(scheme).unwrap_or(scheme),
        };
        return Some((Some(scheme), rest));
    }
    for scheme in ["https", "http"] {
        let rest = text.strip_prefix(scheme).filter(|rest| rest.starts_with([':', '/']));
        if let Some(rest) = rest {
            return Some((Some(scheme), rest.trim_start_matches([':', '/'])));
        }
    }
    let rest = text.strip_prefix("//").unwrap_or(text);
    // A bare word is rather a keyword of some other library than a host.
    (rest.contains(['.', ':']) || rest.starts_with("localhost")).then_some((None, rest))
}

fn likely_scheme(host: &str) -> &'static str {
    let is_loopback = |text: &str| Pattern::parse(text).is_ok_and(|pattern| pattern.is_loopback());
    if is_loopback(&format!("http://{host}")) { "http" } else { "https" }
}

fn repair_host(scheme: &str, host: &str) -> Option<String> {
    if let Some(literal) = grammar::ipv6_literal(host.as_bytes()) {
        let mut repaired = String::from("[");
        let address = std::str::from_utf8(literal).ok()?.parse().ok()?;
        grammar::write_ipv6(&mut repaired, &address).ok()?;
        return Some(repaired + "]");
    }
    let host = host.trim_end_matches('.');
    let last_label = host.rsplit('.').next().unwrap_or_default();
    if grammar::reads_as_ipv4(scheme.as_bytes(), last_label.as_bytes()) {
        return read_ipv4(host).map(|address| address.to_string());
    }
    Some(host.into())
}

/// Reads the spellings of an IPv4 address that browsers take: <https://url.spec.whatwg.org/#concept-ipv4-parser>.
fn read_ipv4(host: &str) -> Option<Ipv4Addr> {
    let numbers: Vec<u32> = host.split('.').map(read_number).collect::<Option<_>>()?;
    let (last, bytes) = numbers.split_last()?;
    // Elsewhere a part is rather forgotten than left out.
    if bytes.len() < 3 && !bytes.is_empty() && bytes[0] != 127 {
        return None;
    }
    let free_bits = 32 - 8 * u32::try_from(bytes.len()).ok().filter(|bytes| *bytes < 4)?;
    if bytes.iter().any(|byte| *byte > 255) || u64::from(*last) >= 1 << free_bits {
        return None;
    }
    let high = bytes.iter().zip([24, 16, 8]).map(|(byte, shift)| byte << shift);
    Some(Ipv4Addr::from(high.sum::<u32>() + last))
}

fn read_number(text: &str) -> Option<u32> {
    match text.strip_prefix("0x") {
        Some("") => Some(0),
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        // Octal to browsers: whoever wrote it may have meant a decimal number.
        None if text.starts_with('0') => {
            let octal = u32::from_str_radix(text, 8).ok()?;
            (text.parse() == Ok(octal)).then_some(octal)
        }
        None => text.parse().ok(),
    }
}

fn repair_port(scheme: &str, port: Option<&str>) -> Option<String> {
    let digits = match port {
        None | Some("") => return Some(String::new()),
        Some("*") => return Some(":*".into()),
        Some(digits) => digits.trim_start_matches('0'),
    };
    let port = grammar::port(digits.as_bytes())?;
    let is_default = grammar::default_port(scheme.as_bytes()) == Some(port);
    Some(if is_default { String::new() } else { format!(":{port}") })
}
