//! What browsers say on their own behalf: `Origin`, `Host`, `Sec-Fetch-*`, and handshakes.

use futures_util::FutureExt;
use http::{Request, Response};
use tower::service_fn;
use tower_cors::testing::{Body, Browser, Exchange, Mode, Profile};

use crate::server::{ACAO, API, APP, Server, answer};

fn line<'a>(exchange: &'a Exchange, name: &str) -> Option<&'a str> {
    exchange.request_headers().get(name).map(|line| line.to_str().expect("ASCII"))
}

/// What is said by the panic.
fn panic_of<T>(work: impl FnOnce() -> T) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).err();
    *panic.expect("it panics").downcast().expect("it says something")
}

#[tokio::test]
async fn origin() {
    let rows = [
        ("GET", "/", Mode::Cors, None),
        ("HEAD", "/", Mode::Cors, None),
        ("POST", "/", Mode::Cors, Some(APP)),
        ("PUT", "/", Mode::SameOrigin, Some(APP)),
        ("GET", API, Mode::Cors, Some(APP)),
        ("GET", API, Mode::NoCors, None),
        ("POST", API, Mode::NoCors, Some(APP)),
        ("POST", "http://api.example.com/", Mode::NoCors, Some("null")),
        ("POST", "http://api.example.com/", Mode::Cors, Some(APP)),
    ];
    let insecure = Browser::new().page("http://app.example.com");
    let fetch = insecure.post("http://api.example.com/").mode(Mode::NoCors);
    let outcome = fetch.send(&mut Server::open()).await;
    assert_eq!(line(&outcome.exchanges()[0], "origin"), Some("http://app.example.com"));
    for (method, url, mode, expected) in rows {
        let fetch = Browser::new().page(APP).fetch(method, url).mode(mode);
        let fetch = fetch.header("origin", "https://forged.example");
        let outcome = fetch.send(&mut Server::open()).await;
        let actual = outcome.exchanges().last().unwrap();
        assert_eq!(line(actual, "origin"), expected, "{method} {url} {mode:?}");
    }
}

#[tokio::test]
async fn pages() {
    for (page, origin) in [
        ("https://APP.example.com:443/path?query#top", APP),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://[::1]:3000/", "http://[::1]:3000"),
        ("tauri://localhost", "tauri://localhost"),
        ("chrome-extension://abcdef", "chrome-extension://abcdef"),
        ("null", "null"),
    ] {
        let outcome = Browser::new().page(page).get(API).send(&mut Server::open()).await;
        assert_eq!(line(&outcome.exchanges()[0], "origin"), Some(origin));
    }
    for page in ["https://", "https://a b"] {
        let expected = format!("{page:?} is not an http(s) URL that `http::Uri` can hold");
        assert_eq!(panic_of(|| Browser::new().page(page)), expected);
    }
    for page in [
        "",
        "app.example.com",
        "data:,x",
        "tauri://",
        "://localhost",
        "tau ri://localhost",
        "tauri://local host",
        "tauri://localhost/",
        "tauri://localhost?",
        "tauri://localhost#",
    ] {
        let expected = format!("{page:?} is no page: write a URL, an app's origin or `null`");
        assert_eq!(panic_of(|| Browser::new().page(page)), expected);
    }
}

#[tokio::test]
async fn host() {
    for (url, expected) in [
        (API, "api.example.com"),
        ("https://api.example.com:443", "api.example.com"),
        ("http://api.example.com:443", "api.example.com:443"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ] {
        let outcome = Browser::new().page(APP).put(url).send(&mut Server::open()).await;
        for exchange in outcome.exchanges() {
            assert_eq!(line(exchange, "host"), Some(expected));
        }
    }
}

#[tokio::test]
async fn fetch_metadata() {
    let rows = [
        (APP, "https://app.example.com/", Some("same-origin")),
        (APP, API, Some("same-site")),
        (APP, "https://app.example.com:8443/", Some("same-site")),
        (APP, "https://example.com/", Some("same-site")),
        (APP, "https://app.example.net/", Some("cross-site")),
        (APP, "http://localhost:3000/", Some("cross-site")),
        (APP, "http://api.localhost/", Some("cross-site")),
        (APP, "http://127.0.0.1/", Some("cross-site")),
        (APP, "http://[::1]/", Some("cross-site")),
        (APP, "http://api.example.com/", None),
        (APP, "http://127.example.com/", None),
        (APP, "http://192.168.0.1/", None),
        ("http://app.example.com", API, Some("cross-site")),
        ("http://localhost:3000", "http://localhost:4000/", Some("same-site")),
        ("http://localhost:3000", "http://api.localhost:3000/", Some("cross-site")),
        ("http://127.0.0.1:3000", "http://127.0.0.1:4000/", Some("same-site")),
        ("http://127.0.0.1:3000", "http://127.1.0.1:4000/", Some("cross-site")),
        ("null", API, Some("cross-site")),
    ];
    for (page, url, site) in rows {
        for (mode, name) in [(Mode::Cors, "cors"), (Mode::NoCors, "no-cors")] {
            let fetch = Browser::new().page(page).post(url).mode(mode);
            let outcome = fetch.header("sec-fetch-site", "none").send(&mut Server::open()).await;
            let exchange = &outcome.exchanges()[0];
            assert_eq!(line(exchange, "sec-fetch-site"), site, "{page} {url}");
            assert_eq!(line(exchange, "sec-fetch-mode"), site.and(Some(name)), "{page} {url}");
            assert_eq!(line(exchange, "sec-fetch-dest"), site.and(Some("empty")), "{page} {url}");
        }
    }
}

#[cfg(feature = "public-suffix")]
#[tokio::test]
async fn sites_know_public_suffixes() {
    let page = Browser::new().page("https://one.github.io");
    let outcome = page.get("https://two.github.io").send(&mut Server::open()).await;
    assert_eq!(line(&outcome.exchanges()[0], "sec-fetch-site"), Some("cross-site"));
}

#[tokio::test]
async fn fetch_metadata_remembers_where_a_request_has_been() {
    let hop = answer(302, &[(ACAO, "*"), ("location", "https://api.example.com/")]);
    let open = answer(200, &[(ACAO, "*")]);
    let mut server = Server::new(open.clone(), [hop, open]);
    let outcome = Browser::new().page(APP).get("https://other.example").send(&mut server).await;
    assert_eq!(line(&outcome.exchanges()[1], "sec-fetch-site"), Some("cross-site"));
}

#[tokio::test]
async fn handshakes() {
    for (profile, url, site) in [
        (Profile::Chromium, "wss://api.example.com/live", None),
        (Profile::Firefox, "wss://api.example.com/live", Some("same-site")),
        (Profile::Firefox, "ws://api.example.com/live", None),
        (Profile::Standard, "ws://localhost:3000/live", Some("cross-site")),
    ] {
        let browser = Browser::with_profile(profile).cookie("api.example.com", "sid=1");
        let page = browser.page(APP);
        let server = &mut Server::actual(&[]);
        let exchange = page.web_socket(url).send(server).await;
        assert_eq!(exchange.status().unwrap(), 200);
        assert_eq!((exchange.method().as_str(), exchange.url()), ("GET", url));
        assert_eq!(line(&exchange, "origin"), Some(APP));
        assert_eq!(line(&exchange, "upgrade"), Some("websocket"));
        assert_eq!(line(&exchange, "connection"), Some("Upgrade"));
        assert_eq!(line(&exchange, "sec-websocket-version"), Some("13"));
        assert!(line(&exchange, "sec-websocket-key").is_some());
        let cookie = url.contains("example").then_some("sid=1");
        assert_eq!(line(&exchange, "cookie"), cookie, "{url}");
        assert_eq!(line(&exchange, "sec-fetch-site"), site, "{profile:?} {url}");
        let mode = site.and(Some("websocket"));
        assert_eq!(line(&exchange, "sec-fetch-mode"), mode, "{profile:?} {url}");
    }
}

#[test]
fn what_is_no_handshake() {
    for (url, expected) in [
        (API, "\"https://api.example.com/orders\" is not a ws or wss URL"),
        ("ws://", "\"http://\" is not an http(s) URL that `http::Uri` can hold"),
    ] {
        let socket = Browser::new().page(APP).web_socket(url);
        let sent = || socket.send(&mut Server::open()).now_or_never();
        assert_eq!(panic_of(sent), expected);
    }
    let mut broken = service_fn(async |_: Request<Body>| Err::<Response<String>, _>("gone"));
    let socket = Browser::new().page(APP).web_socket("wss://api.example.com/live");
    let sent = || socket.send(&mut broken).now_or_never();
    assert_eq!(panic_of(sent), "the service failed: gone");
}
