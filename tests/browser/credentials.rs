//! Who gets a cookie.

use tower_cors::testing::{Browser, Credentials, Mode};

use crate::server::{ACAC, ACAM, ACAO, API, APP, Server, answer};

#[tokio::test]
async fn cookies_follow_the_credentials_mode() {
    let own = [(ACAO, APP), (ACAC, "true"), (ACAM, "PUT")];
    let mut server = Server::new(answer(204, &own), [answer(200, &own)]);
    let page = Browser::new()
        .cookie("api.example.com", "sid=1")
        .cookie("API.example.com", "theme=dark")
        .cookie("app.example.com", "own=2")
        .page(APP);
    let both = Some("sid=1; theme=dark");
    let rows = [
        (Credentials::Omit, API, None),
        (Credentials::SameOrigin, API, None),
        (Credentials::Include, API, both),
        (Credentials::Omit, "/", None),
        (Credentials::SameOrigin, "/", Some("own=2")),
        (Credentials::Include, "/", Some("own=2")),
        (Credentials::Include, "https://other.example", None),
    ];
    for (credentials, url, expected) in rows {
        for mode in [Mode::Cors, Mode::NoCors] {
            let method = if mode == Mode::Cors { "PUT" } else { "POST" };
            let fetch = page.fetch(method, url).mode(mode).credentials(credentials);
            let outcome = fetch.header("cookie", "forged=1").send(&mut server).await;
            let (actual, preflights) = outcome.exchanges().split_last().unwrap();
            let cookie = actual.request_headers().get("cookie").map(|line| line.to_str().unwrap());
            assert_eq!(cookie, expected, "{credentials:?} {mode:?} {url}");
            for preflight in preflights {
                assert!(!preflight.request_headers().contains_key("cookie"), "{preflight}");
            }
        }
    }
}
