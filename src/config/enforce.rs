/// Which requests from other origins are answered 403 instead of being run.
///
/// See [`enforce_origins`](crate::CorsLayer::enforce_origins).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[must_use]
#[non_exhaustive]
pub enum Enforce {
    /// Those whose `Origin` is not listed, even if it is the server's own: for servers that a page
    /// can reach under a rebound host name, such as tools on the user's machine.
    ListedOnly,
    /// None: CORS decides what pages may read, and all requests run.
    #[default]
    Off,
    /// Those whose origin is neither listed nor the server's own.
    SameOrigin,
}

impl From<bool> for Enforce {
    fn from(enforce: bool) -> Self {
        if enforce { Self::SameOrigin } else { Self::Off }
    }
}
