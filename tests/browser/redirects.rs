//! Redirects: what is followed, with which method, headers and origin.

use tower_cors::testing::{Browser, Credentials, Fetch, Mode, Outcome, Page, Reason, Redirect};

use crate::server::{ACAC, ACAH, ACAM, ACAO, API, APP, Answer, Server, answer};

pub(crate) const OTHER: &str = "https://other.example/";

fn page() -> Page {
    Browser::new().page(APP)
}

fn preflight() -> Answer {
    answer(204, &[(ACAO, "*"), (ACAM, "*"), (ACAH, "*")])
}

pub(crate) async fn run(fetch: Fetch, answers: &[Answer]) -> Outcome {
    fetch.send(&mut Server::new(preflight(), answers.to_vec())).await
}

pub(crate) fn to(status: u16, location: &'static str) -> Answer {
    answer(status, &[(ACAO, "*"), ("location", location)])
}

pub(crate) fn open() -> Answer {
    answer(200, &[(ACAO, "*")])
}

/// Method, URL and `Origin` of every request.
fn trail(outcome: &Outcome) -> Vec<String> {
    let line = |exchange: &tower_cors::testing::Exchange| {
        let origin =
            exchange.request_headers().get("origin").map(|line| line.to_str().expect("ASCII"));
        format!("{} {} {}", exchange.method(), exchange.url(), origin.unwrap_or("-"))
    };
    outcome.exchanges().iter().map(line).collect()
}

#[tokio::test]
async fn a_redirect_is_checked_and_followed_unseen() {
    let hidden = answer(302, &[("location", "/new")]);
    let blocked = run(page().get(API), &[hidden]).await;
    assert_eq!(blocked.expect_blocked().reason(), &Reason::AllowOriginMissing);
    for status in [301, 302, 303, 307, 308] {
        let outcome = run(page().get(API), &[to(status, "/new"), open()]).await;
        let response = outcome.expect_readable();
        assert!(response.redirected());
        assert_eq!(response.url(), "https://api.example.com/new");
        assert_eq!(
            trail(&outcome),
            [
                "GET https://api.example.com/orders https://app.example.com",
                "GET https://api.example.com/new https://app.example.com"
            ]
        );
    }
    for status in [300, 304, 305, 306] {
        let outcome = run(page().get(API), &[to(status, "/new")]).await;
        assert_eq!(outcome.expect_readable().status().as_u16(), status);
    }
}

#[tokio::test]
async fn locations() {
    let base = "https://api.example.com/a/b?c";
    for (location, expected) in [
        ("x", "https://api.example.com/a/x"),
        ("./x/../y", "https://api.example.com/a/y"),
        ("x_y:z", "https://api.example.com/a/x_y:z"),
        ("..", "https://api.example.com/"),
        ("../../../x/.", "https://api.example.com/x/"),
        ("?d", "https://api.example.com/a/b?d"),
        ("#top", "https://api.example.com/a/b?c"),
        ("", "https://api.example.com/a/b?c"),
        ("/x?u=http://y/../z", "https://api.example.com/x?u=http://y/../z"),
        ("//other.example:443", "https://other.example/"),
        ("http://other.example:8080/x", "http://other.example:8080/x"),
        ("/ü <x>?ü <x>{", "https://api.example.com/%C3%BC%20%3Cx%3E?%C3%BC%20%3Cx%3E{"),
        ("HTTPS://[::1]:8443?x", "https://[::1]:8443/?x"),
    ] {
        let outcome = run(page().get(base), &[to(302, location), open()]).await;
        assert_eq!(outcome.expect_readable().url(), expected, "{location}");
    }
    for location in ["data:,x", "web+app-1.0://x", "https://", "https://a b/", "https://x:0x/"] {
        let outcome = run(page().get(base), &[to(302, location)]).await;
        let reason = outcome.expect_blocked().reason();
        assert!(matches!(reason, Reason::RedirectInvalid(_)), "{location} {reason:?}");
    }
    let nowhere = run(page().get(base), &[answer(302, &[(ACAO, "*")])]).await;
    assert_eq!(nowhere.expect_readable().status().as_u16(), 302);
    let two = answer(302, &[(ACAO, "*"), ("location", "/x"), ("location", "/x")]);
    let two = run(page().get(base), &[two]).await;
    assert!(matches!(two.expect_blocked().reason(), Reason::RedirectInvalid(_)));
}

#[tokio::test]
async fn twenty_are_followed() {
    let round = |count| vec![to(302, "/again"); count];
    let outcome = run(page().get(API), &[round(20), vec![open()]].concat()).await;
    assert_eq!(outcome.expect_readable().status().as_u16(), 200);
    assert_eq!(outcome.exchanges().len(), 21);
    let outcome = run(page().get(API), &[round(21), vec![open()]].concat()).await;
    assert_eq!(outcome.expect_blocked().reason(), &Reason::TooManyRedirects);
    assert_eq!(outcome.exchanges().len(), 21);
}

#[tokio::test]
async fn user_names_in_locations() {
    let named = "https://user:pass@api.example.com/";
    for (name, fetch, location, is_followed) in [
        ("tainted", page().get(API), named, false),
        ("leaving the page's origin", page().get("/"), named, false),
        ("within it", page().get("/"), "https://user@app.example.com/", true),
        ("back to it", page().get(API), "https://user@app.example.com/", false),
        ("opaque", page().get(API).mode(Mode::NoCors), named, true),
    ] {
        let outcome = run(fetch, &[to(302, location), open()]).await;
        let reason = outcome.blocked().map(|blocked| blocked.reason().clone());
        let expected = (!is_followed).then_some(Reason::RedirectCredentials);
        assert_eq!(reason, expected, "{name}");
    }
}

#[tokio::test]
async fn a_stream_is_not_sent_again() {
    let stream = || page().post(API).stream("a");
    for status in [301, 302, 307, 308] {
        let outcome = run(stream(), &[to(status, "/new"), open()]).await;
        assert_eq!(outcome.expect_blocked().reason(), &Reason::RedirectedStream, "{status}");
    }
    run(stream(), &[to(303, "/new"), open()]).await.expect_readable();
}

#[tokio::test]
async fn methods_and_bodies() {
    for (method, status, expected) in [
        ("POST", 301, "GET"),
        ("POST", 302, "GET"),
        ("POST", 303, "GET"),
        ("POST", 307, "POST"),
        ("POST", 308, "POST"),
        ("PUT", 301, "PUT"),
        ("PUT", 302, "PUT"),
        ("PUT", 303, "GET"),
        ("PUT", 307, "PUT"),
    ] {
        let fetch = page()
            .fetch(method, "/")
            .text("hello")
            .header("content-language", "en")
            .header("content-location", "/x")
            .header("x-a", "1");
        let outcome = run(fetch, &[to(status, "/new"), open()]).await;
        let last = outcome.exchanges().last().unwrap();
        assert_eq!(last.method(), expected, "{method} {status}");
        let is_get = expected == "GET";
        for name in ["content-type", "content-language", "content-location", "content-length"] {
            let has = last.request_headers().contains_key(name);
            assert_eq!(has, !is_get, "{method} {status} {name}");
        }
        assert_eq!(last.request_headers()["x-a"], "1");
    }
    let head = run(page().head("/"), &[to(303, "/new"), open()]).await;
    assert_eq!(head.exchanges().last().unwrap().method(), "HEAD");
}

#[tokio::test]
async fn authorization_stays_with_its_origin() {
    let get = || page().get(API).header("authorization", "Bearer token");
    for (location, is_kept) in [("/new", true), (OTHER, false), ("http://api.example.com/", false)]
    {
        let outcome = run(get(), &[to(302, location), open()]).await;
        let last = outcome.exchanges().last().unwrap();
        assert_eq!(last.request_headers().contains_key("authorization"), is_kept, "{location}");
        // The second origin asks for nothing that needs a preflight any more.
        assert_eq!(outcome.preflights().count(), if is_kept { 2 } else { 1 }, "{location}");
    }
}

#[tokio::test]
async fn a_redirect_across_origins_taints() {
    let outcome = run(page().get(API), &[to(302, OTHER), open()]).await;
    let to_other = [
        "GET https://api.example.com/orders https://app.example.com",
        "GET https://other.example/ null",
    ];
    assert_eq!(trail(&outcome), to_other);
    outcome.expect_readable();
    let named = answer(200, &[(ACAO, APP)]);
    let outcome = run(page().get(API), &[to(302, OTHER), named]).await;
    assert_eq!(outcome.expect_blocked().reason(), &Reason::AllowOriginMismatch(APP.to_owned()));
    let outcome = run(page().get("/"), &[to(302, API), open()]).await;
    let from_own = [
        "GET https://app.example.com/ -",
        "GET https://api.example.com/orders https://app.example.com",
    ];
    assert_eq!(trail(&outcome), from_own);
    let back = run(page().get(API), &[to(302, "https://app.example.com/x"), open()]).await;
    assert_eq!(trail(&back)[1], "GET https://app.example.com/x null");
    let silent = answer(200, &[]);
    let back = run(page().get(API), &[to(302, "https://app.example.com/x"), silent]).await;
    assert_eq!(back.expect_blocked().reason(), &Reason::AllowOriginMissing);
}

#[tokio::test]
async fn every_hop_has_its_preflight() {
    let outcome = run(page().put(API), &[to(307, OTHER), open()]).await;
    let expected = [
        "OPTIONS https://api.example.com/orders https://app.example.com",
        "PUT https://api.example.com/orders https://app.example.com",
        "OPTIONS https://other.example/ null",
        "PUT https://other.example/ null",
    ];
    assert_eq!(trail(&outcome), expected);
}

#[tokio::test]
async fn redirect_modes() {
    for (mode, url, first) in [
        (Redirect::Error, API, to(302, "/new")),
        (Redirect::Error, "/", answer(302, &[("location", "/new")])),
    ] {
        let outcome = run(page().get(url).redirect(mode), &[first, open()]).await;
        assert_eq!(outcome.expect_blocked().reason(), &Reason::RedirectNotAllowed, "{url}");
        assert_eq!(outcome.exchanges().len(), 1);
    }
    let manual = || page().get(API).redirect(Redirect::Manual);
    assert!(run(manual(), &[to(302, "/new")]).await.is_opaque());
    let unchecked = run(manual(), &[answer(302, &[("location", "/new")])]).await;
    assert_eq!(unchecked.expect_blocked().reason(), &Reason::AllowOriginMissing);
}

#[tokio::test]
async fn cookies_go_where_the_mode_lets_them() {
    let browser = Browser::new().cookie("app.example.com", "own=1");
    let own = [(ACAO, "null"), (ACAC, "true")];
    for (credentials, expected) in [(Credentials::SameOrigin, false), (Credentials::Include, true)]
    {
        let hop =
            answer(302, &[(ACAO, APP), (ACAC, "true"), ("location", "https://app.example.com/")]);
        let fetch = browser.page(APP).get(API).credentials(credentials);
        let outcome = run(fetch, &[hop, answer(200, &own)]).await;
        outcome.expect_readable();
        let back = outcome.exchanges()[1].request_headers();
        assert_eq!(back.contains_key("cookie"), expected, "{credentials:?}");
    }
}
