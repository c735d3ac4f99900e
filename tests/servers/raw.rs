//! Requests that clients do not send, written by hand.

use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Version, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tower::{Layer, service_fn};
use tower_cors::CorsLayer;

use crate::wire::{APP, Connection, bounded, head_lines, serve_hyper};

const READABLE: [&str; 4] = [
    "HTTP/1.1 200",
    "access-control-allow-origin: https://app.example.com",
    "content-length: 0",
    "vary: origin",
];
const UNREADABLE: [&str; 3] = ["HTTP/1.1 200", "content-length: 0", "vary: origin"];
const GRANTED: [&str; 4] = [
    "HTTP/1.1 204",
    "access-control-allow-methods: PUT",
    "access-control-allow-origin: https://app.example.com",
    "vary: origin",
];
const REFUSED: [&str; 3] = ["HTTP/1.1 403", "content-length: 0", "vary: origin"];
const FORBIDDEN: [&str; 4] = [
    "HTTP/1.1 403",
    "cache-control: no-store",
    "content-length: 0",
    "vary: origin, sec-fetch-site",
];

const GET: &str = "GET / HTTP/1.1\r\nhost: api.example.com\r\n";
const OPTIONS: &str = "OPTIONS / HTTP/1.1\r\nhost: api.example.com\r\n";

fn cors() -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).allow_methods([http::Method::PUT])
}

#[tokio::test]
async fn strange_origin_lines() {
    let preflight = format!("{OPTIONS}access-control-request-method: PUT\r\n");
    let rows: [(&str, &[u8], bool); 9] = [
        ("one line", b"origin: https://app.example.com\r\n", true),
        ("name in capitals", b"ORIGIN: https://app.example.com\r\n", true),
        ("white space around", b"origin: \t https://app.example.com \t\r\n", true),
        ("two lines", b"origin: https://app.example.com\r\norigin: https://a.example\r\n", false),
        (
            "the same line twice",
            b"origin: https://app.example.com\r\norigin: https://app.example.com\r\n",
            false,
        ),
        ("empty line first", b"origin:\r\norigin: https://app.example.com\r\n", false),
        ("list", b"origin: https://app.example.com, https://a.example\r\n", false),
        ("bytes beyond ASCII", b"origin: https://app.example.com\xff\r\n", false),
        ("scheme in capitals", b"origin: HTTPS://app.example.com\r\n", false),
    ];
    let server = serve(cors()).await;
    for (name, lines, is_allowed) in rows {
        let [actual] = exchange(server, [GET.as_bytes(), lines].concat()).await;
        assert_eq!(actual, if is_allowed { &READABLE[..] } else { &UNREADABLE }, "GET: {name}");
        let [answer] = exchange(server, [preflight.as_bytes(), lines].concat()).await;
        assert_eq!(answer, if is_allowed { &GRANTED[..] } else { &REFUSED }, "OPTIONS: {name}");
    }
}

#[tokio::test]
async fn strange_preflights() {
    let origin = "origin: https://app.example.com\r\n";
    let asks = "access-control-request-method: PUT\r\n";
    let rows: [(&str, String, &[&str]); 3] = [
        (
            "of the whole server",
            format!("OPTIONS * HTTP/1.1\r\nhost: api.example.com\r\n{origin}{asks}"),
            &GRANTED,
        ),
        (
            "method in small letters",
            format!("options / HTTP/1.1\r\nhost: api.example.com\r\n{origin}{asks}"),
            &READABLE,
        ),
        ("two methods", format!("{OPTIONS}{origin}{asks}{asks}"), &GRANTED),
    ];
    let server = serve(cors()).await;
    for (name, request, expected) in rows {
        let [answer] = exchange(server, request.into_bytes()).await;
        assert_eq!(answer, expected, "{name}");
    }
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_turn() {
    let preflight =
        |origin| format!("{OPTIONS}origin: {origin}\r\naccess-control-request-method: PUT\r\n\r\n");
    let get = format!("{GET}origin: {APP}\r\n");

    let server = serve(cors()).await;
    let requests = preflight(APP) + &preflight("https://stranger.example") + &get;
    let answers = exchange(server, requests.into_bytes()).await;
    assert_eq!(answers, [&GRANTED[..], &REFUSED, &READABLE]);

    let server = serve(cors().preflight_status(StatusCode::OK)).await;
    let answers = exchange(server, (preflight(APP) + &get).into_bytes()).await;
    let granted = [
        "HTTP/1.1 200",
        "access-control-allow-methods: PUT",
        "access-control-allow-origin: https://app.example.com",
        "content-length: 0",
        "vary: origin",
    ];
    assert_eq!(answers, [&granted[..], &READABLE]);
}

/// Of a request that does not run, no body is asked for.
#[tokio::test]
async fn expect_is_answered_only_where_the_request_runs() {
    let server = serve(cors().enforce_origins(true)).await;
    let post = |origin| {
        format!(
            "POST / HTTP/1.1\r\nhost: api.example.com\r\norigin: {origin}\r\n\
             expect: 100-continue\r\ncontent-length: 4\r\n"
        )
    };
    let [refused] = exchange(server, post("https://stranger.example").into_bytes()).await;
    assert_eq!(refused, FORBIDDEN);

    let head = post(APP) + "connection: close\r\n\r\n";
    let [interim, answer] = send(server, &[head.as_bytes(), b"text"].concat()).await;
    assert_eq!(interim, ["HTTP/1.1 100"]);
    let expected = [
        "HTTP/1.1 200",
        "access-control-allow-origin: https://app.example.com",
        "content-length: 0",
        "vary: origin, sec-fetch-site",
    ];
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn the_servers_own_origin_is_told_by_one_address() {
    let rows: [(&str, &str, &[&str]); 9] = [
        ("Host", "POST / HTTP/1.1\r\nhost: api.example.com\r\n", &OWN),
        ("Host in capitals", "POST / HTTP/1.1\r\nhost: API.example.com\r\n", &OWN),
        ("default port", "POST / HTTP/1.1\r\nhost: api.example.com:443\r\n", &OWN),
        ("other port", "POST / HTTP/1.1\r\nhost: api.example.com:8443\r\n", &FORBIDDEN),
        (
            "two Host lines",
            "POST / HTTP/1.1\r\nhost: api.example.com\r\nhost: a.example\r\n",
            &FORBIDDEN,
        ),
        (
            "the same Host line twice",
            "POST / HTTP/1.1\r\nhost: api.example.com\r\nhost: api.example.com\r\n",
            &FORBIDDEN,
        ),
        (
            "a URI and two Host lines",
            "POST https://api.example.com/ HTTP/1.1\r\nhost: api.example.com\r\nhost: a.example\r\n",
            &FORBIDDEN,
        ),
        (
            "a URI that agrees with Host",
            "POST https://api.example.com/ HTTP/1.1\r\nhost: api.example.com\r\n",
            &OWN,
        ),
        (
            "a URI that does not agree with Host",
            "POST https://api.example.com/ HTTP/1.1\r\nhost: a.example\r\n",
            &FORBIDDEN,
        ),
    ];
    let server = serve(cors().enforce_origins(true)).await;
    for (name, head, expected) in rows {
        let request = format!("{head}origin: https://api.example.com\r\ncontent-length: 0\r\n");
        let [answer] = exchange(server, request.into_bytes()).await;
        assert_eq!(answer, expected, "{name}");
    }
}

const OWN: [&str; 3] = ["HTTP/1.1 200", "content-length: 0", "vary: origin, sec-fetch-site"];

async fn serve(cors: CorsLayer) -> SocketAddr {
    let discard = service_fn(async |request: Request<Incoming>| {
        request.into_body().collect().await?;
        Ok::<_, hyper::Error>(Response::new(Full::<Bytes>::default()))
    });
    serve_hyper(Connection::Auto, cors.layer(discard)).await
}

/// Sends head lines, to which it adds the wish to close and the empty one.
async fn exchange<const N: usize>(server: SocketAddr, lines: Vec<u8>) -> [Vec<String>; N] {
    send(server, &[&lines[..], b"connection: close\r\n\r\n"].concat()).await
}

/// Reads answers until the server closes; none has a body.
async fn send<const N: usize>(server: SocketAddr, bytes: &[u8]) -> [Vec<String>; N] {
    let answers = bounded(async {
        let mut stream = TcpStream::connect(server).await?;
        stream.write_all(bytes).await?;
        let mut answers = String::new();
        stream.read_to_string(&mut answers).await.map(|_| answers)
    });
    let answers = answers.await.expect("the server answers in ASCII");
    let heads = answers.split_terminator("\r\n\r\n").map(parse);
    heads.collect::<Vec<_>>().try_into().expect("each request has one answer")
}

fn parse(head: &str) -> Vec<String> {
    let (first, rest) = head.split_once("\r\n").unwrap_or((head, ""));
    let status = first.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    let status = status.expect("the first line has a status").parse().expect("it is a number");
    let mut headers = HeaderMap::new();
    for (name, value) in rest.lines().filter_map(|line| line.split_once(": ")) {
        let name: HeaderName = name.parse().expect("hyper writes valid names");
        headers.append(name, HeaderValue::from_str(value).expect("hyper writes valid values"));
    }
    headers.remove(header::CONNECTION);
    head_lines(Version::HTTP_11, status, &headers)
}
