use http::Request;

use crate::{
    inner::Inner,
    policy::{Policy, Who},
    request::{Asks, Requested},
};

/// A policy, what is asked, and what the service inside answers.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// What it is called in tables.
    pub name: &'static str,
    /// What is allowed.
    pub policy: Policy,
    /// What is asked.
    pub asks: Asks,
    /// What the service inside answers.
    pub inner: Inner,
    /// What becomes of the request.
    pub kind: Kind,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// It is an actual request, and its page may read the response.
    Allowed,
    /// It is an actual request, and its page may not.
    Denied,
    /// It has no `Origin`.
    NotCors,
    /// It is a preflight, and all it asks for is allowed.
    PreflightAllowed,
    /// It is a preflight, and something it asks for is not.
    PreflightRefused,
}

impl Kind {
    /// What it is called in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::NotCors => "not CORS",
            Self::PreflightAllowed => "preflight allowed",
            Self::PreflightRefused => "preflight refused",
        }
    }
}

impl Scenario {
    pub(crate) const fn new(name: &'static str, policy: Policy, asks: Asks, kind: Kind) -> Self {
        let inner = match kind {
            Kind::PreflightAllowed | Kind::PreflightRefused => Inner::Nothing,
            Kind::Allowed | Kind::Denied | Kind::NotCors => Inner::Headers(3),
        };
        Self { name, policy, asks, inner, kind }
    }

    pub(crate) const fn with(self, inner: Inner) -> Self {
        Self { inner, ..self }
    }

    /// The request with the number `nth`.
    #[must_use]
    pub fn request(&self, nth: usize) -> Request<()> {
        self.asks.request(self.policy, nth)
    }

    /// Whether the request is so long that making it takes more than serving it.
    #[must_use]
    pub fn is_huge(&self) -> bool {
        matches!(
            self.asks,
            Asks::Actual(Who::Huge(_))
                | Asks::Preflight(_, Requested::Huge(_) | Requested::PutWithHuge(_))
        )
    }

    /// Whether the response has no room for all headers that are added, so that its map grows or
    /// keeps a second line of one.
    #[must_use]
    pub fn overflows(&self) -> bool {
        // A map that was made by inserts has places for 6, 12, 24 headers.
        let count = self.inner.header_count();
        let places = if count > 6 { 12 } else { 6 };
        let added = match self.policy {
            Policy::Any => 1,
            Policy::Credentials => 4,
            _ => 2,
        };
        let second_line = matches!(self.inner, Inner::Vary(names) if names == "accept-encoding");
        self.kind == Kind::Allowed && (count + added > places || second_line)
    }
}
