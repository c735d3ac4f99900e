//! Clients that go away, and requests that are none.

use std::{convert::Infallible, net::SocketAddr};

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tower::{Layer, service_fn};
use tower_cors::{AllowOrigin, CorsLayer};

use crate::{
    lasting::Lasting,
    wire::{APP, Connection, bounded, serve_hyper},
};

const SLOW: &str = "https://slow.example";

/// How many header lines hyper reads of a request.
const MOST_LINES: usize = 100;

/// A server that allows `APP` at once, and never decides about `SLOW`.
async fn serve(lasting: &Lasting) -> SocketAddr {
    let lasting = lasting.clone();
    let predicate = AllowOrigin::async_predicate(move |origin, _| {
        let forever = lasting.forever();
        async move {
            if origin == SLOW {
                forever.await;
            }
            false
        }
    });
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::patterns([APP]).or(predicate))
        .allow_methods([Method::PUT]);
    let inner = service_fn(async |_: Request<Incoming>| {
        Ok::<_, Infallible>(Response::new(Full::<Bytes>::from("hello")))
    });
    serve_hyper(Connection::Auto, cors.layer(inner)).await
}

const CLOSE: &str = "connection: close\r\n";

fn preflight(origin: &str, more: &str) -> String {
    let lines = format!("origin: {origin}\r\naccess-control-request-method: PUT\r\n{more}");
    format!("OPTIONS / HTTP/1.1\r\nhost: api.example.com\r\n{lines}\r\n")
}

async fn connect(server: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(server).await.expect("the server listens");
    stream.write_all(bytes).await.expect("the server reads");
    stream
}

/// All that comes back until the server closes.
async fn exchange(server: SocketAddr, bytes: &[u8]) -> String {
    let mut answer = String::new();
    let mut stream = connect(server, bytes).await;
    stream.read_to_string(&mut answer).await.expect("the server closes when all is said");
    answer
}

fn statuses(answer: &str) -> Vec<&str> {
    answer.lines().filter_map(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3)).collect()
}

async fn assert_serves(server: SocketAddr, name: &str) {
    let answer = exchange(server, preflight(APP, CLOSE).as_bytes()).await;
    assert!(answer.contains(&format!("access-control-allow-origin: {APP}")), "{name}: {answer}");
}

#[tokio::test]
async fn a_client_that_goes_away_in_mid_preflight_leaves_nothing_behind() {
    bounded(async {
        let lasting = Lasting::default();
        let server = serve(&lasting).await;
        let idle = lasting.count();
        let whole = preflight(SLOW, "");
        for end in [1, whole.find("origin").expect("it has one") + 12, whole.len() - 1] {
            drop(connect(server, &whole.as_bytes()[..end]).await);
            assert_serves(server, "a part of a preflight").await;
            assert_eq!(lasting.count(), idle);
        }
        let streams =
            [connect(server, whole.as_bytes()).await, connect(server, whole.as_bytes()).await];
        lasting.until(idle + streams.len()).await;
        drop(streams);
        lasting.until(idle).await;
        assert_serves(server, "a preflight that nobody waits for").await;
    })
    .await;
}

#[tokio::test]
async fn malformed_requests_are_the_servers_to_refuse() {
    let origin = format!("origin: {APP}\r\n");
    let rows: [(&str, Vec<u8>); 10] = [
        ("no request", b"\0\0\0\0\r\n\r\n".into()),
        ("a TLS handshake", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n".into()),
        ("version", format!("GET / HTTP/9.9\r\n{origin}\r\n").into()),
        ("method", format!("G@T / HTTP/1.1\r\n{origin}\r\n").into()),
        ("target", format!("GET \x7f HTTP/1.1\r\n{origin}\r\n").into()),
        ("no colon", b"GET / HTTP/1.1\r\norigin https://app.example.com\r\n\r\n".into()),
        (
            "a space before the colon",
            b"GET / HTTP/1.1\r\norigin : https://a.example\r\n\r\n".into(),
        ),
        ("a zero byte", b"GET / HTTP/1.1\r\norigin: https://app.example.com\0\r\n\r\n".into()),
        ("a folded line", b"GET / HTTP/1.1\r\norigin: https://app\r\n .example.com\r\n\r\n".into()),
        (
            "two lengths",
            format!("POST / HTTP/1.1\r\n{origin}content-length: 1\r\ncontent-length: 2\r\n\r\n")
                .into(),
        ),
    ];
    bounded(async {
        let server = serve(&Lasting::default()).await;
        for (name, request) in rows {
            let answer = exchange(server, &request).await;
            assert_eq!(statuses(&answer), ["400"], "{name}");
            assert!(!answer.contains("access-control"), "{name}: {answer}");
            let pipelined = [preflight(APP, "").as_bytes(), &request].concat();
            let answers = exchange(server, &pipelined).await;
            assert_eq!(statuses(&answers), ["204", "400"], "{name}");
            let lines = answers.matches("access-control-allow-origin").count();
            assert_eq!(lines, 1, "{name}: {answers}");
            assert_serves(server, name).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_hundred_origins_are_none() {
    bounded(async {
        let server = serve(&Lasting::default()).await;
        let rest = preflight(APP, CLOSE);
        let others = rest.matches(": ").count() - 1;
        for (lines, status) in [(MOST_LINES - others, "403"), (MOST_LINES - others + 1, "431")] {
            let origin = format!("origin: {APP}\r\n");
            let request = rest.replace(&origin, &origin.repeat(lines));
            let answer = exchange(server, request.as_bytes()).await;
            assert_eq!(statuses(&answer), [status]);
            assert!(!answer.contains("access-control"), "{answer}");
            assert_serves(server, status).await;
        }
    })
    .await;
}
