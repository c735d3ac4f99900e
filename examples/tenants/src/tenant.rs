use std::{error::Error, fmt, str::FromStr, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header::HOST, request::Parts, uri::Authority},
};

/// What follows the name of a tenant in a host: `acme.localhost`. Yours is `.example.com`.
const DOMAIN: &str = ".localhost";

/// The name of a tenant, as far as a request can say: nobody knows yet whether there is one.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Tenant(Arc<str>);

impl Tenant {
    /// Tells whose host a request is for.
    ///
    /// The CORS layer and the handlers ask this same question, so that no one is allowed what
    /// belongs to one tenant and given what belongs to another.
    #[must_use]
    pub fn of(parts: &Parts) -> Option<Self> {
        let host = match parts.uri.authority() {
            // Where a request has both, it counts: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
            Some(authority) => authority.host().to_ascii_lowercase(),
            None => {
                let mut hosts = parts.headers.get_all(HOST).iter();
                let (Some(host), None) = (hosts.next(), hosts.next()) else { return None };
                let authority = Authority::try_from(host.as_bytes()).ok()?;
                authority.host().to_ascii_lowercase()
            }
        };
        host.strip_suffix(DOMAIN)?.parse().ok()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Tenant {
    type Err = NotATenant;

    fn from_str(name: &str) -> Result<Self, NotATenant> {
        let is_label = (1..=63).contains(&name.len())
            && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if is_label { Ok(Self(name.into())) } else { Err(NotATenant) }
    }
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for Tenant {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Self::of(parts).ok_or((StatusCode::NOT_FOUND, "no tenant has this host\n"))
    }
}

/// A name that no tenant can have.
#[derive(Clone, Copy, Debug)]
pub struct NotATenant;

impl fmt::Display for NotATenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a tenant is a label of a host: 1 to 63 of a-z, 0-9 and `-`")
    }
}

impl Error for NotATenant {}
