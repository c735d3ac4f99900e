//! The strict reading of a configured pattern. A request's origin is only compared, and read by
//! [`Origin`](super::Origin).

use super::{
    fault::Fault,
    grammar::{self, MAX_HOST_LEN, MAX_LABEL_LEN, MAX_LEN},
};

/// The parts of a valid pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern<'a> {
    pub(crate) scheme: &'a str,
    /// The pattern stands for the subdomains of `host`, not for `host`.
    pub(crate) subdomains: bool,
    pub(crate) host: &'a str,
    pub(crate) port: Port<'a>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Port<'a> {
    Any,
    Default,
    Number(&'a str),
}

impl<'a> Pattern<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, Fault> {
        check_characters(text)?;
        let (scheme, rest) = split_scheme(text)?;
        check_end(rest)?;
        let (subdomains, rest) = match rest.strip_prefix("*.") {
            Some(parent) => (true, parent),
            None => (false, rest),
        };
        let (host, port) = split_port(rest);
        if port.is_some_and(|port| port.contains(':')) && is_bare_ipv6(rest) {
            return Err(Fault::Ipv6);
        }
        check_host(scheme, host)?;
        let port = parse_port(scheme, port)?;
        let pattern = Self { scheme, subdomains, host, port };
        pattern.check_wildcards()?;
        if text.len() > MAX_LEN { Err(Fault::TooLong) } else { Ok(pattern) }
    }

    /// Where the host ends in the text of the pattern.
    pub(super) fn host_end(&self) -> usize {
        let wildcard = if self.subdomains { "*.".len() } else { 0 };
        self.scheme.len() + "://".len() + wildcard + self.host.len()
    }

    /// Whether pages of this origin are served by the user's own machine.
    pub(crate) fn is_loopback(&self) -> bool {
        let is_ipv4 = grammar::is_canonical_ipv4(self.host.as_bytes());
        let is_address = self.host == "[::1]" || (is_ipv4 && self.host.starts_with("127."));
        !self.is_app() && (is_address || self.is_localhost())
    }

    /// `localhost` and the names under it, which are nobody's to register.
    pub(crate) fn is_localhost(&self) -> bool {
        self.host == "localhost" || self.host.ends_with(".localhost")
    }

    /// Whether the scheme is neither `http` nor `https`, but one of an app.
    pub(crate) fn is_app(&self) -> bool {
        !is_http(self.scheme)
    }

    fn check_wildcards(&self) -> Result<(), Fault> {
        let is_ip = self.host.starts_with('[') || grammar::is_canonical_ipv4(self.host.as_bytes());
        match self {
            Self { subdomains: true, .. } if is_ip => Err(Fault::WildcardOverIp),
            Self { subdomains: true, .. } | Self { port: Port::Any, .. } if self.is_app() => {
                Err(Fault::WildcardInApp)
            }
            _ => Ok(()),
        }
    }
}

fn is_http(scheme: &str) -> bool {
    matches!(scheme, "http" | "https")
}

fn check_characters(text: &str) -> Result<(), Fault> {
    match text {
        "" => return Err(Fault::Empty),
        "*" => return Err(Fault::AnyOrigin),
        "null" => return Err(Fault::Null),
        _ => {}
    }
    let is_list = text.matches("://").count() > 1 && text.contains([';', '|']);
    if is_list || text.contains(',') {
        return Err(Fault::List);
    }
    if text.contains(['"', '\'']) {
        return Err(Fault::Quotes);
    }
    if text.contains(char::is_whitespace) {
        return Err(Fault::Whitespace);
    }
    if !text.is_ascii() {
        return Err(Fault::Unicode);
    }
    Ok(())
}

/// Whether this may be an IPv6 address that lacks its brackets.
fn is_bare_ipv6(authority: &str) -> bool {
    authority.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
}

fn split_scheme(text: &str) -> Result<(&str, &str), Fault> {
    let (scheme, rest) = text.split_once(':').ok_or(Fault::MissingScheme)?;
    let after_slashes = rest.strip_prefix("//");
    let lower = scheme.to_ascii_lowercase();
    match (lower.as_str(), after_slashes) {
        ("http" | "https", Some(rest)) => Ok((scheme, rest)),
        ("about" | "blob" | "data" | "filesystem" | "ftp" | "javascript", _) => {
            Err(Fault::OpaqueScheme)
        }
        ("file", _) => Err(Fault::FileScheme),
        ("ws" | "wss", _) => Err(Fault::WebSocketScheme),
        ("*", _) => Err(Fault::MisplacedWildcard),
        (_, None) => Err(Fault::MissingScheme),
        _ if near_http(&lower).is_some() => Err(Fault::MistypedScheme),
        _ if !grammar::is_scheme(lower.as_bytes()) => Err(Fault::Scheme),
        (_, Some(rest)) => Ok((scheme, rest)),
    }
}

/// The one of `http` and `https` that `scheme` is a single edit away from.
pub(super) fn near_http(scheme: &str) -> Option<&'static str> {
    let is_near = |known: &&str| is_one_edit(scheme.as_bytes(), known.as_bytes());
    let near = ["https", "http"].into_iter().find(is_near);
    // Whoever writes an s means the secure one, though `httsp` is nearer to http.
    near.map(|known| if scheme.contains('s') { "https" } else { known })
}

/// Whether one text comes from the other by changing, adding or leaving out one byte.
pub(super) fn is_one_edit(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short_rest, long_rest) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 => !short_rest.is_empty() && short_rest[1..] == long_rest[1..],
        1 => *short_rest == long_rest[1..],
        _ => false,
    }
}

/// An origin ends with its host or port.
fn check_end(rest: &str) -> Result<(), Fault> {
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    if authority.contains('@') {
        return Err(Fault::Userinfo);
    }
    match tail {
        _ if authority.trim_matches('.').is_empty() => Err(Fault::NoHost),
        "" => Ok(()),
        "/" => Err(Fault::TrailingSlash),
        _ if tail.starts_with('?') => Err(Fault::Query),
        _ if tail.starts_with('#') => Err(Fault::Fragment),
        _ => Err(Fault::Path),
    }
}

/// Splits at the first colon behind the host, so that whatever is written as a port is seen.
pub(super) fn split_port(authority: &str) -> (&str, Option<&str>) {
    let literal_end = if authority.starts_with('[') { authority.find(']') } else { None };
    let host_end = literal_end.unwrap_or(0);
    match authority[host_end..].find(':') {
        Some(colon) => {
            let (host, port) = authority.split_at(host_end + colon);
            (host, Some(&port[1..]))
        }
        None => (authority, None),
    }
}

fn check_host(scheme: &str, host: &str) -> Result<(), Fault> {
    if scheme.contains(|c: char| c.is_ascii_uppercase())
        || host.contains(|c: char| c.is_ascii_uppercase())
    {
        return Err(Fault::UpperCase);
    }
    if grammar::is_host(scheme.as_bytes(), host.as_bytes()) {
        return Ok(());
    }
    let is_name_byte = |byte: u8| grammar::is_label_byte(&byte) || byte == b'.';
    Err(match host {
        "" => Fault::NoHost,
        _ if host.starts_with('[') => Fault::Ipv6,
        _ if host.contains('*') => Fault::MisplacedWildcard,
        _ if !host.bytes().all(is_name_byte) => Fault::HostCharacter,
        _ if host.len() > MAX_HOST_LEN => Fault::LongHost,
        _ if host.split('.').any(|label| label.len() > MAX_LABEL_LEN) => Fault::LongLabel,
        _ if host.ends_with('.') => Fault::TrailingDot,
        _ if host.split('.').any(str::is_empty) => Fault::EmptyLabel,
        _ => Fault::Ipv4,
    })
}

fn parse_port<'a>(scheme: &str, port: Option<&'a str>) -> Result<Port<'a>, Fault> {
    let Some(digits) = port else {
        return Ok(Port::Default);
    };
    match grammar::port(digits.as_bytes()) {
        _ if digits == "*" => Ok(Port::Any),
        None if digits.contains('*') => Err(Fault::MisplacedWildcard),
        None => Err(Fault::Port),
        Some(number) if grammar::default_port(scheme.as_bytes()) == Some(number) => {
            Err(Fault::DefaultPort)
        }
        Some(_) => Ok(Port::Number(digits)),
    }
}
