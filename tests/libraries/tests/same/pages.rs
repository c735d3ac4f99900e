//! What pages can do: a browser in process fetches.

use std::collections::BTreeSet;

use http::{Request, Response};
use tower::{BoxError, Service};
use tower_cors::testing::{Body, Browser, Credentials, Fetch, Page, Profile};

const API: &str = "https://api.example.net/";

const PAGES: [(&str, &str); 5] = [
    ("app", "https://app.example.com"),
    ("http", "http://app.example.com"),
    ("null", "null"),
    ("stranger", "https://stranger.example"),
    ("www", "https://www.example.com"),
];

fn fetches(page: &Page) -> [(&'static str, Fetch); 7] {
    let user = Credentials::Include;
    [
        ("read", page.get(API)),
        ("read as the user", page.get(API).credentials(user)),
        ("put", page.put(API)),
        ("put as the user", page.put(API).credentials(user)),
        ("send json", page.post(API).header("content-type", "application/json")),
        ("send a token", page.get(API).header("authorization", "Bearer token")),
        ("send x-other", page.get(API).header("x-other", "1")),
    ]
}

/// Which fetches of which pages end well, and what the pages are told besides.
pub(crate) async fn abilities<S, R>(mut service: S) -> BTreeSet<String>
where
    S: Service<Request<Body>, Response = Response<R>>,
    S::Error: Into<BoxError>,
    R: http_body::Body<Error: Into<BoxError>>,
{
    let mut abilities = BTreeSet::new();
    for (name, origin) in PAGES {
        for (what, fetch) in fetches(&Browser::with_profile(Profile::Standard).page(origin)) {
            let outcome = fetch.send(&mut service).await;
            let Some(response) = outcome.readable() else {
                continue;
            };
            assert_eq!(response.text(), "ran", "{name}: {what}");
            abilities.insert(format!("{name}: {what}"));
            if response.header("x-request-id").is_some() {
                abilities.insert(format!("{name}: see x-request-id"));
            }
            let preflight = outcome.preflights().next().and_then(|sent| sent.response_headers());
            let age = preflight.and_then(|headers| headers.get("access-control-max-age"));
            if let Some(age) = age.and_then(|age| age.to_str().ok()) {
                abilities.insert(format!("{name}: remember for {age} s"));
            }
        }
    }
    abilities
}
