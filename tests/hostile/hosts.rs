//! What readers make of hosts and ports.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The host, however the rest may look.
pub(crate) fn host_of(text: &str) -> &str {
    let authority = text.split_once("://").map_or(text, |(_, rest)| rest);
    match authority.rfind(']') {
        Some(end) => &authority[..=end],
        None if authority.matches(':').count() > 1 => {
            authority.rsplit_once(':').map_or("", |(host, _)| host)
        }
        None => authority.split(':').next().unwrap_or_default(),
    }
}

/// The port in sixteen bits.
pub(crate) fn wrapped_port(text: &str) -> Option<u16> {
    let (_, port) = text.rsplit_once(':')?;
    let port: u128 = port.trim_start_matches('0').parse().ok()?;
    u16::try_from(port & 0xffff).ok()
}

/// The last two labels, which many take for the site.
pub(crate) fn site(host: &str) -> Option<&str> {
    let dots: Vec<_> = host.rmatch_indices('.').map(|(at, _)| at).take(2).collect();
    match dots[..] {
        [_, second] => Some(&host[second + 1..]),
        [_] => Some(host),
        _ => None,
    }
}

pub(crate) fn is_loopback(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    let is_name = host == "localhost" || host.starts_with("localhost.") || host == "localtest.me";
    let host = host.strip_suffix(".nip.example").unwrap_or(host);
    is_name || address(host).is_some_and(is_own)
}

fn is_own(address: Ipv6Addr) -> bool {
    let is_own = |address: Ipv4Addr| address.is_loopback() || address.is_unspecified();
    let v4 = address.to_ipv4_mapped();
    v4.map_or(address.is_loopback() || address.is_unspecified(), is_own)
}

/// An address in any of its spellings, each part cut to its bits.
pub(crate) fn address(host: &str) -> Option<Ipv6Addr> {
    let host = host.trim_end_matches('.').trim_matches(['[', ']', ' ']);
    let host = host.split(['%', '/']).next()?;
    dotted(host).map(|address| address.to_ipv6_mapped()).or_else(|| host.parse().ok())
}

fn dotted(host: &str) -> Option<Ipv4Addr> {
    let parts: Option<Vec<_>> = host.split('.').map(number).collect();
    let parts = parts.filter(|parts| parts.len() <= 4)?;
    let (last, first) = parts.split_last()?;
    let high = first.iter().zip([24, 16, 8]).map(|(part, shift)| (part & 0xff) << shift);
    let mask = u64::from(u32::MAX) >> (8 * first.len());
    u32::try_from(high.sum::<u64>() + (last & mask)).ok().map(Ipv4Addr::from)
}

fn number(text: &str) -> Option<u64> {
    let parsed = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some("") => Ok(0),
        Some(hex) => u64::from_str_radix(hex, 16),
        None if text.len() > 1 && text.starts_with('0') => u64::from_str_radix(text, 8),
        None => text.parse(),
    };
    parsed.ok()
}
