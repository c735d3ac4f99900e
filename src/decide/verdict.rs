use std::{
    mem,
    task::{Context, Poll, ready},
};

use http::HeaderValue;

use super::Denial;
use crate::config::Pending;

/// Which CORS headers a response gets.
pub(crate) enum Verdict {
    Allowed(Grant),
    Denied(Denial),
    /// None, and nothing is refused by that.
    NotApplicable,
    Undecided(Box<Undecided>),
}

/// What a response tells its browser beyond what the policy tells everyone.
#[derive(Default)]
pub(crate) struct Grant {
    /// The request's origin, where it is what is sent back.
    pub(crate) origin: Option<HeaderValue>,
    pub(crate) allow_credentials: bool,
    /// In seconds, where it is asked for each origin.
    pub(crate) max_age: Option<u64>,
    pub(crate) is_head: bool,
    /// Why the browser will refuse all the same.
    pub(crate) denial: Option<Denial>,
}

/// A verdict that waits for an async predicate.
pub(crate) struct Undecided {
    pub(crate) pending: Pending,
    pub(crate) allowed: Grant,
    pub(crate) denied: Option<Denial>,
}

impl Verdict {
    /// What is granted now, or will be if the async predicate says so.
    pub(crate) fn grant_mut(&mut self) -> Option<&mut Grant> {
        match self {
            Self::Allowed(grant) => Some(grant),
            Self::Undecided(undecided) => Some(&mut undecided.allowed),
            Self::Denied(_) | Self::NotApplicable => None,
        }
    }

    /// Why something is refused.
    pub(crate) fn denial(&self) -> Option<Denial> {
        match self {
            Self::Allowed(grant) => grant.denial,
            Self::Denied(denial) => Some(*denial),
            Self::NotApplicable | Self::Undecided(_) => None,
        }
    }

    /// Whether something is refused now, or may be if the async predicate says so.
    pub(crate) fn may_deny(&self) -> bool {
        match self {
            Self::Allowed(grant) => grant.denial.is_some(),
            Self::Denied(_) | Self::Undecided(_) => true,
            Self::NotApplicable => false,
        }
    }

    /// The same headers without a refusal: CORS is not about this request.
    pub(crate) fn excused(self) -> Self {
        match self {
            Self::Allowed(grant) => Self::Allowed(Grant { denial: None, ..grant }),
            Self::Denied(_) | Self::NotApplicable => Self::NotApplicable,
            Self::Undecided(undecided) => {
                Self::Undecided(Box::new(Undecided { denied: None, ..*undecided }))
            }
        }
    }

    /// Waits until the verdict is out, and takes it.
    pub(crate) fn poll_decided(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Self::Undecided(undecided) = self {
            let is_allowed = ready!(undecided.pending.as_mut().poll(cx));
            let denied = undecided.denied.map_or(Self::NotApplicable, Self::Denied);
            *self =
                if is_allowed { Self::Allowed(mem::take(&mut undecided.allowed)) } else { denied };
        }
        Poll::Ready(())
    }

    pub(crate) fn take(&mut self) -> Self {
        mem::replace(self, Self::NotApplicable)
    }
}
