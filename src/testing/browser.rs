use std::{sync::Arc, time::Duration};

use super::{page::Page, profile::Profile, state::Shared};

/// A browser in process, with a preflight cache, cookies and a clock of its own. See
/// [the module](super) for what it does and does not do.
///
/// Clones and pages share one cache, one clock and the cookies.
#[derive(Clone, Debug)]
#[must_use]
pub struct Browser {
    shared: Arc<Shared>,
}

impl Browser {
    /// Starts a browser of [`Profile::Chromium`].
    pub fn new() -> Self {
        Self::with_profile(Profile::default())
    }

    /// Starts a browser that behaves as the profile says.
    pub fn with_profile(profile: Profile) -> Self {
        Self { shared: Arc::new(Shared::new(profile)) }
    }

    /// Gives the browser a cookie of one host, such as `sid=1`. It is sent with every request to
    /// that host that includes credentials; `Domain`, `Path`, `Secure` and `SameSite` are not
    /// modelled, and what responses set is not kept.
    pub fn cookie(self, host: impl Into<String>, cookie: impl Into<String>) -> Self {
        self.shared.lock().cookies.push((host.into().to_ascii_lowercase(), cookie.into()));
        self
    }

    /// Opens a page, given by its URL or origin: `https://app.example.com`, `tauri://localhost`, or
    /// `null` for a page of a `file:` or `data:` URL.
    ///
    /// # Panics
    ///
    /// If it is none of these.
    #[track_caller]
    pub fn page(&self, url: impl AsRef<str>) -> Page {
        Page::open(Arc::clone(&self.shared), url.as_ref())
    }

    /// Lets time pass, for the preflight cache.
    pub fn advance(&self, time: Duration) {
        let mut state = self.shared.lock();
        state.now = state.now.saturating_add(time);
    }
}

impl Default for Browser {
    fn default() -> Self {
        Self::new()
    }
}
