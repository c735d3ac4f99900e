use crate::{
    classify::RequestHead, config::Settings, decide::Decision, decide::Denial, policy::Policy,
};

pub(crate) struct Later;

impl Later {
    pub(crate) fn tell(&mut self, _policy: &Policy, _denial: Option<Denial>) {}
}

pub(crate) fn observe(_policy: &Policy, _request: RequestHead<'_>, _decision: &Decision) -> Later {
    Later
}

pub(crate) fn warnings(_settings: &Settings) {}
