//! The policies that the rows are made for.

use std::{
    future::ready,
    sync::{Arc, Mutex},
    time::Duration,
};

use http::{HeaderName, HeaderValue, Method, header::CONTENT_TYPE};
use tower_cors::{AllowHeaders, AllowMethods, AllowOrigin, Any, CorsLayer, Enforce};

pub(crate) const APP: &str = "https://example.com";
pub(crate) const LISTED_METHODS: &str = "PUT,DELETE";
pub(crate) const LISTED_HEADERS: &str = "content-type,x-api-key";

pub(crate) struct Victim {
    pub(crate) name: &'static str,
    pub(crate) trust: Trust,
    pub(crate) layer: CorsLayer,
}

/// Whom a policy trusts.
#[derive(Clone)]
pub(crate) enum Trust {
    Everyone,
    /// One origin, which is told to everyone.
    Fixed,
    /// What these patterns match, `benign` for one.
    Listed {
        patterns: &'static [&'static str],
        benign: &'static str,
    },
    /// Every serialized origin, each by its name.
    Serialized,
    /// Those for which a predicate says so, and it has seen these.
    Shown(Seen),
}

pub(crate) type Seen = Arc<Mutex<Vec<Vec<u8>>>>;

impl Victim {
    fn new(name: &'static str, trust: Trust, layer: CorsLayer) -> Self {
        let layer = layer
            .allow_methods([Method::PUT, Method::DELETE])
            .allow_headers([CONTENT_TYPE, HeaderName::from_static("x-api-key")])
            .max_age(Duration::from_secs(60))
            .build()
            .expect("the policy is valid");
        Self { name, trust, layer }
    }

    fn listed(
        name: &'static str,
        patterns: &'static [&'static str],
        benign: &'static str,
        change: fn(CorsLayer) -> CorsLayer,
    ) -> Self {
        let layer = CorsLayer::new().allow_origins(patterns).allow_credentials(true);
        Self::new(name, Trust::Listed { patterns, benign }, change(layer))
    }

    /// The patterns of a policy that has some.
    pub(crate) fn patterns(&self) -> &'static [&'static str] {
        match self.trust {
            Trust::Listed { patterns, .. } => patterns,
            Trust::Fixed => &[APP],
            Trust::Everyone | Trust::Serialized | Trust::Shown(_) => &[],
        }
    }
}

pub(crate) fn victims() -> Vec<Victim> {
    let same: fn(CorsLayer) -> CorsLayer = |layer| layer;
    let listed = Victim::listed;
    let mut victims = vec![
        listed("exact", &[APP], APP, same),
        listed("wildcard", &["https://*.example.org"], "https://a.example.org", same),
        listed("any-port", &["https://example.net:*"], "https://example.net:8443", same),
        listed("both", &["https://*.tenants.example:*"], "https://a.tenants.example:8443", same),
        listed("localhost", &["http://localhost:*"], "http://localhost:3000", same),
        listed("app", &APPS, "tauri://localhost", same),
        listed("ip", &ADDRESSES, "http://[::1]:3000", same),
        listed("several", &SEVERAL, "https://desk.example", |cors| cors.allow_credentials(false)),
        listed(
            "punycode",
            &["https://xn--bcher-kva.example"],
            "https://xn--bcher-kva.example",
            same,
        ),
        listed("enforced", &[APP], APP, |cors| cors.enforce_origins(true)),
        listed("listed-only", &[APP], APP, |cors| cors.enforce_origins(Enforce::ListedOnly)),
    ];
    victims.extend(open());
    victims
}

const APPS: [&str; 2] =
    ["tauri://localhost", "chrome-extension://abcdefghijklmnopabcdefghijklmnop"];
const ADDRESSES: [&str; 3] = ["http://127.0.0.1:3000", "http://[::1]:3000", "https://192.0.2.1"];
const SEVERAL: [&str; 3] = ["https://foo.example", "https://bar.example", "https://desk.example"];

/// Policies whose origins are not all listed.
fn open() -> Vec<Victim> {
    let new = CorsLayer::new;
    let mirror = AllowOrigin::mirror_request();
    let fixed = AllowOrigin::fixed(HeaderValue::from_static(APP));
    let (seen, seen_later) = (Seen::default(), Seen::default());
    let see = {
        let seen = seen.clone();
        AllowOrigin::predicate(move |origin, _| note(&seen, origin))
    };
    let see_later = {
        let seen = seen_later.clone();
        AllowOrigin::async_predicate(move |origin, _| ready(note(&seen, &origin)))
    };
    vec![
        Victim::new("mirror", Trust::Serialized, new().allow_origin(mirror)),
        Victim::new("very-permissive", Trust::Serialized, CorsLayer::very_permissive()),
        Victim::new("any", Trust::Everyone, new().allow_origin(Any)),
        Victim::new("fixed", Trust::Fixed, new().allow_origin(fixed).allow_credentials(true)),
        Victim::new("predicate", Trust::Shown(seen), new().allow_origin(see)),
        Victim::new("async-predicate", Trust::Shown(seen_later), new().allow_origin(see_later)),
    ]
}

fn note(seen: &Seen, origin: &HeaderValue) -> bool {
    seen.lock().expect("no predicate panics").push(origin.as_bytes().into());
    true
}

/// Policies for preflights of an allowed origin: those methods and headers may be asked for.
pub(crate) fn asked() -> Vec<(&'static str, CorsLayer)> {
    let new = || CorsLayer::new().allow_origins([APP]);
    let listed = new()
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([CONTENT_TYPE, HeaderName::from_static("x-api-key")]);
    let mirror = new()
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request());
    let any = new().allow_methods(Any).allow_headers(Any);
    vec![
        ("listed", listed),
        ("none", new()),
        ("mirror", mirror),
        ("any", any.clone()),
        ("any-with-credentials", any.allow_credentials(true)),
    ]
}
