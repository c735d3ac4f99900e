//! Programs that are no browsers send no `Origin`, and run whatever they ask for.

use std::net::Ipv4Addr;

use axum::http::StatusCode;
use tokio::net::TcpStream;

use crate::{
    http2,
    layers::{MODES, layer},
    server::Server,
    verdict::{Answer, Disagreements, Whose},
    wire::exchange,
};

const METHODS: [&str; 10] =
    ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PROPFIND", "PUT", "QUERY", "TRACE"];

/// What such programs do send, and proxies add for them.
const LINES: [&str; 4] = [
    "user-agent: curl/8.0",
    "authorization: Bearer token | content-type: application/json",
    "referer: https://evil.example/ | cookie: session=1",
    "x-forwarded-host: evil.example | x-forwarded-for: 192.0.2.1 | forwarded: host=evil.example",
];

#[tokio::test]
async fn run_over_both_versions() {
    let mut disagreements = Disagreements::default();
    for enforce in MODES {
        let server = Server::start(Ipv4Addr::LOCALHOST, layer(enforce)).await;
        let connect = || async { TcpStream::connect(server.address).await };
        let stream = connect().await.expect("the server listens");
        let mut client = http2::client(stream, http2::PAGE).await;
        let want = Whose::Nobodys.answer_under(enforce, StatusCode::OK);
        for method in METHODS {
            for (at, lines) in LINES.iter().enumerate() {
                let name = |version: &str| format!("{version}: {method}, {lines}, {enforce:?}");
                let path = format!("/1/{method}/{at}");
                let head = format!("{method} {path} HTTP/1.1 | host: upstream:8080 | {lines}");
                let head = exchange(connect().await.expect("the server listens"), &head).await;
                let got = Answer { runs: server.runs(&path), head };
                disagreements.compare(&name("HTTP/1.1"), &got, &want);

                let path = format!("/2/{method}/{at}");
                let request = http2::request(method, &format!("http://upstream:8080{path}"), lines);
                let head = http2::send(&mut client, request).await;
                let got = Answer { runs: server.runs(&path), head };
                disagreements.compare(&name("HTTP/2"), &got, &want);
            }
        }
    }
    disagreements.assert_none();
}
