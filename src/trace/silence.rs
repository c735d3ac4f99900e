use std::sync::Arc;

use crate::{classify::RequestHead, config::Settings, decide::Decision, policy::Policy};

#[inline]
pub(crate) fn observe(_policy: &Arc<Policy>, _request: RequestHead<'_>, _decision: &mut Decision) {}

pub(crate) fn warnings(_settings: &Settings) {}

#[cfg(feature = "reload")]
pub(crate) fn change(_change: &crate::policy::PolicyChange) {}
