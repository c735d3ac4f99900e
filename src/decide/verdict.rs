use std::task::{Context, Poll, ready};

use http::HeaderValue;

use super::Denial;
use crate::config::Pending;

/// Which CORS headers a response gets.
pub(crate) enum Verdict {
    Allowed(Grant),
    Denied(Denial),
    /// None, and nothing is refused by that.
    NotApplicable,
    Undecided(Undecided),
}

/// What a response tells its browser beyond what the policy tells everyone.
pub(crate) struct Grant {
    /// The request's origin, where it is what is sent back.
    pub(crate) origin: Option<HeaderValue>,
    pub(crate) terms: Terms,
}

#[derive(Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) allow_credentials: bool,
    pub(crate) is_head: bool,
    /// Why the browser will refuse all the same.
    pub(crate) denial: Option<Denial>,
}

/// A verdict that waits for an async predicate.
pub(crate) struct Undecided {
    pub(crate) pending: Pending,
    /// Those of the grant, if it allows the origin.
    pub(crate) terms: Terms,
    pub(crate) denied: Option<Denial>,
}

impl Verdict {
    /// The terms of what is granted now, or will be if the async predicate says so.
    pub(crate) fn terms_mut(&mut self) -> Option<&mut Terms> {
        match self {
            Self::Allowed(grant) => Some(&mut grant.terms),
            Self::Undecided(undecided) => Some(&mut undecided.terms),
            Self::Denied(_) | Self::NotApplicable => None,
        }
    }

    /// Why something is refused.
    #[inline]
    pub(crate) fn denial(&self) -> Option<Denial> {
        match self {
            Self::Allowed(grant) => grant.terms.denial,
            Self::Denied(denial) => Some(*denial),
            Self::NotApplicable | Self::Undecided(_) => None,
        }
    }

    /// Whether something is refused now, or may be if the async predicate says so.
    #[inline]
    pub(crate) fn may_deny(&self) -> bool {
        self.denial().is_some() || matches!(self, Self::Undecided(_))
    }

    /// The same headers without a refusal: CORS is not about this request.
    pub(crate) fn excuse(&mut self) {
        match self {
            Self::Allowed(grant) => grant.terms.denial = None,
            Self::Denied(_) | Self::NotApplicable => *self = Self::NotApplicable,
            Self::Undecided(undecided) => undecided.denied = None,
        }
    }

    /// Waits until the verdict is out.
    #[inline]
    pub(crate) fn poll_decided(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Self::Undecided(Undecided { pending, terms, denied }) = self {
            let (terms, denied) = (*terms, *denied);
            *self = match (ready!(pending.as_mut().poll(cx)), denied) {
                (origin @ Some(_), _) => Self::Allowed(Grant { origin, terms }),
                (None, Some(denial)) => Self::Denied(denial),
                (None, None) => Self::NotApplicable,
            };
        }
        Poll::Ready(())
    }
}
