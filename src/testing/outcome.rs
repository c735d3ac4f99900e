use std::{fmt, sync::Arc};

use super::{
    blocked::Blocked, exchange::Exchange, origin::Origin, reason::Reason, response::Response,
};

/// How a fetch ended, and all that went over the wire. It prints both.
#[derive(Clone, Debug)]
#[must_use]
pub struct Outcome {
    pub(super) ending: Ending,
    pub(super) exchanges: Arc<[Exchange]>,
}

/// What the page gets.
#[derive(Clone, Debug)]
pub(super) enum Ending {
    Blocked(Blocked),
    Opaque,
    Readable(Response),
}

impl Outcome {
    /// Of a fetch that was not even started.
    pub(super) fn refused(reason: Reason, url: &str, origin: &Origin) -> Self {
        let exchanges: Arc<[Exchange]> = Arc::default();
        let blocked = Blocked {
            reason,
            url: url.to_owned(),
            origin: origin.serialized().to_owned(),
            includes_credentials: false,
            exchanges: Arc::clone(&exchanges),
        };
        Self { ending: Ending::Blocked(blocked), exchanges }
    }

    /// The response, if the page can read it.
    #[must_use]
    pub fn readable(&self) -> Option<&Response> {
        match &self.ending {
            Ending::Readable(response) => Some(response),
            _ => None,
        }
    }

    /// Why the page sees a failure, if it does.
    #[must_use]
    pub fn blocked(&self) -> Option<&Blocked> {
        match &self.ending {
            Ending::Blocked(blocked) => Some(blocked),
            _ => None,
        }
    }

    /// Whether the page gets a response of which it can read nothing: to a `no-cors` request to
    /// another origin, or a redirect that is not followed.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        matches!(self.ending, Ending::Opaque)
    }

    /// The response that the page can read.
    ///
    /// # Panics
    ///
    /// If it can read none, with the reason, the fix and what went over the wire.
    #[track_caller]
    pub fn expect_readable(&self) -> &Response {
        match &self.ending {
            Ending::Readable(response) => response,
            _ => panic!(
                "the page cannot read the response
{self}"
            ),
        }
    }

    /// Why the page sees a failure.
    ///
    /// # Panics
    ///
    /// If it sees a response, with what went over the wire.
    #[track_caller]
    pub fn expect_blocked(&self) -> &Blocked {
        match &self.ending {
            Ending::Blocked(blocked) => blocked,
            _ => panic!(
                "the fetch is not blocked
{self}"
            ),
        }
    }

    /// Every request that the service saw, preflights included, with its response, in order.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// The preflights among the [`exchanges`](Self::exchanges).
    pub fn preflights(&self) -> impl Iterator<Item = &Exchange> {
        self.exchanges.iter().filter(|exchange| exchange.is_preflight)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ending {
            Ending::Blocked(blocked) => return blocked.fmt(f),
            Ending::Opaque => writeln!(f, "opaque response")?,
            Ending::Readable(response) => {
                writeln!(f, "readable response {} of {}", response.status, response.url)?;
            }
        }
        self.exchanges.iter().try_for_each(|exchange| write!(f, "\n{exchange}"))
    }
}
