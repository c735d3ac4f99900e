use super::grammar::{self, MAX_LEN};

/// The origin of a request, read from its `Origin` header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'a> {
    pub(super) scheme: &'a [u8],
    pub(super) host: &'a [u8],
    pub(super) port: Option<&'a [u8]>,
}

impl<'a> Origin<'a> {
    /// Reads a serialized origin; anything else, `null` included, is none.
    pub(crate) fn parse(value: &'a [u8]) -> Option<Self> {
        if value.len() > MAX_LEN {
            return None;
        }
        let (scheme, authority) = grammar::split_scheme(value)?;
        let (host, port) = grammar::split_port(authority);
        let is_serialized = port.is_none_or(|digits| grammar::is_written_port(scheme, digits))
            && grammar::is_host(scheme, host);
        is_serialized.then_some(Self { scheme, host, port })
    }

    /// Whether a server that is addressed by `authority` (`host` or `host:port`) is this origin,
    /// as far as an authority can tell: it does not name the scheme.
    pub(crate) fn is_served_at(&self, authority: &[u8]) -> bool {
        if !matches!(self.scheme, b"http" | b"https") {
            return false;
        }
        let (host, port) = grammar::split_port(authority);
        let port = port.filter(|digits| grammar::port(digits).is_none_or(|port| self.writes(port)));
        host.eq_ignore_ascii_case(self.host) && port == self.port
    }

    pub(super) fn to_bytes(self) -> Vec<u8> {
        let port = self.port.map(|port| [b":", port].concat()).unwrap_or_default();
        [self.scheme, b"://", self.host, &port].concat()
    }

    /// Whether a port is written out, not being the scheme's default.
    fn writes(&self, port: u16) -> bool {
        grammar::default_port(self.scheme) != Some(port)
    }
}
