use std::collections::BTreeSet;

use http::{HeaderName, Method};

use super::{Enforce, Exposed, Headers, Methods, Settings};

/// A protocol whose names are added to the user's own.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Preset {
    Connect,
    GrpcWeb,
    Mcp,
}

/// Calling for one twice is calling for it once.
pub(crate) type Presets = BTreeSet<Preset>;

/// What a protocol's specification names. Left out are headers that pages may set or read anyway
/// (`accept`, a response's `content-type`) and those that only the browser sets (a request's
/// `accept-encoding`).
struct Names {
    methods: &'static [Method],
    request_headers: &'static [&'static str],
    exposed_headers: &'static [&'static str],
}

impl Preset {
    /// Its setter.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::GrpcWeb => "grpc_web",
            Self::Mcp => "mcp",
        }
    }

    fn names(self) -> Names {
        match self {
            // https://connectrpc.com/docs/protocol
            Self::Connect => Names {
                methods: &[Method::GET, Method::POST],
                request_headers: &[
                    "connect-accept-encoding",
                    "connect-content-encoding",
                    "connect-protocol-version",
                    "connect-timeout-ms",
                    "content-encoding",
                    "content-type",
                ],
                // A page of the server's own origin can read the encodings, too.
                exposed_headers: &[
                    "accept-encoding",
                    "connect-accept-encoding",
                    "connect-content-encoding",
                    "content-encoding",
                ],
            },
            // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md, where `grpc-encoding` is
            // not used; the rest is https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
            Self::GrpcWeb => Names {
                methods: &[Method::POST],
                request_headers: &[
                    "content-type",
                    "grpc-message-type",
                    "grpc-timeout",
                    "x-grpc-web",
                    "x-user-agent",
                ],
                // Without a message, the trailers are sent as headers.
                exposed_headers: &["grpc-message", "grpc-status", "grpc-status-details-bin"],
            },
            // https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
            // https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
            Self::Mcp => Names {
                methods: &[Method::DELETE, Method::GET, Method::POST],
                request_headers: &[
                    "authorization",
                    "content-type",
                    "last-event-id",
                    "mcp-method",
                    "mcp-name",
                    "mcp-protocol-version",
                    "mcp-session-id",
                ],
                exposed_headers: &["mcp-session-id", "www-authenticate"],
            },
        }
    }
}

impl Settings {
    /// The methods of the user and of the presets.
    pub(crate) fn methods(&self) -> Methods {
        match &self.allow_methods.0 {
            Methods::List(own) => Methods::List(united(own, self.preset_methods())),
            all @ (Methods::Any | Methods::Requested) => all.clone(),
        }
    }

    /// The request headers of the user and of the presets.
    pub(crate) fn request_headers(&self) -> Headers {
        match &self.allow_headers.0 {
            Headers::List(own) => Headers::List(united(own, self.preset_request_headers())),
            all @ (Headers::Any | Headers::Requested) => all.clone(),
        }
    }

    /// The response headers of the user and of the presets.
    pub(crate) fn exposed_headers(&self) -> Exposed {
        match &self.expose_headers.0 {
            Exposed::List(own) => Exposed::List(united(own, self.preset_exposed_headers())),
            Exposed::Any => Exposed::Any,
        }
    }

    /// What the user and the presets enforce: the stricter of the two.
    pub(crate) fn enforced(&self) -> Enforce {
        if self.presets.contains(&Preset::Mcp) {
            Enforce::ListedOnly
        } else {
            self.enforce_origins.unwrap_or_default()
        }
    }

    pub(crate) fn preset_methods(&self) -> Vec<Method> {
        self.names().flat_map(|names| names.methods).cloned().collect()
    }

    pub(crate) fn preset_request_headers(&self) -> Vec<HeaderName> {
        parsed(self.names().flat_map(|names| names.request_headers))
    }

    pub(crate) fn preset_exposed_headers(&self) -> Vec<HeaderName> {
        parsed(self.names().flat_map(|names| names.exposed_headers))
    }

    fn names(&self) -> impl Iterator<Item = Names> {
        self.presets.iter().map(|preset| preset.names())
    }
}

/// The user's own in their order, then what the presets add.
fn united<T: Clone + PartialEq>(own: &[T], added: Vec<T>) -> Vec<T> {
    let mut united = own.to_vec();
    for name in added {
        if !united.contains(&name) {
            united.push(name);
        }
    }
    united
}

fn parsed<'a>(names: impl Iterator<Item = &'a &'static str>) -> Vec<HeaderName> {
    names.copied().map(HeaderName::from_static).collect()
}
