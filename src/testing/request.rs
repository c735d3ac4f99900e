use http::{HeaderMap, Method, StatusCode};

use super::{
    options::{Credentials, Mode, Redirect},
    origin::Origin,
    profile::Profile,
    safelist::{is_safelisted_method, unsafe_names},
    url::Url,
};

/// A request as the standard has it, which may go out several times:
/// <https://fetch.spec.whatwg.org/#concept-request>
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) headers: HeaderMap,
    /// What the script has set, whatever redirects leave behind.
    pub(super) original_headers: HeaderMap,
    pub(super) payload: Payload,
    pub(super) mode: Mode,
    pub(super) credentials: Credentials,
    pub(super) redirect: Redirect,
    pub(super) use_cors_preflight: bool,
    /// Here, or before a redirect.
    pub(super) needed_preflight: bool,
    pub(super) origin: Origin,
    pub(super) partition: String,
    pub(super) tainting: Tainting,
    pub(super) url: Url,
    /// The URLs that redirected here, in order.
    pub(super) redirected_from: Vec<Url>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Payload {
    None,
    Source(Vec<u8>),
    /// Read once, so that it can be sent only once.
    Stream(Vec<u8>),
}

/// <https://fetch.spec.whatwg.org/#concept-request-response-tainting>
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Tainting {
    Basic,
    Cors,
    Opaque,
}

impl Request {
    pub(super) fn is_same_origin(&self) -> bool {
        self.origin.is_same_origin(&self.url.origin())
    }

    /// Where the request has been, and where it goes.
    pub(super) fn urls(&self) -> impl Iterator<Item = &Url> + Clone {
        self.redirected_from.iter().chain([&self.url])
    }

    /// The mode counts here, not whether there are any.
    pub(super) fn includes_credentials(&self) -> bool {
        self.credentials == Credentials::Include
    }

    pub(super) fn sends_credentials(&self) -> bool {
        match self.credentials {
            Credentials::Include => true,
            Credentials::Omit => false,
            Credentials::SameOrigin => self.tainting == Tainting::Basic,
        }
    }

    pub(super) fn needs_preflight(&self, profile: Profile) -> bool {
        let looks_back = profile.looks_back_for_preflights();
        let headers = if looks_back { &self.original_headers } else { &self.headers };
        self.tainting == Tainting::Cors
            && (self.use_cors_preflight
                || (looks_back && self.needed_preflight)
                || !is_safelisted_method(&self.method)
                || !unsafe_names(headers, profile).is_empty())
    }

    /// The request as its preflight has it.
    pub(super) fn announced(&self, profile: Profile) -> Self {
        let mut announced = self.clone();
        if profile.announces_original_headers() {
            announced.headers.clone_from(&self.original_headers);
        }
        if profile.announces_original_origin() {
            announced.redirected_from.clear();
        }
        announced
    }

    /// The page's origin, or `null` once some other origin has redirected elsewhere:
    /// <https://fetch.spec.whatwg.org/#serializing-a-request-origin>
    pub(super) fn serialized_origin(&self) -> &str {
        if self.has_tainted_origin() { "null" } else { self.origin.serialized() }
    }

    /// Whether an origin that is not the page's has redirected to another.
    pub(super) fn has_tainted_origin(&self) -> bool {
        self.urls().zip(self.urls().skip(1)).any(|(from, to)| {
            !from.origin().is_same_origin(&to.origin())
                && !from.origin().is_same_origin(&self.origin)
        })
    }

    /// What `Origin` says: <https://fetch.spec.whatwg.org/#append-a-request-origin-header>
    pub(super) fn origin_header(&self) -> Option<&str> {
        if self.tainting == Tainting::Cors {
            return Some(self.serialized_origin());
        }
        if [Method::GET, Method::HEAD].contains(&self.method) {
            return None;
        }
        // The default referrer policy, which counts outside mode `cors` only.
        let is_downgrade = self.origin.is_https() && !self.url.is_https();
        Some(match self.mode {
            Mode::NoCors | Mode::SameOrigin if is_downgrade => "null",
            _ => self.serialized_origin(),
        })
    }
}

/// <https://fetch.spec.whatwg.org/#null-body-status>
pub(super) fn is_null_body_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 101 | 103 | 204 | 205 | 304)
}
