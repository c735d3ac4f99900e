use std::fmt;

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
    /// The request's URI, as it comes to this layer: a router that nests another one has taken its
    /// prefix away.
    #[must_use]
    pub fn uri(&self) -> &'a Uri {
        self.uri
    }

    /// The host that the request is for, without a port, by the URI's authority and the `Host`
    /// header. None if there is no such host, if there are two `Host` headers, or if they disagree.
    ///
    /// Browsers send it in lower case, and brackets around an IPv6 address. Other programs send
    /// whatever they like: a host is no secret.
    #[must_use]
    pub fn host(&self) -> Option<&'a str> {
        let target = self.uri.host();
        let mut lines = self.headers.get_all(HOST).iter();
        match (target, lines.next(), lines.next()) {
            (_, _, Some(_)) => None,
            (target, None, None) => target,
            (None, Some(line), None) => host(line),
            (Some(target), Some(line), None) => {
                host(line).filter(|host| host.eq_ignore_ascii_case(target))
            }
        }
    }

    /// What the server and the layers outside this one know of the request, such as the address of
    /// its connection.
    #[must_use]
    pub fn extensions(&self) -> &'a Extensions {
        self.extensions
    }
}

/// The host in the value of a `Host` header.
fn host(line: &HeaderValue) -> Option<&str> {
    let text = line.to_str().ok()?;
    let end = match text.strip_prefix('[') {
        Some(address) => address.find(']')? + 2,
        None => text.find(':').unwrap_or(text.len()),
    };
    let (host, port) = text.split_at(end);
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = !host.is_empty() && !host.contains(['/', '@', ' ', '\t', ',']);
    let has_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    (is_host && has_port).then_some(host)
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
