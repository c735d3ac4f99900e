//! An origin that is taken back while browsers remember its preflights.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{Router, routing};
use http::Method;
use tower_cors::{
    CorsHandle, CorsLayer,
    testing::{Browser, Outcome, Page, Profile},
};

const APP: &str = "https://app.example.com";
const OTHER: &str = "https://other.example";
const MINUTE: Duration = Duration::from_secs(60);

fn cors(origin: &str) -> CorsLayer {
    CorsLayer::new().allow_origins([origin]).allow_methods([Method::PUT]).max_age(10 * MINUTE)
}

/// An application that counts what it runs, and the handle of its policy.
struct Site {
    app: Router,
    runs: Arc<AtomicUsize>,
    handle: CorsHandle,
}

impl Site {
    fn allowing(cors: CorsLayer) -> Self {
        let runs = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&runs);
        let put = routing::put(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            async { "saved" }
        });
        let (layer, handle) = cors.reloadable().expect("the policies under test build");
        Self { app: Router::new().route("/orders", put).layer(layer), runs, handle }
    }

    fn reload(&self, cors: CorsLayer) {
        let _ = self.handle.reload(cors).expect("the policies under test build");
    }

    async fn put(&mut self, page: &Page) -> Outcome {
        page.put("https://api.example.com/orders").send(&mut self.app).await
    }

    /// Of a PUT whose response is not read: whether it was asked for first, and whether it ran.
    async fn blocked_put(&mut self, page: &Page) -> (bool, bool) {
        let before = self.runs.load(Ordering::Relaxed);
        let outcome = self.put(page).await;
        outcome.expect_blocked();
        let ran = self.runs.load(Ordering::Relaxed) > before;
        (outcome.preflights().count() > 0, ran)
    }
}

const UNASKED_AND_RUN: (bool, bool) = (false, true);
const ASKED_AND_NOT_RUN: (bool, bool) = (true, false);

#[tokio::test]
async fn what_was_allowed_goes_on_running_and_is_not_read() {
    for (profile, then) in [
        (Profile::Chromium, UNASKED_AND_RUN),
        (Profile::Firefox, ASKED_AND_NOT_RUN),
        (Profile::Standard, ASKED_AND_NOT_RUN),
        (Profile::WebKit, UNASKED_AND_RUN),
    ] {
        let browser = Browser::with_profile(profile);
        let page = browser.page(APP);
        let mut site = Site::allowing(cors(APP));
        site.put(&page).await.expect_readable();
        site.reload(cors(OTHER));
        assert_eq!(site.blocked_put(&page).await, UNASKED_AND_RUN, "{profile:?}, first");
        assert_eq!(site.blocked_put(&page).await, then, "{profile:?}, second");
        browser.advance(11 * MINUTE);
        assert_eq!(site.blocked_put(&page).await, ASKED_AND_NOT_RUN, "{profile:?}, later");
    }
}

#[tokio::test]
async fn enforcement_ends_it_at_once() {
    let page = Browser::new().page(APP);
    let mut site = Site::allowing(cors(APP).enforce_origins(true));
    site.put(&page).await.expect_readable();
    site.reload(cors(OTHER).enforce_origins(true));
    assert_eq!(site.blocked_put(&page).await, (false, false));
}

/// The way that the guide proposes: first a short time, then the stricter policy.
#[tokio::test]
async fn a_short_time_first_leaves_seconds() {
    let browser = Browser::new();
    let page = browser.page(APP);
    let mut site = Site::allowing(cors(APP));
    site.put(&page).await.expect_readable();
    site.reload(cors(APP).max_age(Duration::from_secs(5)));
    browser.advance(11 * MINUTE);
    site.put(&page).await.expect_readable();
    site.reload(cors(OTHER));
    assert_eq!(site.blocked_put(&page).await, UNASKED_AND_RUN);
    browser.advance(Duration::from_secs(6));
    assert_eq!(site.blocked_put(&page).await, ASKED_AND_NOT_RUN);
}

/// So a policy that gets wider needs no waiting.
#[tokio::test]
async fn a_refusal_is_not_remembered() {
    for profile in [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit] {
        let page = Browser::with_profile(profile).page(APP);
        let mut site = Site::allowing(cors(OTHER));
        assert_eq!(site.blocked_put(&page).await, ASKED_AND_NOT_RUN, "{profile:?}");
        site.reload(cors(APP));
        site.put(&page).await.expect_readable();
    }
}
