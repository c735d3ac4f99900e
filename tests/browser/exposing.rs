//! Which headers of a response a script sees.

use tower_cors::testing::{Browser, Credentials};

use crate::server::{ACAC, ACAO, ACEH, API, APP, Line, Server};

const RESPONSE: [Line; 14] = [
    (ACAO, APP),
    (ACAC, "true"),
    ("authorization", "x"),
    ("cache-control", "no-store"),
    ("content-language", "en"),
    ("content-length", "5"),
    ("content-type", "text/plain"),
    ("expires", "0"),
    ("last-modified", "0"),
    ("pragma", "no-cache"),
    ("set-cookie", "sid=1"),
    ("set-cookie2", "sid=1"),
    ("x-a", "1"),
    ("x-b", "2"),
];

const SAFELISTED: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

#[tokio::test]
async fn exposed_headers() {
    let all = ["access-control-allow-credentials", ACAO, "authorization", "x-a", "x-b"];
    let rows: [(Credentials, &[&'static str], &[&str]); 11] = [
        (Credentials::Omit, &[], &[]),
        (Credentials::Omit, &["x-a"], &["x-a"]),
        (Credentials::Include, &["X-A"], &["x-a"]),
        (Credentials::Omit, &["x-a, ,x-b,"], &["x-a", "x-b"]),
        (Credentials::Omit, &["x-a", "x-b"], &["x-a", "x-b"]),
        (Credentials::Omit, &["x-a x-b"], &[]),
        (Credentials::Omit, &["x-a", "(x-b)"], &[]),
        (Credentials::Omit, &["set-cookie, set-cookie2"], &[]),
        (Credentials::Include, &["*"], &[]),
        (Credentials::Omit, &["x-c"], &[]),
        (Credentials::Omit, &["*"], &all),
    ];
    let page = Browser::new().page(APP);
    for (credentials, exposed, extra) in rows {
        let lines: Vec<Line> = exposed.iter().map(|line| (ACEH, *line)).collect();
        let mut server = Server::actual(&[&RESPONSE[..], &lines].concat());
        let outcome = page.get(API).credentials(credentials).send(&mut server).await;
        let seen: Vec<&str> =
            outcome.expect_readable().headers().keys().map(http::HeaderName::as_str).collect();
        let mut expected = [&SAFELISTED[..], extra].concat();
        if extra.len() == all.len() {
            expected.push(ACEH);
        }
        let sorted = |mut names: Vec<&str>| {
            names.sort_unstable();
            names.join(" ")
        };
        assert_eq!(sorted(seen), sorted(expected), "{credentials:?} {exposed:?}");
    }
}

#[tokio::test]
async fn its_own_server_hides_cookies_alone() {
    let page = Browser::new().page(APP);
    let outcome = page.get("/").send(&mut Server::actual(&RESPONSE)).await;
    let response = outcome.expect_readable();
    assert_eq!(response.headers().len(), RESPONSE.len() - 2);
    assert_eq!(response.header("set-cookie"), None);
    assert_eq!(response.header("x-b").as_deref(), Some("2"));
}

#[tokio::test]
async fn an_exposed_header_in_two_lines_is_one_value() {
    let lines = [(ACAO, "*"), (ACEH, "x-a"), ("x-a", "1"), ("x-a", "2")];
    let outcome = Browser::new().page(APP).get(API).send(&mut Server::actual(&lines)).await;
    assert_eq!(outcome.expect_readable().header("X-A").as_deref(), Some("1, 2"));
}
