//! What a test prints that fails: console message, fix, and all that went over the wire.

use tower_cors::testing::{Browser, Credentials, Fetch, Page};

use crate::server::{ACAC, ACAH, ACAM, ACAO, API, APP, Answer, Server, answer};

pub(crate) fn page() -> Page {
    Browser::new().page(APP)
}

#[tokio::test]
async fn the_whole_of_a_blocked_fetch() {
    let mut server = Server::preflighted(&[(ACAO, APP), (ACAM, "PUT")]);
    let outcome = page().delete(API).send(&mut server).await;
    let expected = "\
Access to fetch at 'https://api.example.com/orders' from origin 'https://app.example.com' has been blocked by CORS policy: the response to the preflight fails: method DELETE is not allowed by 'Access-Control-Allow-Methods'
fix: .allow_methods([Method::DELETE])

> OPTIONS https://api.example.com/orders
> accept: */*
> access-control-request-method: DELETE
> host: api.example.com
> user-agent: Mozilla/5.0
> origin: https://app.example.com
> sec-fetch-dest: empty
> sec-fetch-mode: cors
> sec-fetch-site: same-site
< 204 No Content
< access-control-allow-origin: https://app.example.com
< access-control-allow-methods: PUT
";
    assert_eq!(outcome.to_string(), expected);
    assert_eq!(outcome.expect_blocked().to_string(), expected);
    let refused = std::panic::catch_unwind(|| outcome.expect_readable().status());
    let message = refused.unwrap_err().downcast::<String>().unwrap();
    assert_eq!(*message, format!("the page cannot read the response\n{expected}"));
}

#[tokio::test]
async fn a_readable_one_where_none_was_expected() {
    let outcome = page().get("/").send(&mut Server::actual(&[])).await;
    let refused = std::panic::catch_unwind(|| outcome.expect_blocked().fix());
    let message = refused.unwrap_err().downcast::<String>().unwrap();
    let start = "the fetch is not blocked\nreadable response 200 OK of https://app.example.com/\n\n> GET https://app.example.com/\n";
    assert!(message.starts_with(start), "{message}");
}

pub(crate) fn only(status: u16, lines: &[(&'static str, &'static str)]) -> [Answer; 1] {
    [answer(status, lines)]
}

/// The message after the colon, and the fix.
pub(crate) async fn told(fetch: Fetch, preflight: Answer, actual: &[Answer]) -> (String, String) {
    let outcome = fetch.send(&mut Server::new(preflight, actual.to_vec())).await;
    let blocked = outcome.expect_blocked();
    let console = blocked.console();
    let (_, message) = console.split_once("blocked").expect("all say so");
    (message.to_owned(), blocked.fix())
}

#[tokio::test]
async fn fixes_of_actual_responses() {
    let include = |page: Page| page.get(API).credentials(Credentials::Include);
    let insecure = || Browser::new().page("http://app.example.com");
    let outside =
        "a layer outside CORS answered the request with 500: put the CORS layer outermost";
    let own = ".allow_origins([\"https://app.example.com\"])";
    let own_with = ".allow_origins([\"https://app.example.com\"]).allow_credentials(true)";
    let besides = "something besides the CORS layer sets this header: remove it there, or put the CORS layer outermost";
    let rows = [
        (page().get(API), only(200, &[]), own.to_owned()),
        (page().get(API), only(500, &[("vary", "accept, Origin")]), own.to_owned()),
        (page().get(API), only(500, &[]), format!("{own}; if that is set, {outside}")),
        (
            page().get(API),
            only(200, &[(ACAO, "https://x.example")]),
            format!(
                "{own}; if that is set, a cache that does not heed `Vary` gave another origin's copy, \
                 or another CORS layer answers outside of this one"
            ),
        ),
        (page().get(API), only(200, &[(ACAO, "*"), (ACAO, "*")]), besides.to_owned()),
        (include(page()), only(200, &[(ACAO, "*")]), own_with.to_owned()),
        (include(page()), only(200, &[(ACAO, APP)]), ".allow_credentials(true)".to_owned()),
        (include(page()), only(200, &[(ACAO, APP), (ACAC, "yes")]), besides.to_owned()),
        (
            insecure().get(API),
            only(200, &[]),
            ".allow_origins([\"http://app.example.com\"])".to_owned(),
        ),
        (
            include(insecure()),
            only(200, &[]),
            ".dangerously_allow_origins([\"http://app.example.com\"]).allow_credentials(true)"
                .to_owned(),
        ),
        (
            include(Browser::new().page("http://localhost:3000")),
            only(200, &[]),
            ".allow_origins([\"http://localhost:3000\"]).allow_credentials(true)".to_owned(),
        ),
        (
            page().sandboxed().get(API),
            only(200, &[]),
            ".dangerously_allow_origins([\"null\"])".to_owned(),
        ),
        (
            include(page().sandboxed()),
            only(200, &[]),
            "no setting: `null` is never allowed with credentials".to_owned(),
        ),
        (
            include(page().sandboxed()),
            only(200, &[(ACAO, "null")]),
            "no setting: `null` is never allowed with credentials".to_owned(),
        ),
        (
            page().sandboxed().get(API),
            only(200, &[(ACAO, APP)]),
            ".dangerously_allow_origins([\"null\"])".to_owned(),
        ),
    ];
    for (fetch, actual, expected) in rows {
        let (message, fix) = told(fetch, answer(204, &[]), &actual).await;
        assert_eq!(fix, expected, "{message}");
        assert!(message.starts_with(" by CORS policy: "), "{message}");
    }
}

#[tokio::test]
async fn fixes_of_preflights() {
    let put = || page().put(API);
    let asked = || page().get(API).header("x-a", "1").header("content-type", "a/b");
    let outside = |status: u16| {
        format!(
            "a layer outside CORS answered the preflight with {status}: put the CORS layer outermost"
        )
    };
    let own = ".allow_origins([\"https://app.example.com\"])".to_owned();
    let rows = [
        (put(), answer(401, &[]), outside(401)),
        (
            put(),
            answer(405, &[("allow", "GET")]),
            "a router that the CORS layer is not around answered the preflight with 405: \
             put the layer around the whole router, after its routes"
                .to_owned(),
        ),
        (put(), answer(403, &[("vary", "origin")]), own.clone()),
        (put(), answer(403, &[]), outside(403)),
        (put(), answer(204, &[]), own),
        (put(), answer(401, &[(ACAO, APP)]), outside(401)),
        (put(), answer(307, &[]), format!("{}, or fetch the URL that it leads to", outside(307))),
        (put(), answer(204, &[(ACAO, "*")]), ".allow_methods([Method::PUT])".to_owned()),
        (
            page().fetch("patch", API),
            answer(204, &[(ACAO, "*")]),
            "in the page: write the method in upper case; then .allow_methods([Method::PATCH])"
                .to_owned(),
        ),
        (
            page().fetch("PURGE", API),
            answer(204, &[(ACAO, "*")]),
            ".allow_methods([Method::from_bytes(b\"PURGE\")?])".to_owned(),
        ),
        (
            asked(),
            answer(204, &[(ACAO, "*"), (ACAH, "x-a")]),
            ".allow_headers([header::CONTENT_TYPE, HeaderName::from_static(\"x-a\")])".to_owned(),
        ),
    ];
    for (fetch, preflight, expected) in rows {
        let (message, fix) = told(fetch, preflight, &only(200, &[])).await;
        assert_eq!(fix, expected, "{message}");
    }
}
