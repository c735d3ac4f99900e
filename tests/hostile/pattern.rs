//! A listed pattern, taken apart, and what it should match.

pub(crate) struct Pattern {
    pub(crate) text: &'static str,
    /// With `://`, if there is one: a method and a name are hosts alone.
    pub(crate) scheme: &'static str,
    pub(crate) host: &'static str,
    pub(crate) has_subdomains: bool,
    pub(crate) port: Port,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Port {
    Any,
    /// With its colon, or nothing.
    Fixed(&'static str),
}

impl Pattern {
    pub(crate) fn new(text: &'static str) -> Self {
        let (scheme, authority) = match text.find("://") {
            Some(colon) => text.split_at(colon + "://".len()),
            None => ("", text),
        };
        let host_end = authority.rfind(':').filter(|_| !authority.ends_with(']'));
        let (host, port) = authority.split_at(host_end.unwrap_or(authority.len()));
        let port = if port == ":*" { Port::Any } else { Port::Fixed(port) };
        let below = host.strip_prefix("*.");
        let (host, has_subdomains) = (below.unwrap_or(host), below.is_some());
        Self { text, scheme, host, has_subdomains, port }
    }

    /// Whether it matches, as it should: what a naive matcher does with a value that it has made
    /// something else of.
    pub(crate) fn is(&self, value: &str) -> bool {
        let host = value.strip_prefix(self.scheme).and_then(|rest| self.without_port(rest));
        match host.and_then(|host| host.strip_suffix(self.host)) {
            Some("") => !self.has_subdomains,
            Some(below) if self.has_subdomains => {
                below.strip_suffix('.').is_some_and(|labels| labels.split('.').all(is_label))
            }
            _ => false,
        }
    }

    pub(crate) fn without_port<'a>(&self, value: &'a str) -> Option<&'a str> {
        match self.port {
            Port::Fixed(port) => value.strip_suffix(port),
            Port::Any => match value.rsplit_once(':') {
                Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => Some(host),
                _ => Some(value),
            },
        }
    }

    /// The origin without its wildcards.
    pub(crate) fn plain(&self) -> String {
        format!("{}{}{}", self.scheme, self.host, self.fixed_port())
    }

    pub(crate) fn fixed_port(&self) -> &'static str {
        match self.port {
            Port::Any => "",
            Port::Fixed(port) => port,
        }
    }
}

fn is_label(label: &str) -> bool {
    let is_label_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !label.is_empty() && label.bytes().all(is_label_byte)
}

#[test]
fn patterns_match_what_they_should() {
    for (pattern, matched, not) in [
        ("https://example.com", "https://example.com", "https://example.com:8443"),
        ("https://*.example.org", "https://a.b.example.org", "https://example.org"),
        ("http://localhost:*", "http://localhost:3000", "http://localhost.evil.example"),
        ("http://localhost:*", "http://localhost", "http://localhost:a"),
        ("https://*.a.example:*", "https://b.a.example:1", "https://ba.example:1"),
        ("http://[::1]:3000", "http://[::1]:3000", "http://[::1]"),
        ("PUT", "PUT", "PUTS"),
    ] {
        let parsed = Pattern::new(pattern);
        assert!(parsed.is(matched) && !parsed.is(not), "{pattern}");
    }
}
