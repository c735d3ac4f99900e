//! HTTP/1.1, written by hand.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tower_cors::{CorsLayer, Enforce};

use crate::net::{APP, bounded, serve};

const STRANGER: &str = "origin: https://evil.example\r\n";
const SMUGGLED: &str = "GET /smuggled HTTP/1.1\r\nhost: api.example.com\r\n\r\n";

fn listed() -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).allow_methods([http::Method::PUT])
}

/// All that the server answers until it closes or, being asked to, has nothing left to say.
async fn send(server: SocketAddr, request: &str) -> String {
    let answers = bounded(async {
        let mut stream = TcpStream::connect(server).await?;
        stream.write_all(request.as_bytes()).await?;
        stream.shutdown().await?;
        let mut answers = Vec::new();
        // What the server has not read may reset the connection: what has come by then counts.
        drop(stream.read_to_end(&mut answers).await);
        Ok::<_, std::io::Error>(answers)
    });
    String::from_utf8_lossy(&answers.await.expect("the server listens")).to_lowercase()
}

/// What a request brings along that is answered without being run is no request either.
#[tokio::test]
async fn a_body_that_nobody_reads_is_no_request() {
    let (server, run) = serve(listed().enforce_origins(true)).await;
    let chunked = format!("{:x}\r\n{SMUGGLED}\r\n0\r\n\r\n", SMUGGLED.len());
    let asks = "access-control-request-method: PUT\r\n";
    let length = format!("content-length: {}\r\n", SMUGGLED.len());
    let coding = "transfer-encoding: chunked\r\n";
    for (name, first, origin) in [
        ("allowed preflight", "OPTIONS", format!("origin: {APP}\r\n{asks}")),
        ("refused preflight", "OPTIONS", format!("{STRANGER}{asks}")),
        ("refused request", "POST", STRANGER.to_owned()),
    ] {
        for (body, framing) in [
            (SMUGGLED, length.clone()),
            (&*chunked, coding.to_owned()),
            (&*chunked, format!("content-length: 4\r\n{coding}")),
            (&*chunked, format!("{coding}content-length: 4\r\n")),
        ] {
            let head = format!("{first} / HTTP/1.1\r\nhost: api.example.com\r\n{origin}{framing}");
            let answers = send(server, &format!("{head}\r\n{body}")).await;
            assert_eq!(run.take(), [""; 0], "{name}: {framing}");
            assert_eq!(answers.matches("http/1.1 ").count(), 1, "{name}: {answers}");
        }
    }
    // It would run.
    send(server, SMUGGLED).await;
    assert_eq!(run.take(), ["GET /smuggled"]);
}

/// But for the first, which is fine.
const IN_TWO_WAYS: [&str; 15] = [
    "origin: https://app.example.com\r\n",
    "origin : https://app.example.com\r\n",
    " origin: https://app.example.com\r\n",
    "origin:\r\n https://app.example.com\r\n",
    "origin: https://evil.example\r\n\thttps://app.example.com\r\n",
    "origin: https://evil.example\rorigin: https://app.example.com\r\n",
    "origin: https://evil.example\norigin: https://app.example.com\r\n",
    "origin: https://app.example.com\0\r\n",
    "origin: https://app.example.com\x0b\r\n",
    "origin: https://app.example.com\r\noRiGiN: https://app.example.com\r\n",
    "origin: https://app.example.com\r\nORIGIN: https://evil.example\r\n",
    "origin_: https://app.example.com\r\n",
    "x-origin: https://app.example.com\r\n",
    "http_origin: https://app.example.com\r\n",
    "referer: https://app.example.com/\r\n",
];

#[tokio::test]
async fn lines_that_are_read_in_two_ways_allow_nothing() {
    let (server, _) = serve(listed()).await;
    for (nth, lines) in IN_TWO_WAYS.into_iter().enumerate() {
        let head = "GET / HTTP/1.1\r\nhost: api.example.com\r\nconnection: close\r\n";
        let answer = send(server, &format!("{head}{lines}\r\n")).await;
        let (head, _) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        assert_eq!(head.contains("access-control-"), nth == 0, "{lines:?}: {answer}");
    }
    for lines in [
        "access_control_request_method: PUT\r\n",
        "x-access-control-request-method: PUT\r\n",
        "access-control-request-method : PUT\r\n",
    ] {
        let head = "OPTIONS / HTTP/1.1\r\nhost: api.example.com\r\nconnection: close\r\n";
        let answer = send(server, &format!("{head}origin: {APP}\r\n{lines}\r\n")).await;
        assert!(!answer.contains("access-control-allow-methods"), "{lines:?}: {answer}");
    }
}

/// The target and the lines of a stranger's request.
const DISGUISES: [(&str, &str); 32] = [
    ("/", "host: api.example.com"),
    ("/", "host: evil%2eexample"),
    ("/", "host: evil.example@api.example.com"),
    ("/", "host: api.example.com@evil.example"),
    ("/", "host: [::ffff:evil.example]"),
    ("/", "host: evil.example."),
    ("/", "host: evil.example:"),
    ("/", "host: evil.example:0443"),
    ("/", "host: evil.example:80"),
    ("/", "host: evil.example, evil.example"),
    ("/", "host: evil.example\r\nHOST: evil.example"),
    ("/", "host: api.example.com\r\nhost: evil.example"),
    ("/", "host_: evil.example"),
    ("/", "host: api.example.com\r\nx-forwarded-host: evil.example"),
    ("/", "host: api.example.com\r\nforwarded: host=evil.example;proto=https"),
    ("/", "host: api.example.com\r\nx-forwarded-proto: https\r\nx-host: evil.example"),
    ("/", "host: api.example.com\r\nx-http-method-override: GET"),
    ("/", "host: api.example.com\r\nx-original-url: https://evil.example/"),
    ("https://evil.example/", "host: api.example.com"),
    ("https://api.example.com/", "host: evil.example"),
    ("https://evil.example@api.example.com/", "host: evil.example"),
    ("https://api.example.com@evil.example/", "host: evil.example"),
    ("//evil.example/", "host: api.example.com"),
    ("/", "host: evil.example\r\nsec-fetch-site: cross-site"),
    ("/", "host: evil.example\r\nsec-fetch-site: Same-Origin"),
    ("/", "host: evil.example\r\nsec-fetch-site: same-origin;a"),
    ("/", "host: evil.example\r\nsec-fetch-site: \"same-origin\""),
    ("/", "host: evil.example\r\nsec-fetch-site: same-origin, cross-site"),
    ("/", "host: evil.example\r\nsec-fetch-site: same-origin\r\nsec-fetch-site: none"),
    ("/", "host: evil.example\r\nsec-fetch-site:"),
    ("/", "host: api.example.com\r\nsec_fetch_site: same-origin"),
    ("/", "host: api.example.com\r\nsec-fetch-mode: navigate\r\nsec-fetch-dest: document"),
];

/// No spelling of the server's own address, and nothing beside it, makes a stranger of it.
#[tokio::test]
async fn an_enforced_request_of_a_stranger_does_not_run() {
    for enforce in [Enforce::SameOrigin, Enforce::ListedOnly] {
        let (server, run) = serve(listed().enforce_origins(enforce)).await;
        for (target, lines) in DISGUISES {
            let rest = "content-length: 0\r\nconnection: close\r\n\r\n";
            let head = format!("POST {target} HTTP/1.1\r\n{lines}\r\n{STRANGER}");
            let answer = send(server, &format!("{head}{rest}")).await;
            assert_eq!(run.take(), [""; 0], "{target} {lines:?}: {answer}");
            assert!(!answer.contains("access-control-"), "{target} {lines:?}: {answer}");
        }
        let own = format!("POST / HTTP/1.1\r\nhost: api.example.com\r\norigin: {APP}\r\n");
        send(server, &format!("{own}content-length: 0\r\n\r\n")).await;
        assert_eq!(run.take(), ["POST /"]);
        for method in ["CONNECT evil.example:443", "TRACE /", "post /", "PROPFIND /", "OPTIONS *"] {
            let head = format!("{method} HTTP/1.1\r\nhost: api.example.com\r\n{STRANGER}");
            let answer = send(server, &format!("{head}connection: close\r\n\r\n")).await;
            assert_eq!(run.take(), [""; 0], "{method}: {answer}");
        }
    }
}
