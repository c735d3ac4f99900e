/// A page that some policies allow.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Page {
    AnyPort,
    App,
    Tenant,
}

/// What a policy allows, in words that the layer has no part in.
pub(crate) struct Policy {
    pub(crate) pages: &'static [Page],
    pub(crate) methods: &'static [&'static str],
    pub(crate) headers: &'static [&'static str],
    pub(crate) exposed: &'static [&'static str],
    pub(crate) allows_credentials: bool,
    pub(crate) max_age: u32,
}

/// Those that take turns: no two say the same in any header, but for the origin.
pub(crate) const POLICIES: [Policy; 3] = [
    Policy {
        pages: &[Page::App],
        methods: &["PUT", "DELETE"],
        headers: &["authorization", "content-type"],
        exposed: &["etag"],
        allows_credentials: true,
        max_age: 600,
    },
    Policy {
        pages: &[Page::App, Page::Tenant],
        methods: &["PATCH"],
        headers: &["x-api-key"],
        exposed: &[],
        allows_credentials: false,
        max_age: 60,
    },
    Policy {
        pages: &[Page::Tenant, Page::AnyPort],
        methods: &["PUT"],
        headers: &["content-type"],
        exposed: &["etag", "x-request-id"],
        allows_credentials: true,
        max_age: 300,
    },
];

impl Page {
    pub(crate) const ALL: [Self; 3] = [Self::AnyPort, Self::App, Self::Tenant];

    pub(crate) fn origin(self) -> &'static str {
        match self {
            Self::AnyPort => "https://example.net:8443",
            Self::App => "https://example.com",
            Self::Tenant => "https://a.example.org",
        }
    }

    /// What a policy lists to allow it. The hostile values are made for these.
    pub(crate) fn pattern(self) -> &'static str {
        match self {
            Self::AnyPort => "https://example.net:*",
            Self::App => "https://example.com",
            Self::Tenant => "https://*.example.org",
        }
    }
}
