use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{cache::PreflightCache, profile::Profile};

/// What a browser and its pages share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) profile: Profile,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) cache: PreflightCache,
    /// Host and cookie.
    pub(super) cookies: Vec<(String, String)>,
    /// Since the browser was started.
    pub(super) now: Duration,
}

impl Shared {
    pub(super) fn new(profile: Profile) -> Self {
        Self { profile, state: Mutex::default() }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All cookies of the host, as they are sent.
    pub(super) fn cookies_for(&self, host: &str) -> Option<String> {
        let state = self.lock();
        let own = state.cookies.iter().filter(|(of, _)| of == host);
        let own: Vec<&str> = own.map(|(_, cookie)| cookie.as_str()).collect();
        (!own.is_empty()).then(|| own.join("; "))
    }
}
