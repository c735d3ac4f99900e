//! What a browser remembers of preflights, for how long, and for whom.

use std::time::Duration;

use tower_cors::testing::{Browser, Credentials, Fetch, Profile};

use crate::server::{ACAC, ACAH, ACAM, ACAO, ACMA, API, APP, Line, Server, answer};

const ALL: [Profile; 4] = [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit];

async fn is_preflighted(fetch: Fetch, server: &Server) -> bool {
    let outcome = fetch.send(&mut server.clone()).await;
    outcome.expect_readable();
    outcome.preflights().count() == 1
}

fn server(lines: &[Line]) -> Server {
    Server::preflighted(&[&[(ACAO, "*"), (ACAM, "PUT, DELETE"), (ACAH, "X-A")], lines].concat())
}

/// The seconds for which an answer is remembered, found by moving the clock.
async fn remembered(profile: Profile, lines: &[Line]) -> u64 {
    let server = server(lines);
    let candidates = [0, 5, 60, 600, 7_200, 86_400, 4_000_000_000];
    for seconds in candidates {
        let browser = Browser::with_profile(profile);
        let put = || browser.page(APP).put(API);
        assert!(is_preflighted(put(), &server).await);
        browser.advance(Duration::from_secs(seconds));
        if is_preflighted(put(), &server).await {
            if seconds > 0 {
                let browser = Browser::with_profile(profile);
                let put = || browser.page(APP).put(API);
                assert!(is_preflighted(put(), &server).await);
                browser.advance(Duration::from_secs(seconds) - Duration::from_nanos(1));
                assert!(!is_preflighted(put(), &server).await, "{seconds} is too long");
            }
            return seconds;
        }
    }
    u64::MAX
}

#[tokio::test]
async fn max_age() {
    let rows: [(&[Line], [u64; 4]); 16] = [
        (&[], [5, 5, 5, 5]),
        (&[(ACMA, "0")], [0, 0, 0, 0]),
        (&[(ACMA, "60")], [60, 60, 60, 60]),
        (&[(ACMA, "0060")], [60, 60, 60, 60]),
        (&[(ACMA, "7200")], [7_200, 7_200, 7_200, 600]),
        (&[(ACMA, "86400")], [7_200, 86_400, 86_400, 600]),
        (&[(ACMA, "4000000000")], [7_200, 86_400, 4_000_000_000, 600]),
        (&[(ACMA, "99999999999999999999")], [7_200, 86_400, u64::MAX, 600]),
        (&[(ACMA, "-1")], [0, 0, 5, 0]),
        (&[(ACMA, "-")], [5, 0, 5, 5]),
        (&[(ACMA, "junk")], [5, 0, 5, 5]),
        (&[(ACMA, "1.5")], [5, 0, 5, 5]),
        (&[(ACMA, "")], [5, 5, 5, 5]),
        (&[(ACMA, " \t")], [5, 5, 5, 5]),
        (&[(ACMA, "\t60 ")], [60, 60, 60, 60]),
        (&[(ACMA, "60"), (ACMA, "60")], [5, 0, 5, 5]),
    ];
    for (lines, expected) in rows {
        for (profile, expected) in ALL.into_iter().zip(expected) {
            assert_eq!(remembered(profile, lines).await, expected, "{profile:?} {lines:?}");
        }
    }
}

#[tokio::test]
async fn an_answer_serves_all_that_it_lists() {
    for profile in ALL {
        let browser = Browser::with_profile(profile);
        let page = browser.page(APP);
        let server = server(&[]);
        assert!(is_preflighted(page.put(API), &server).await);
        assert!(!is_preflighted(page.delete(API).header("x-a", "1"), &server).await);
        assert!(!is_preflighted(page.post(API).header("X-A", "1"), &server).await);
        assert!(!is_preflighted(page.put(format!("{API}#top")), &server).await);
        assert!(is_preflighted(page.put(format!("{API}?page=2")), &server).await);
        let head = is_preflighted(page.head(API).header("x-a", "1"), &server).await;
        assert_eq!(head, profile == Profile::Firefox);
    }
}

#[tokio::test]
async fn a_listener_asks_for_methods_that_need_no_asking() {
    let page = Browser::new().page(APP);
    let post = || page.post(API).upload_listener();
    let unlisted = Server::preflighted(&[(ACAO, "*"), (ACAM, "PUT")]);
    assert!(is_preflighted(post(), &unlisted).await);
    assert!(is_preflighted(post(), &unlisted).await);
    let silent = Server::preflighted(&[(ACAO, "*")]);
    assert!(is_preflighted(post(), &silent).await);
    assert!(!is_preflighted(post(), &silent).await);
}

#[tokio::test]
async fn entries_are_kept_apart() {
    let browser = Browser::new();
    let server = server(&[]);
    assert!(is_preflighted(browser.page(APP).put(API), &server).await);
    for (name, page, expected) in [
        ("the same page", browser.page(APP), false),
        (
            "another page of the origin",
            browser.page(APP).embedded_in("https://x.example.com"),
            false,
        ),
        ("in a page of another site", browser.page(APP).embedded_in("https://other.example"), true),
        ("another origin of the site", browser.page("https://x.example.com"), true),
        ("sandboxed", browser.page(APP).sandboxed(), true),
        ("another browser", Browser::new().page(APP), true),
    ] {
        assert_eq!(is_preflighted(page.put(API), &server).await, expected, "{name}");
    }
}

#[tokio::test]
async fn credentials_are_kept_apart() {
    let own = [(ACAO, APP), (ACAC, "true"), (ACAM, "PUT")];
    let server = Server::new(answer(204, &own), [answer(200, &own)]);
    for profile in ALL {
        for first in [Credentials::Include, Credentials::Omit] {
            let page = Browser::with_profile(profile).page(APP);
            assert!(is_preflighted(page.put(API).credentials(first), &server).await);
            assert!(!is_preflighted(page.put(API).credentials(first), &server).await);
            let second = match first {
                Credentials::Include => Credentials::Omit,
                _ => Credentials::Include,
            };
            let is_served = profile != Profile::Firefox && first == Credentials::Include;
            let asks = is_preflighted(page.put(API).credentials(second), &server).await;
            assert_eq!(asks, !is_served, "{profile:?} {first:?}");
        }
    }
}

#[tokio::test]
async fn an_answer_with_credentials_replaces_none_without() {
    let own = [(ACAO, APP), (ACAC, "true"), (ACAM, "PUT")];
    let server = Server::new(answer(204, &own), [answer(200, &own)]);
    let page = Browser::with_profile(Profile::Firefox).page(APP);
    for (credentials, asks) in
        [(Credentials::Omit, true), (Credentials::Include, true), (Credentials::Omit, false)]
    {
        let put = page.put(API).credentials(credentials);
        assert_eq!(is_preflighted(put, &server).await, asks, "{credentials:?}");
    }
}

#[tokio::test]
async fn wildcards_are_reused_but_in_firefox() {
    let open = Server::preflighted(&[(ACAO, "*"), (ACAM, "*"), (ACAH, "*")]);
    for profile in ALL {
        let page = Browser::with_profile(profile).page(APP);
        assert!(is_preflighted(page.put(API).header("x-a", "1"), &open).await);
        let other = is_preflighted(page.delete(API).header("x-b", "1"), &open).await;
        assert_eq!(other, profile == Profile::Firefox, "{profile:?}");
        if profile == Profile::Chromium {
            let fetch = page.get(API).header("authorization", "Bearer token");
            assert!(!is_preflighted(fetch, &open).await);
        }
    }
}

#[tokio::test]
async fn wildcards_that_came_with_credentials() {
    let own = [(ACAO, APP), (ACAC, "true"), (ACAM, "*, PUT")];
    let server = Server::new(answer(204, &own), [answer(200, &own)]);
    for (profile, expected) in ALL.into_iter().zip([true, true, false, false]) {
        let page = Browser::with_profile(profile).page(APP);
        let put = page.put(API).credentials(Credentials::Include);
        assert!(is_preflighted(put, &server).await);
        assert_eq!(is_preflighted(page.delete(API), &server).await, expected, "{profile:?}");
    }
}

#[tokio::test]
async fn opaque_origins_are_remembered_but_in_chromium() {
    for profile in ALL {
        let page = Browser::with_profile(profile).page(APP).sandboxed();
        assert!(is_preflighted(page.put(API), &server(&[])).await);
        let again = is_preflighted(page.put(API), &server(&[])).await;
        assert_eq!(again, profile == Profile::Chromium, "{profile:?}");
    }
}

#[tokio::test]
async fn answers_for_one_url_add_up_or_replace_each_other() {
    let [puts, deletes] =
        ["PUT", "DELETE"].map(|method| Server::preflighted(&[(ACAO, "*"), (ACAM, method)]));
    for (profile, expected) in ALL.into_iter().zip([true, false, false, true]) {
        let page = Browser::with_profile(profile).page(APP);
        assert!(is_preflighted(page.put(API), &puts).await);
        assert!(is_preflighted(page.delete(API), &deletes).await);
        assert!(!is_preflighted(page.delete(API), &deletes).await);
        assert_eq!(is_preflighted(page.put(API), &puts).await, expected, "{profile:?}");
    }
}

#[tokio::test]
async fn failures_clear_what_was_remembered() {
    let server = server(&[]);
    let other = format!("{API}?page=2");
    for profile in ALL {
        let page = Browser::with_profile(profile).page(APP);
        assert!(is_preflighted(page.put(API), &server).await);
        assert!(is_preflighted(page.put(&other), &server).await);
        let simple = page.get(API).send(&mut Server::actual(&[])).await;
        simple.expect_blocked();
        assert!(!is_preflighted(page.put(API), &server).await, "nothing hangs on a simple request");

        let failed = page.put(API).send(&mut Server::actual(&[])).await;
        assert!(!failed.expect_blocked().at_preflight());
        assert_eq!(failed.exchanges().len(), 1);
        let clears = matches!(profile, Profile::Firefox | Profile::Standard);
        assert_eq!(is_preflighted(page.put(API), &server).await, clears, "{profile:?}");

        let refused = page.patch(API).send(&mut server.clone()).await;
        assert!(refused.expect_blocked().at_preflight());
        assert!(is_preflighted(page.put(API), &server).await, "{profile:?}");
        assert!(!is_preflighted(page.put(&other), &server).await, "of this URL alone");
    }
}
