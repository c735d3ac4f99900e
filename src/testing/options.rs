/// Whether a fetch sends credentials and may read what is answered to them:
/// <https://fetch.spec.whatwg.org/#concept-request-credentials-mode>
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Credentials {
    /// Wherever the request goes.
    Include,
    /// Never.
    Omit,
    /// To the page's own origin alone.
    #[default]
    SameOrigin,
}

/// What a fetch may do to other origins: <https://fetch.spec.whatwg.org/#concept-request-mode>
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Mode {
    /// Ask them, with CORS.
    #[default]
    Cors,
    /// Send them what a form could send, and read nothing.
    NoCors,
    /// Nothing.
    SameOrigin,
}

/// What a fetch does with a redirect: <https://fetch.spec.whatwg.org/#concept-request-redirect-mode>
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Redirect {
    /// Fail.
    Error,
    /// Follow it.
    #[default]
    Follow,
    /// Stop there, with a response of which the page sees nothing.
    Manual,
}
