use std::{fmt, sync::Arc};

use super::{exchange::Exchange, reason::Reason};

/// A fetch of which the page sees nothing but that it failed.
///
/// It prints the console message, the fix, and what went over the wire.
#[derive(Clone, Debug)]
pub struct Blocked {
    pub(super) reason: Reason,
    pub(super) url: String,
    /// As the request that failed would send it.
    pub(super) origin: String,
    pub(super) includes_credentials: bool,
    pub(super) exchanges: Arc<[Exchange]>,
}

impl Blocked {
    /// What failed.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Whether it failed at a preflight, so that the request itself was never sent.
    #[must_use]
    pub fn at_preflight(&self) -> bool {
        self.last().is_some_and(Exchange::is_preflight)
    }

    /// The message that a browser prints on its console, shortened.
    #[must_use]
    pub fn console(&self) -> String {
        let Self { reason, url, origin, .. } = self;
        if let Reason::TypeError(_) = reason {
            return format!("Uncaught (in promise) {reason}");
        }
        let at = match reason {
            Reason::PreflightRedirected(_) => "",
            _ if self.at_preflight() => "the response to the preflight fails: ",
            _ => "",
        };
        let by = if self.is_cors_failure() { "blocked by CORS policy" } else { "blocked" };
        format!("Access to fetch at '{url}' from origin '{origin}' has been {by}: {at}{reason}")
    }

    /// What went over the wire, in order.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    pub(super) fn last(&self) -> Option<&Exchange> {
        self.exchanges.last()
    }

    fn is_cors_failure(&self) -> bool {
        !matches!(
            self.reason,
            Reason::NotSameOrigin
                | Reason::RedirectInvalid(_)
                | Reason::RedirectNotAllowed
                | Reason::RedirectedStream
                | Reason::ServiceFailed(_)
                | Reason::TooManyRedirects
        )
    }
}

impl fmt::Display for Blocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.console())?;
        writeln!(f, "fix: {}", self.fix())?;
        self.exchanges.iter().try_for_each(|exchange| write!(f, "\n{exchange}"))
    }
}

impl std::error::Error for Blocked {}
