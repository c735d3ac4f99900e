//! Preflights of redirects' targets, in which engines differ.

use tower_cors::testing::{Browser, Fetch, Page, Profile};

use crate::{
    redirects::{OTHER, open, run, to},
    server::{ACAM, ACAO, API, APP, Answer, Server, answer},
};

/// What the preflight of a redirect's target asks for, and from which origin.
async fn asked(profile: Profile, fetch: impl Fn(&Page) -> Fetch, first: Answer) -> Option<String> {
    let fetch = fetch(&Browser::with_profile(profile).page(APP));
    let outcome = run(fetch, &[first, open()]).await;
    let last = outcome.preflights().last()?;
    let value = |name| last.request_headers().get(name).map(|line| line.to_str().expect("ASCII"));
    let words = ["origin", "access-control-request-method", "access-control-request-headers"];
    let words: Vec<_> = words.into_iter().filter_map(value).collect();
    (outcome.exchanges()[0].url() != last.url()).then(|| words.join(" "))
}

#[tokio::test]
async fn what_engines_announce_after_a_redirect() {
    let put: fn(&Page) -> Fetch = |page| page.put(API);
    let authorized: fn(&Page) -> Fetch = |page| page.get(API).header("authorization", "x");
    let json: fn(&Page) -> Fetch = |page| page.post(API).json(&serde_json::json!({}));
    let put_home: fn(&Page) -> Fetch = |page| page.put("/");
    let authorized_home: fn(&Page) -> Fetch = |page| page.get("/").header("authorization", "x");
    // Chromium, Firefox, WebKit; the standard is as Chromium.
    let rows = [
        (
            "PUT, 307 to another origin",
            put,
            to(307, OTHER),
            ["null PUT", "https://app.example.com PUT", "null PUT"],
        ),
        (
            "PUT, 303",
            put,
            to(303, "/new"),
            ["", "https://app.example.com GET", "https://app.example.com GET"],
        ),
        (
            "authorization, 302 to another origin",
            authorized,
            to(302, OTHER),
            ["", "https://app.example.com GET", "null GET authorization"],
        ),
        (
            "JSON, 303",
            json,
            to(303, "/new"),
            ["", "https://app.example.com GET", "https://app.example.com GET content-type"],
        ),
        ("PUT from home, 303", put_home, to(303, API), ["", "", ""]),
        (
            "authorization from home, 302",
            authorized_home,
            to(302, API),
            ["", "https://app.example.com GET", "https://app.example.com GET authorization"],
        ),
    ];
    for (name, fetch, first, [chromium, firefox, webkit]) in rows {
        for (profile, expected) in [
            (Profile::Chromium, chromium),
            (Profile::Firefox, firefox),
            (Profile::Standard, chromium),
            (Profile::WebKit, webkit),
        ] {
            let asked = asked(profile, fetch, first.clone()).await;
            assert_eq!(asked.unwrap_or_default(), expected, "{name}, {profile:?}");
        }
    }
}

#[tokio::test]
async fn what_engines_remember_of_a_redirects_target() {
    for (name, first, expected) in [
        ("to another origin", to(307, OTHER), [true, false, false, true]),
        ("without need", to(303, "/new"), [false; 4]),
    ] {
        for (profile, expected) in
            [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit]
                .into_iter()
                .zip(expected)
        {
            let preflight = answer(204, &[(ACAO, "*"), (ACAM, "PUT")]);
            let page = Browser::with_profile(profile).page(APP);
            let server = || Server::new(preflight.clone(), [first.clone(), open()]);
            page.put(API).send(&mut server()).await.expect_readable();
            let again = page.put(API).send(&mut server()).await;
            again.expect_readable();
            assert_eq!(again.preflights().count() == 1, expected, "{name}, {profile:?}");
        }
    }
}
