//! What needs a preflight, and what the preflight says.

use http::header;
use tower_cors::testing::{Browser, Credentials, Fetch, Page, Profile};

use crate::server::{API, APP, Server};

fn page(profile: Profile) -> Page {
    Browser::with_profile(profile).page(APP)
}

/// What the preflight asks for, method and headers, or `None` if there is none.
async fn asked(fetch: Fetch) -> Option<(String, Option<String>)> {
    let outcome = fetch.send(&mut Server::open()).await;
    outcome.expect_readable();
    let preflight = outcome.preflights().next()?;
    let ask = |name| {
        let lines: Vec<_> = preflight.request_headers().get_all(name).iter().collect();
        assert!(lines.len() < 2, "{preflight}");
        lines.first().map(|line| line.to_str().expect("ASCII").to_owned())
    };
    let method = ask(header::ACCESS_CONTROL_REQUEST_METHOD).expect("every preflight names one");
    Some((method, ask(header::ACCESS_CONTROL_REQUEST_HEADERS)))
}

fn asks(method: &str, headers: Option<&str>) -> Option<(String, Option<String>)> {
    Some((method.to_owned(), headers.map(str::to_owned)))
}

#[tokio::test]
async fn methods() {
    let rows = [
        ("GET", None),
        ("HEAD", None),
        ("POST", None),
        ("get", None),
        ("Post", None),
        ("PUT", Some("PUT")),
        ("put", Some("PUT")),
        ("delete", Some("DELETE")),
        ("options", Some("OPTIONS")),
        ("PATCH", Some("PATCH")),
        ("patch", Some("patch")),
        ("purge", Some("purge")),
        ("*", Some("*")),
    ];
    for (method, expected) in rows {
        let outcome = page(Profile::Standard).fetch(method, API).send(&mut Server::open()).await;
        outcome.expect_readable();
        let sent = outcome.exchanges().last().unwrap().method().as_str();
        assert_eq!(sent, expected.unwrap_or(&method.to_ascii_uppercase()), "{method}");
        let expected = expected.and_then(|method| asks(method, None));
        assert_eq!(asked(page(Profile::Standard).fetch(method, API)).await, expected, "{method}");
    }
}

#[tokio::test]
async fn header_names_and_values() {
    let long = |length: usize| "a".repeat(length);
    let safe = |name: &str, value: &str| (name.to_owned(), value.to_owned(), true);
    let not = |name: &str, value: &str| (name.to_owned(), value.to_owned(), false);
    let mut rows = vec![
        safe("Accept", "text/html, */*;q=0.8\t"),
        safe("accept", "text/html,\t*/*"),
        safe("accept", &long(128)),
        not("accept", &long(129)),
        safe("Accept-Language", "de-CH,de;q=0.9 *.x="),
        not("accept-language", "de_CH"),
        not("accept-language", "de\tCH"),
        safe("content-language", "en"),
        not("content-language", "en/gb"),
        safe("content-type", "text/plain"),
        safe("content-type", "Text/Plain;charset=UTF-8"),
        safe("content-type", "text/plain ; x"),
        safe("content-type", "application/x-www-form-urlencoded"),
        safe("content-type", "multipart/form-data;boundary=x"),
        not("content-type", "multipart/form-data;boundary=\"x\""),
        not("content-type", "application/json"),
        not("content-type", "text/plainer"),
        not("content-type", "text"),
        not("content-type", ""),
        safe("range", "bytes=0-"),
        safe("range", "bytes=0-0"),
        safe("range", "bytes=9-10"),
        safe("range", "bytes=007-8"),
        safe("range", "bytes=99999999999999999999999-99999999999999999999999"),
        not("range", "bytes=10-9"),
        not("range", "bytes=-9"),
        not("range", "bytes=0 -9"),
        not("range", "bytes= 0-9"),
        not("range", "bytes=0-1,2-3"),
        not("range", "Bytes=0-"),
        not("range", "bytes=-"),
        not("authorization", "Bearer token"),
        not("x-request-id", "7"),
        not("if-none-match", "\"7\""),
    ];
    for byte in "\"():<>?@[\\]{}".chars() {
        rows.push(not("accept", &format!("a{byte}")));
        rows.push(not("content-type", &format!("text/plain;{byte}")));
    }
    for (name, value, is_safe) in rows {
        let fetch = page(Profile::Standard).get(API).header(&name, &value);
        let expected = asks("GET", Some(&name));
        let expected = if is_safe { None } else { expected };
        let row = format!("{name}: {value}");
        let lower = expected.map(|(method, name)| (method, name.map(|n| n.to_ascii_lowercase())));
        assert_eq!(asked(fetch).await, lower, "{row}");
    }
}

#[tokio::test]
async fn safe_values_may_have_1024_bytes_together() {
    let many = |last: usize| {
        let mut fetch = page(Profile::Standard).get(API).header("accept", "a".repeat(last));
        for _ in 0..7 {
            fetch = fetch.header("accept-language", "a".repeat(128));
        }
        fetch
    };
    assert_eq!(asked(many(128)).await, None);
    let over = many(128).header("content-language", "a").header("x-b", "1");
    assert_eq!(asked(over).await, asks("GET", Some("accept,accept-language,content-language,x-b")));
    let unsafe_ones_do_not_count = many(128).header("x-b", "a");
    assert_eq!(asked(unsafe_ones_do_not_count).await, asks("GET", Some("x-b")));
}

#[tokio::test]
async fn names_are_lower_case_sorted_and_unique() {
    let fetch = page(Profile::Standard)
        .put(API)
        .header("X-B", "1")
        .header("x_c", "1")
        .header("Authorization", "Bearer token")
        .header("x-b", "2")
        .header("X-A", "1")
        .header("Accept", "text/html")
        .json(&serde_json::json!({}));
    let expected = asks("PUT", Some("authorization,content-type,x-a,x-b,x_c"));
    assert_eq!(asked(fetch).await, expected);
}

#[tokio::test]
async fn bodies_and_listeners() {
    let post = || page(Profile::Standard).post(API);
    let rows = [
        ("bytes", post().body([0xff]), None),
        ("text", post().text("a"), None),
        ("form", post().form("a=b"), None),
        ("json", post().json(&serde_json::json!(1)), asks("POST", Some("content-type"))),
        ("json as text", post().text("{}").header("content-type", "text/plain"), None),
        ("stream", post().stream("a"), asks("POST", None)),
        ("listener", post().text("a").upload_listener(), asks("POST", None)),
        ("listener on GET", page(Profile::Standard).get(API).upload_listener(), asks("GET", None)),
    ];
    for (name, fetch, expected) in rows {
        assert_eq!(asked(fetch).await, expected, "{name}");
    }
}

#[tokio::test]
async fn client_hints_are_safelisted_in_chromium_alone() {
    for (profile, expected) in [
        (Profile::Chromium, None),
        (Profile::Firefox, asks("GET", Some("dpr,save-data"))),
        (Profile::Standard, asks("GET", Some("dpr,save-data"))),
        (Profile::WebKit, asks("GET", Some("dpr,save-data"))),
    ] {
        let fetch = page(profile).get(API).header("DPR", "2").header("Save-Data", "on");
        assert_eq!(asked(fetch).await, expected, "{profile:?}");
    }
}

#[tokio::test]
async fn a_browser_is_chromium_unless_told() {
    for browser in [Browser::new(), Browser::default(), Browser::with_profile(Profile::default())] {
        let fetch = browser.page(APP).get(API).header("DPR", "2");
        assert_eq!(asked(fetch).await, None);
    }
}

#[tokio::test]
async fn the_user_agent_of_a_script_is_announced_and_sent_but_in_chromium() {
    for profile in [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit] {
        let (expected, sent) = match profile {
            Profile::Chromium => (None, "Mozilla/5.0"),
            _ => (asks("GET", Some("user-agent")), "x/1"),
        };
        let fetch = page(profile).get(API).header("User-Agent", "x/1");
        assert_eq!(asked(fetch.clone()).await, expected, "{profile:?}");
        let outcome = fetch.send(&mut Server::open()).await;
        let (actual, preflights) = outcome.exchanges().split_last().unwrap();
        assert_eq!(actual.request_headers()["user-agent"], sent, "{profile:?}");
        for preflight in preflights {
            assert_eq!(preflight.request_headers()["user-agent"], "Mozilla/5.0", "{profile:?}");
        }
    }
}

#[tokio::test]
async fn same_origin_asks_nobody() {
    let page = page(Profile::Standard);
    for url in ["https://app.example.com:443/x", "HTTPS://APP.example.com/x", "/x", "x", "../x"] {
        let fetch = page.put(url).header("x-a", "1").upload_listener();
        let outcome = fetch.send(&mut Server::actual(&[])).await;
        assert_eq!(outcome.expect_readable().url(), "https://app.example.com/x", "{url}");
        assert_eq!(outcome.exchanges().len(), 1, "{url}");
    }
    for url in ["http://app.example.com/x", "https://app.example.com:8443/x", "https://example.com"]
    {
        let outcome = page.put(url).send(&mut Server::open()).await;
        assert_eq!(outcome.preflights().count(), 1, "{url}");
    }
}

#[tokio::test]
async fn the_preflight_whole() {
    let browser = Browser::new().cookie("api.example.com", "sid=1");
    let fetch = browser
        .page(APP)
        .put("https://api.example.com/orders?page=2#top")
        .credentials(Credentials::Include)
        .header("authorization", "Bearer token")
        .header("accept", "application/json")
        .body("hello");
    let outcome = fetch.send(&mut Server::open()).await;
    let exchange = &outcome.exchanges()[0];
    assert_eq!(outcome.exchanges().len(), 1);
    assert_eq!(
        exchange.to_string().lines().take_while(|line| line.starts_with('>')).collect::<Vec<_>>(),
        [
            "> OPTIONS https://api.example.com/orders?page=2",
            "> accept: */*",
            "> access-control-request-method: PUT",
            "> access-control-request-headers: authorization",
            "> host: api.example.com",
            "> user-agent: Mozilla/5.0",
            "> origin: https://app.example.com",
            "> sec-fetch-dest: empty",
            "> sec-fetch-mode: cors",
            "> sec-fetch-site: same-site",
        ]
    );
}
