//! A policy as plain data, the layer that it configures, and what it says.

use std::time::Duration;

use http::{HeaderName, HeaderValue, Method, StatusCode};
use tower_cors::{
    AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, CorsLayer, ExposeHeaders,
};

use crate::origins::{NULL, Page, Pattern, is_asked_for, is_trusted};

#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub(crate) origins: Origins,
    pub(crate) allows_null: bool,
    pub(crate) credentials: Trust,
    pub(crate) methods: Names,
    pub(crate) headers: Names,
    /// `None`: any.
    pub(crate) exposed: Option<Vec<&'static str>>,
    pub(crate) max_age_millis: Option<u64>,
    pub(crate) preflight_status: u16,
    pub(crate) enforces: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Origins {
    Any,
    Fixed(Page),
    Listed { patterns: Vec<Pattern>, asks: bool },
    Mirror,
}

#[derive(Clone, Debug)]
pub(crate) enum Names {
    Any,
    List(Vec<&'static str>),
    Mirror,
}

/// Who may send credentials.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Trust {
    All,
    None,
    Some,
}

impl Policy {
    pub(crate) fn allows(&self, page: Page) -> bool {
        match &self.origins {
            Origins::Any => true,
            Origins::Fixed(fixed) => page == *fixed,
            _ if page == NULL => self.allows_null,
            Origins::Listed { patterns, asks } => {
                patterns.iter().any(|pattern| pattern.matches(page))
                    || (*asks && is_asked_for(&page.origin()))
            }
            Origins::Mirror => true,
        }
    }

    pub(crate) fn trusts(&self, page: Page) -> bool {
        match self.credentials {
            Trust::All => true,
            Trust::None => false,
            Trust::Some => is_trusted(&page.origin()),
        }
    }

    pub(crate) fn may_trust(&self) -> bool {
        self.credentials != Trust::None
    }

    /// Whether everyone is answered alike.
    pub(crate) fn is_static(&self) -> bool {
        matches!(self.origins, Origins::Any | Origins::Fixed(_)) && !self.enforces
    }

    pub(crate) fn layer(&self) -> CorsLayer {
        let layer = match (&self.origins, self.credentials) {
            // The one licence to mirror with credentials, which naming either would end.
            (Origins::Mirror, Trust::All) => CorsLayer::very_permissive(),
            _ => CorsLayer::new()
                .allow_origin(self.allow_origin())
                .allow_credentials(self.allow_credentials()),
        };
        let layer = match self.max_age_millis {
            Some(millis) => layer.max_age(Duration::from_millis(millis)),
            None => layer,
        };
        let layer = layer
            .dangerously_allow_origins(self.dangerous_origins())
            .allow_methods(self.methods.methods())
            .allow_headers(self.headers.headers())
            .expose_headers(match &self.exposed {
                None => ExposeHeaders::any(),
                Some(names) => ExposeHeaders::list(header_names(names)),
            })
            .preflight_status(StatusCode::from_u16(self.preflight_status).expect("a status"))
            .enforce_origins(self.enforces);
        layer.build().unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }

    fn allow_origin(&self) -> AllowOrigin {
        match &self.origins {
            Origins::Any => AllowOrigin::any(),
            Origins::Fixed(page) => {
                AllowOrigin::fixed(HeaderValue::try_from(page.origin()).expect("a header value"))
            }
            Origins::Listed { patterns, asks } => {
                let harmless = patterns.iter().filter(|pattern| !pattern.is_dangerous);
                let listed = AllowOrigin::patterns(harmless.map(Pattern::text));
                let asked = |origin: &HeaderValue| is_asked_for(origin.to_str().expect("ASCII"));
                let asking = AllowOrigin::predicate(move |origin, _| asked(origin));
                if *asks { listed.or(asking) } else { listed }
            }
            Origins::Mirror => AllowOrigin::mirror_request(),
        }
    }

    fn allow_credentials(&self) -> AllowCredentials {
        match self.credentials {
            Trust::All => AllowCredentials::yes(),
            Trust::None => AllowCredentials::default(),
            Trust::Some => AllowCredentials::predicate(|origin, _| {
                is_trusted(origin.to_str().expect("ASCII or absent"))
            }),
        }
    }

    fn dangerous_origins(&self) -> Vec<String> {
        let listed = match &self.origins {
            Origins::Listed { patterns, .. } => &patterns[..],
            _ => &[],
        };
        let dangerous = listed.iter().filter(|pattern| pattern.is_dangerous);
        dangerous.map(Pattern::text).chain(self.allows_null.then(|| NULL.origin())).collect()
    }
}

impl Names {
    /// Whether a name is covered that has to be.
    pub(crate) fn allow(&self, name: &str) -> bool {
        match self {
            Self::List(names) => names.contains(&name),
            Self::Any | Self::Mirror => true,
        }
    }

    fn methods(&self) -> AllowMethods {
        let method = |name: &&str| Method::from_bytes(name.as_bytes()).expect("a token");
        match self {
            Self::Any => AllowMethods::any(),
            Self::List(names) => AllowMethods::list(names.iter().map(method)),
            Self::Mirror => AllowMethods::mirror_request(),
        }
    }

    fn headers(&self) -> AllowHeaders {
        match self {
            Self::Any => AllowHeaders::any(),
            Self::List(names) => AllowHeaders::list(header_names(names)),
            Self::Mirror => AllowHeaders::mirror_request(),
        }
    }
}

fn header_names(names: &[&'static str]) -> impl Iterator<Item = HeaderName> {
    names.iter().map(|name| HeaderName::from_static(name))
}
