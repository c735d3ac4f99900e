/// A page's origin. An opaque one equals none, not even itself.
#[derive(Clone, Debug)]
pub(super) struct Origin(Option<String>);

impl Origin {
    pub(super) fn opaque() -> Self {
        Self(None)
    }

    pub(super) fn tuple(serialized: String) -> Self {
        Self(Some(serialized))
    }

    /// `null` for an opaque origin.
    pub(super) fn serialized(&self) -> &str {
        self.0.as_deref().unwrap_or("null")
    }

    pub(super) fn is_opaque(&self) -> bool {
        self.0.is_none()
    }

    pub(super) fn is_https(&self) -> bool {
        self.serialized().starts_with("https://")
    }

    pub(super) fn is_same_origin(&self, other: &Self) -> bool {
        self.0.is_some() && self.0 == other.0
    }

    /// Whether both have the same scheme and registrable domain.
    pub(super) fn is_same_site(&self, other: &Self) -> bool {
        !self.is_opaque() && self.site() == other.site()
    }

    /// Scheme and registrable domain, or the whole host where it has none.
    pub(super) fn site(&self) -> String {
        match self.serialized().split_once("://") {
            Some((scheme, authority)) => {
                format!("{scheme}://{}", registrable_domain(host_of(authority)))
            }
            None => self.serialized().to_owned(),
        }
    }
}

/// The host of `host:port`.
pub(super) fn host_of(authority: &str) -> &str {
    match authority.rfind(':') {
        Some(colon) if !authority.ends_with(']') => &authority[..colon],
        _ => authority,
    }
}

pub(super) fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || (host.starts_with("127.") && is_ip(host))
}

fn registrable_domain(host: &str) -> &str {
    if is_ip(host) { host } else { domain(host).unwrap_or(host) }
}

fn is_ip(host: &str) -> bool {
    host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(feature = "public-suffix")]
fn domain(host: &str) -> Option<&str> {
    psl::domain_str(host)
}

/// Without the list of public suffixes every suffix has one label.
#[cfg(not(feature = "public-suffix"))]
fn domain(host: &str) -> Option<&str> {
    let (before, _) = host.rsplit_once('.')?;
    Some(&host[before.rfind('.').map_or(0, |dot| dot + 1)..])
}
