//! HTTP/2: pseudo-headers, web sockets in a stream, and trailers.

use std::net::SocketAddr;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty};
use hyper::{
    body::Incoming,
    client::conn::http2::{SendRequest, handshake},
    ext::Protocol,
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tower_cors::CorsLayer;

use crate::net::{APP, bounded, serve};

const STRANGER: &str = "https://evil.example";

fn enforcing() -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).enforce_origins(true)
}

async fn connect(server: SocketAddr) -> SendRequest<Empty<Bytes>> {
    let stream = TcpStream::connect(server).await.expect("the server listens");
    let (sender, connection) =
        handshake(TokioExecutor::new(), TokioIo::new(stream)).await.expect("it speaks HTTP/2");
    tokio::spawn(connection);
    sender
}

/// The URI's authority is sent as `:authority`.
fn request(method: Method, uri: &str, lines: &[(&str, &str)]) -> Request<Empty<Bytes>> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in lines {
        request = request.header(*name, *value);
    }
    request.body(Empty::new()).expect("the request is valid")
}

async fn send(
    sender: &mut SendRequest<Empty<Bytes>>,
    request: Request<Empty<Bytes>>,
) -> Response<Incoming> {
    sender.ready().await.expect("the connection is open");
    sender.send_request(request).await.expect("the server answers")
}

#[tokio::test]
async fn an_authority_and_a_host_that_disagree_are_nobodys() {
    bounded(async {
        let (server, run) = serve(enforcing()).await;
        let mut sender = connect(server).await;
        for (uri, host, runs) in [
            ("https://evil.example/", None, true),
            ("http://evil.example/", None, true),
            ("https://EVIL.example:443/", Some("evil.EXAMPLE"), true),
            ("https://evil.example/", Some("api.example.com"), false),
            ("https://api.example.com/", Some("evil.example"), false),
            ("https://api.example.com/", None, false),
            ("https://evil.example:8443/", None, false),
            ("https://api.example.com/https://evil.example/", None, false),
        ] {
            let origin = ("origin", STRANGER);
            let lines: Vec<_> =
                host.map(|host| ("host", host)).into_iter().chain([origin]).collect();
            let response = send(&mut sender, request(Method::POST, uri, &lines)).await;
            let has_run = !run.take().is_empty();
            assert_eq!(has_run, runs, "{uri} {host:?}");
            assert_eq!(response.status() == StatusCode::OK, runs, "{uri} {host:?}");
        }
    })
    .await;
}

/// <https://www.rfc-editor.org/rfc/rfc8441>
#[tokio::test]
async fn a_web_socket_in_a_stream_is_enforced() {
    bounded(async {
        let (server, run) = serve(enforcing()).await;
        let mut sender = connect(server).await;
        // By then the server has said that it knows the protocol.
        send(&mut sender, request(Method::GET, "https://api.example.com/first", &[])).await;
        assert_eq!(run.take(), ["GET /first"]);
        for (origin, runs) in [(STRANGER, false), ("null", false), (APP, true)] {
            let mut asks =
                request(Method::CONNECT, "https://api.example.com/socket", &[("origin", origin)]);
            asks.extensions_mut().insert(Protocol::from_static("websocket"));
            let response = send(&mut sender, asks).await;
            assert_eq!(response.status() == StatusCode::OK, runs, "{origin}");
            assert_eq!(run.take() == ["CONNECT /socket"], runs, "{origin}");
        }
    })
    .await;
}

/// Browsers do not look for CORS headers there.
#[tokio::test]
async fn trailers_are_no_headers() {
    bounded(async {
        let (server, _) = serve(CorsLayer::new().allow_origins([APP])).await;
        let mut sender = connect(server).await;
        let asks = request(Method::GET, "https://api.example.com/", &[("origin", STRANGER)]);
        let response = send(&mut sender, asks).await;
        assert!(!response.headers().contains_key("access-control-allow-origin"));
        let body = response.into_body().collect().await.expect("the body is whole");
        let trailers = body.trailers().expect("the service sends some");
        assert_eq!(trailers["access-control-allow-origin"], "*");
    })
    .await;
}
