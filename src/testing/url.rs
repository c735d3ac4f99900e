use std::fmt;

use http::{Uri, uri::PathAndQuery};

use super::origin::{Origin, host_of, is_loopback};

/// An `http` or `https` URL, without its fragment. The host is taken as it is written, but for
/// upper case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Url {
    scheme: String,
    /// The port too, unless it is the scheme's own.
    authority: String,
    has_userinfo: bool,
    path_and_query: String,
}

impl Url {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let text = without_fragment(text);
        let invalid = || format!("{text:?} is not an http(s) URL that `http::Uri` can hold");
        let (scheme, rest) = text.split_once("://").ok_or_else(invalid)?;
        let scheme = scheme.to_ascii_lowercase();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (has_userinfo, host) = match authority.rsplit_once('@') {
            Some((_, host)) => (true, host),
            None => (false, authority),
        };
        let authority = authority_of(&scheme, host).ok_or_else(invalid)?;
        let path_and_query = normalized(path);
        PathAndQuery::try_from(path_and_query.as_str()).map_err(|_| invalid())?;
        Ok(Self { scheme, authority, has_userinfo, path_and_query })
    }

    /// The URL that a reference on this one's page, or in its `Location`, stands for.
    pub(super) fn join(&self, reference: &str) -> Result<Self, String> {
        let Self { scheme, authority, path_and_query, .. } = self;
        let reference = without_fragment(reference);
        let (path, _) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        if has_scheme(reference) {
            return Self::parse(reference);
        }
        if reference.starts_with("//") {
            return Self::parse(&format!("{scheme}:{reference}"));
        }
        let path = match reference.chars().next() {
            None => path_and_query.clone(),
            Some('/') => reference.to_owned(),
            Some('?') => format!("{path}{reference}"),
            Some(_) => format!("{}{reference}", &path[..=path.rfind('/').unwrap_or(0)]),
        };
        Self::parse(&format!("{scheme}://{authority}{path}"))
    }

    pub(super) fn origin(&self) -> Origin {
        Origin::tuple(format!("{}://{}", self.scheme, self.authority))
    }

    pub(super) fn authority(&self) -> &str {
        &self.authority
    }

    pub(super) fn host(&self) -> &str {
        host_of(&self.authority)
    }

    pub(super) fn has_userinfo(&self) -> bool {
        self.has_userinfo
    }

    pub(super) fn is_https(&self) -> bool {
        self.scheme == "https"
    }

    /// Whether the standard trusts what is said to it, whoever is on the way.
    /// <https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy>
    pub(super) fn is_trustworthy(&self) -> bool {
        self.is_https() || is_loopback(self.host())
    }

    pub(super) fn path_and_query(&self) -> &str {
        &self.path_and_query
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.path_and_query)
    }
}

fn without_fragment(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c <= ' ');
    text.split_once('#').map_or(text, |(before, _)| before)
}

fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn authority_of(scheme: &str, authority: &str) -> Option<String> {
    let default = match scheme {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let authority = authority.to_ascii_lowercase();
    let host = host_of(&authority);
    let port = match authority[host.len()..].strip_prefix(':') {
        None | Some("") => default,
        Some(port) => port.parse::<u16>().ok()?,
    };
    Uri::builder().scheme(scheme).authority(host).path_and_query("/").build().ok()?;
    Some(if port == default { host.to_owned() } else { format!("{host}:{port}") })
}

/// Encoded, with a leading slash, and without `.` and `..` among the segments of the path.
fn normalized(path_and_query: &str) -> String {
    let (path, query) = match path_and_query.find('?') {
        Some(at) => path_and_query.split_at(at),
        None => (path_and_query, ""),
    };
    let mut segments: Vec<&str> = Vec::new();
    let mut rest = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(segment) = rest.next() {
        match segment {
            "." | ".." => {
                if segment == ".." {
                    segments.pop();
                }
                // A last `.` or `..` names a folder, which ends in a slash.
                if rest.peek().is_none() {
                    segments.push("");
                }
            }
            _ => segments.push(segment),
        }
    }
    let path = encoded(&segments.join("/"), b"\"<>^`{}");
    format!("/{path}{}", encoded(query, b"\"<>'"))
}

/// Percent-encodes the bytes named, blanks, and what is not ASCII:
/// <https://url.spec.whatwg.org/#path-percent-encode-set>
fn encoded(text: &str, bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte.is_ascii_graphic() && !bytes.contains(&byte) {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
