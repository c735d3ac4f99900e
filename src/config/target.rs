use std::{fmt, net::Ipv6Addr};

use http::{
    Extensions, HeaderMap, Request, Uri,
    header::{HOST, HeaderValue},
    request::Parts,
};

/// What a request is for: all that a preflight has in common with the request that it announces.
///
/// Given to the condition of [`CorsLayer::when`](crate::CorsLayer::when), which so cannot tell
/// them apart.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    uri: &'a Uri,
    headers: &'a HeaderMap,
    extensions: &'a Extensions,
}

impl<'a> Target<'a> {
    /// The request's URI, as it comes to this layer: inside a nested router its prefix is gone. A
    /// path is as it was sent, neither decoded nor normalized.
    #[must_use]
    pub fn uri(&self) -> &'a Uri {
        self.uri
    }

    /// The host that the request is for, without a port, by the URI's authority and the `Host`
    /// header. None if there is no such host, if there are two `Host` headers, or if they disagree.
    ///
    /// Browsers send it in lower case, an IPv6 address in brackets, and a dot at its end if the user
    /// wrote one. Other programs send whatever they like: a host is no secret. What proxies say of
    /// it, in `X-Forwarded-Host`, is not read.
    #[must_use]
    pub fn host(&self) -> Option<&'a str> {
        let target = self.uri.host();
        let mut lines = self.headers.get_all(HOST).iter();
        let host = match (target, lines.next(), lines.next()) {
            (_, _, Some(_)) => None,
            (target, None, None) => target,
            (None, Some(line), None) => without_port(line),
            (Some(target), Some(line), None) => {
                without_port(line).filter(|host| host.eq_ignore_ascii_case(target))
            }
        };
        host.filter(|host| is_host(host))
    }

    /// What the server and the layers outside this one know of the request, such as the address of
    /// its connection. In axum, `Router::layer` comes after matching: there are `OriginalUri`, which
    /// is whole in a nested router too, and, where a route was found, `MatchedPath`. A layer around
    /// the whole router finds neither.
    #[must_use]
    pub fn extensions(&self) -> &'a Extensions {
        self.extensions
    }
}

/// What stands before the port in the value of a `Host` header.
fn without_port(line: &HeaderValue) -> Option<&str> {
    let text = line.to_str().ok()?;
    let end = match text.strip_prefix('[') {
        Some(address) => "[]".len() + address.find(']')?,
        None => text.find(':').unwrap_or(text.len()),
    };
    let (host, port) = text.split_at(end);
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let has_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    has_port.then_some(host)
}

/// <https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2>, but for commas: they join two headers.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let is_named = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+;=".contains(&byte);
    !host.is_empty() && host.bytes().all(is_named)
}

impl<'a, B> From<&'a Request<B>> for Target<'a> {
    fn from(request: &'a Request<B>) -> Self {
        let (uri, headers, extensions) = (request.uri(), request.headers(), request.extensions());
        Self { uri, headers, extensions }
    }
}

impl<'a> From<&'a Parts> for Target<'a> {
    fn from(parts: &'a Parts) -> Self {
        Self { uri: &parts.uri, headers: &parts.headers, extensions: &parts.extensions }
    }
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target")
            .field("uri", self.uri)
            .field("host", &self.host())
            .finish_non_exhaustive()
    }
}
