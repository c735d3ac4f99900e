/// What is wrong with a pattern, and the wording of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    AnyOrigin,
    DefaultPort,
    Empty,
    EmptyLabel,
    FileScheme,
    Fragment,
    HostCharacter,
    Ipv4,
    Ipv6,
    List,
    LongHost,
    LongLabel,
    MisplacedWildcard,
    MissingScheme,
    MistypedScheme,
    NoHost,
    Null,
    OpaqueScheme,
    Path,
    Port,
    Query,
    Quotes,
    Scheme,
    TooLong,
    TrailingDot,
    TrailingSlash,
    Unicode,
    UpperCase,
    Userinfo,
    WebSocketScheme,
    Whitespace,
    WildcardInApp,
    WildcardInLiteral,
    WildcardOverIp,
}

impl Fault {
    /// Whether a correction of the text is what was meant: one of several origins is not, nor is
    /// one of another setter or of another kind of page.
    pub(super) fn is_repairable(self) -> bool {
        !matches!(
            self,
            Self::FileScheme | Self::List | Self::OpaqueScheme | Self::WildcardInLiteral
        )
    }

    /// Its code, what is wrong, and what to write where no correction can be computed.
    pub(super) fn wording(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::AnyOrigin => (
                "origin-any",
                "`*` is not one origin among others, it is all of them",
                "write allow_origin(Any) alone, or patterns such as \"https://*.example.com\" with allow_origins",
            ),
            Self::DefaultPort => {
                ("origin-default-port", "browsers leave out the default port", "leave it out too")
            }
            Self::Empty => ("origin-empty", "an origin is never empty", ORIGIN),
            Self::EmptyLabel => (
                "origin-empty-label",
                "a host has no empty label",
                "write a single dot between labels and none in front of them",
            ),
            Self::FileScheme => (
                "origin-file",
                "pages opened from files have the origin `null`, as every sandboxed frame has",
                "serve the page over http, such as \"http://localhost:8080\"",
            ),
            Self::Fragment => ("origin-fragment", "an origin has no fragment", ORIGIN),
            Self::HostCharacter => (
                "origin-host-character",
                "a host has only the characters a-z, 0-9, `-`, `_` and `.`",
                "write the host as browsers send it",
            ),
            Self::Ipv4 => (
                "origin-ipv4",
                "a host that ends in a number is an IPv4 address, and this is not its canonical form",
                "write four decimal numbers from 0 to 255 without leading zeros, such as \"http://127.0.0.1\"",
            ),
            Self::Ipv6 => (
                "origin-ipv6",
                "this is not the canonical form of an IPv6 address",
                "write it compressed, in lower case and in brackets, such as \"http://[::1]:3000\"",
            ),
            Self::List => (
                "origin-list",
                "this is a list in one text",
                "write each origin as a text of its own",
            ),
            Self::LongHost => (
                "origin-long-host",
                "a host has at most 253 bytes",
                "write the host as browsers send it",
            ),
            Self::LongLabel => (
                "origin-long-label",
                "a label of a host has at most 63 bytes",
                "write the host as browsers send it",
            ),
            Self::MisplacedWildcard => (
                "origin-misplaced-wildcard",
                "`*` stands only for whole labels in front of a host, or for a port",
                "write it as in \"https://*.example.com\" or \"http://localhost:*\"",
            ),
            Self::MissingScheme => {
                ("origin-missing-scheme", "an origin begins with its scheme and `://`", ORIGIN)
            }
            Self::MistypedScheme => {
                ("origin-mistyped-scheme", "the scheme looks like a misspelt http or https", ORIGIN)
            }
            Self::NoHost => ("origin-no-host", "an origin has a host", ORIGIN),
            Self::Null => (
                "origin-null",
                "`null` is the origin of every sandboxed frame, so anyone can have it",
                "leave it out, or if every site may read what you serve, write dangerously_allow_origins([\"null\"])",
            ),
            Self::OpaqueScheme => (
                "origin-opaque-scheme",
                "pages of this scheme send no origin of their own",
                "write the http or https origin that they are made by",
            ),
            Self::Path => ("origin-path", "an origin has no path", ORIGIN),
            Self::Port => (
                "origin-port",
                "a port is a number from 1 to 65535 without leading zeros",
                "write such a number, or `*` for any port",
            ),
            Self::Query => ("origin-query", "an origin has no query", ORIGIN),
            Self::Quotes => (
                "origin-quotes",
                "quotes are no part of an origin",
                "write the origin without them",
            ),
            Self::Scheme => (
                "origin-scheme",
                "a scheme is a letter followed by letters, digits, `+`, `-` and `.`",
                ORIGIN,
            ),
            Self::TooLong => (
                "origin-too-long",
                "an origin has at most 326 bytes",
                "write the origin as browsers send it",
            ),
            Self::TrailingDot => {
                ("origin-trailing-dot", "a host does not end with a dot", "leave out the dot")
            }
            Self::TrailingSlash => (
                "origin-trailing-slash",
                "an origin has no slash at its end",
                "leave out the slash",
            ),
            Self::Unicode => (
                "origin-unicode",
                "browsers send host names in ASCII",
                "write the host in punycode, each label that needs it as `xn--…`",
            ),
            Self::UpperCase => (
                "origin-upper-case",
                "browsers send origins in lower case",
                "write it in lower case",
            ),
            Self::Userinfo => (
                "origin-userinfo",
                "an origin has no user name and no password",
                "leave out all up to the `@`",
            ),
            Self::WebSocketScheme => (
                "origin-web-socket-scheme",
                "a WebSocket handshake carries the origin of its page, which is http or https",
                ORIGIN,
            ),
            Self::Whitespace => (
                "origin-whitespace",
                "an origin has no white space",
                "write each origin as a text of its own, without spaces",
            ),
            Self::WildcardInApp => (
                "origin-wildcard-in-app",
                "wildcards stand only under http and https",
                "write each origin of an app in full",
            ),
            Self::WildcardInLiteral => (
                "origin-wildcard-in-literal",
                "a header value is taken literally, and no browser sends a `*`",
                "write patterns as strings, with allow_origins([\"https://*.example.com\"])",
            ),
            Self::WildcardOverIp => (
                "origin-wildcard-over-ip",
                "an IP address has no subdomains",
                "write each address in full",
            ),
        }
    }
}

const ORIGIN: &str = "write scheme, host and port, such as \"https://example.com\"";
