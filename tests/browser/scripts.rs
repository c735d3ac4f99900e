//! What `fetch` throws at, and what it drops without a word.

use std::convert::Infallible;

use http::{HeaderMap, HeaderValue, Request, Response, header};
use http_body::Body as _;
use http_body_util::{BodyExt, Full};
use tower::service_fn;
use tower_cors::testing::{Body, Browser, Mode, Page, Reason};

use crate::server::{API, APP, Server};

fn page() -> Page {
    Browser::new().page(APP)
}

#[tokio::test]
async fn type_errors_send_nothing() {
    for (name, fetch) in [
        ("a forbidden method", page().fetch("TRACE", API)),
        ("in any case", page().fetch("cOnNeCt", API)),
        ("TRACK", page().fetch("track", API)),
        ("a method that is no token", page().fetch("GET /", API)),
        ("no method", page().fetch("", API)),
        ("a name that is no token", page().get(API).header("x a", "1")),
        ("no name", page().get(API).header("", "1")),
        ("a line break", page().get(API).header("x-a", "1\r\nx-b: 2")),
        ("a NUL", page().get(API).header("x-a", "\0")),
        ("GET with a body", page().get(API).text("a")),
        ("HEAD with a body", page().head(API).text("")),
        ("GET with a stream", page().get(API).stream("a")),
        ("no-cors PUT", page().put(API).mode(Mode::NoCors)),
        ("no-cors stream", page().post(API).stream("a").mode(Mode::NoCors)),
        ("a user name", page().get("https://user@api.example.com/")),
        ("another scheme", page().get("ftp://api.example.com/")),
        ("longer than any URI", page().get(format!("{API}/{}", "a".repeat(70_000)))),
        ("no base", Browser::new().page("null").get("/orders")),
    ] {
        let outcome = fetch.send(&mut Server::open()).await;
        let blocked = outcome.expect_blocked();
        assert!(matches!(blocked.reason(), Reason::TypeError(_)), "{name}: {blocked}");
        assert!(!blocked.at_preflight() && outcome.exchanges().is_empty(), "{name}");
    }
}

#[tokio::test]
async fn forbidden_headers_are_dropped() {
    let forbidden = [
        ("Accept-Charset", "x"),
        ("Accept-Encoding", "x"),
        ("Access-Control-Request-Headers", "x"),
        ("Access-Control-Request-Method", "x"),
        ("Connection", "close"),
        ("Content-Length", "7"),
        ("Cookie", "sid=1"),
        ("Cookie2", "x"),
        ("Date", "x"),
        ("DNT", "1"),
        ("Expect", "x"),
        ("Host", "forged.example"),
        ("Keep-Alive", "x"),
        ("Origin", "https://forged.example"),
        ("Referer", "x"),
        ("Set-Cookie", "x"),
        ("TE", "x"),
        ("Trailer", "x"),
        ("Transfer-Encoding", "x"),
        ("Upgrade", "x"),
        ("Via", "x"),
        ("Proxy-Authorization", "x"),
        ("Sec-Fetch-Site", "same-origin"),
        ("X-HTTP-Method", "TRACE"),
        ("X-HTTP-Method-Override", "GET, track"),
        ("X-Method-Override", "connect"),
    ];
    let plain = page().get(API).send(&mut Server::open()).await;
    let mut fetch = page().get(API);
    for (name, value) in forbidden {
        fetch = fetch.header(name, value);
    }
    let forged = fetch.send(&mut Server::open()).await;
    assert_eq!(forged.to_string(), plain.to_string());
}

#[tokio::test]
async fn other_headers_are_sent_as_they_are() {
    let fetch = page().post("/").header("X-HTTP-Method-Override", "PUT");
    let fetch = fetch.header("x-a", " \t1\n").header("x-a", b"\xff").text("grüezi");
    let outcome = fetch.send(&mut Server::actual(&[])).await;
    let headers = outcome.exchanges()[0].request_headers();
    assert_eq!(headers["x-http-method-override"], "PUT");
    let lines: Vec<&[u8]> = headers.get_all("x-a").iter().map(HeaderValue::as_bytes).collect();
    assert_eq!(lines, [&b"1"[..], b"\xff"]);
    assert_eq!(headers["content-type"], "text/plain;charset=UTF-8");
    assert_eq!(headers["content-length"], "7");
}

#[tokio::test]
async fn methods_that_bring_something_tell_its_length() {
    for (fetch, length) in [
        (page().get("/"), None),
        (page().delete("/"), None),
        (page().post("/"), Some("0")),
        (page().put("/"), Some("0")),
        (page().delete("/").text("a"), Some("1")),
    ] {
        let outcome = fetch.send(&mut Server::open()).await;
        let length = length.map(HeaderValue::from_static);
        let headers = outcome.exchanges()[0].request_headers();
        assert_eq!(headers.get("content-length"), length.as_ref(), "{outcome}");
    }
}

#[tokio::test]
async fn services_get_the_body_in_a_type_of_their_own() {
    let mut echo = service_fn(async |request: Request<axum::body::Body>| {
        let (parts, body) = request.into_parts();
        let length = parts.headers.get("content-length").cloned();
        assert_eq!(parts.uri, "/echo?x=1");
        let body = axum::body::to_bytes(body, 1_000).await?;
        let mut response = Response::new(axum::body::Body::from(body));
        response.headers_mut().extend(length.map(|length| (http::header::EXPIRES, length)));
        Ok::<_, axum::Error>(response)
    });
    for (fetch, length) in [
        (page().put("/echo?x=1").text("hello"), Some("5")),
        (page().put("/echo?x=1").stream("hello"), None),
    ] {
        let outcome = fetch.send_as(&mut echo).await;
        assert_eq!(outcome.expect_readable().text(), "hello");
        assert_eq!(outcome.expect_readable().header("expires").as_deref(), length);
    }
    let json = page().put("/echo?x=1").json(&serde_json::json!({ "id": 7 }));
    let outcome = json.send_as(&mut echo).await;
    assert_eq!(outcome.expect_readable().json().unwrap()["id"], 7);
}

#[tokio::test]
async fn the_body_tells_its_length() {
    let mut measuring = service_fn(async |request: Request<Body>| {
        let body = request.into_body();
        let (exact, is_end) = (body.size_hint().exact(), body.is_end_stream());
        Ok::<_, Infallible>(Response::new(format!("{exact:?} {is_end}")))
    });
    let posts = [page().post("/").text("hello"), page().post("/").text(""), page().post("/")];
    for (fetch, expected) in
        posts.into_iter().zip(["Some(5) false", "Some(0) true", "Some(0) true"])
    {
        let outcome = fetch.send(&mut measuring).await;
        assert_eq!(outcome.expect_readable().text(), expected);
    }
}

#[tokio::test]
async fn trailers_are_no_part_of_the_body() {
    let mut trailing = service_fn(async |_: Request<Body>| {
        let trailers = HeaderMap::from_iter([(header::ETAG, HeaderValue::from_static("7"))]);
        let body = Full::new(&b"hello"[..]).with_trailers(async { Some(Ok(trailers)) });
        Ok::<_, Infallible>(Response::new(body))
    });
    let outcome = page().get("/").send(&mut trailing).await;
    assert_eq!(outcome.expect_readable().text(), "hello");
    assert_eq!(outcome.expect_readable().header("etag"), None);
}

#[tokio::test]
async fn a_fetch_can_run_in_a_task_of_its_own() {
    let task = tokio::spawn(async { page().get(API).send(&mut Server::open()).await });
    task.await.unwrap().expect_readable();
}

#[tokio::test]
async fn routers_of_tonic_need_no_type() {
    let (_, health) = tonic_health::server::health_reporter();
    let mut routes = tonic::service::Routes::new(health).prepare();
    let outcome = page().post("/nothing").send(&mut routes).await;
    let response = outcome.expect_readable();
    assert_eq!(response.header("grpc-status").as_deref(), Some("12"), "{outcome}");
}

#[tokio::test]
async fn an_error_of_the_service_is_a_failed_connection() {
    let mut broken = service_fn(async |_: Request<Vec<u8>>| Err::<Response<String>, _>("gone"));
    let outcome = page().get("/").send_as(&mut broken).await;
    let blocked = outcome.expect_blocked();
    assert_eq!(blocked.reason(), &Reason::ServiceFailed("gone".to_owned()));
    let expected = "\
Access to fetch at 'https://app.example.com/' from origin 'https://app.example.com' has been blocked: connection failed: gone
fix: no setting: turn the error into a response inside the CORS layer

> GET https://app.example.com/
> host: app.example.com
> user-agent: Mozilla/5.0
> accept: */*
> sec-fetch-dest: empty
> sec-fetch-mode: cors
> sec-fetch-site: same-origin
< (no response)
";
    assert_eq!(outcome.to_string(), expected);
    assert_eq!(outcome.exchanges()[0].status(), None);
    assert!(outcome.exchanges()[0].response_headers().is_none());
}
