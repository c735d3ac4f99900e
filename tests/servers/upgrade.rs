//! An upgrade passes through the layer: its 101 is decorated, and then bytes flow both ways.

use std::{convert::Infallible, net::SocketAddr};

use axum::{Router, routing};
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{Empty, Full};
use hyper::{client::conn::http1, upgrade::Upgraded};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy, split},
    net::TcpStream,
};
use tower::{Layer, service_fn};
use tower_cors::CorsLayer;

use crate::wire::{APP, Connection, STRANGER, bounded, head, serve_axum, serve_hyper};

fn cors() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

#[tokio::test]
async fn through_hyper() {
    let echo = service_fn(async |request| Ok::<_, Infallible>(echo(request)));
    for connection in [Connection::Auto, Connection::Http1] {
        assert_echoes(serve_hyper(connection, cors().layer(echo)).await).await;
    }
}

#[tokio::test]
async fn through_axum() {
    let handler = async |request| echo::<axum::body::Body>(request).map(axum::body::Body::new);
    let app = Router::new().route("/", routing::get(handler)).layer(cors());
    assert_echoes(serve_axum(app).await).await;
}

/// CORS keeps no page from opening a web socket: enforcement does.
#[tokio::test]
async fn a_foreign_page_is_kept_out_by_enforcement_alone() {
    let echo = service_fn(async |request| Ok::<_, Infallible>(echo(request)));
    bounded(async {
        let server = serve_hyper(Connection::Auto, cors().layer(echo)).await;
        let response = upgrade(server, STRANGER).await;
        let expected = ["HTTP/1.1 101", "connection: upgrade", "upgrade: echo", "vary: origin"];
        assert_eq!(head(&response), expected);

        let enforcing = cors().enforce_origins(true).layer(echo);
        let server = serve_hyper(Connection::Auto, enforcing).await;
        let response = upgrade(server, STRANGER).await;
        let expected = [
            "HTTP/1.1 403",
            "cache-control: no-store",
            "content-length: 0",
            "vary: origin, sec-fetch-site",
        ];
        assert_eq!(head(&response), expected);
    })
    .await;
}

async fn assert_echoes(server: SocketAddr) {
    bounded(async {
        let response = upgrade(server, APP).await;
        let expected = [
            "HTTP/1.1 101",
            "access-control-allow-origin: https://app.example.com",
            "connection: upgrade",
            "upgrade: echo",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
        let mut upgraded = TokioIo::new(hyper::upgrade::on(response).await.expect("it is a 101"));
        for message in [&b"ping"[..], b"pong"] {
            upgraded.write_all(message).await.expect("the server reads");
            let mut answer = [0; 4];
            upgraded.read_exact(&mut answer).await.expect("the server writes");
            assert_eq!(answer, message);
        }
    })
    .await;
}

async fn upgrade(server: SocketAddr, origin: &str) -> Response<hyper::body::Incoming> {
    let stream = TcpStream::connect(server).await.expect("the server listens");
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.expect("HTTP/1.1 has no handshake");
    tokio::spawn(connection.with_upgrades());
    let request = Request::builder()
        .method(Method::GET)
        .header(header::HOST, server.to_string())
        .header(header::ORIGIN, origin)
        .header(header::CONNECTION, "upgrade")
        .header(header::UPGRADE, "echo")
        .body(Empty::<Bytes>::new())
        .expect("the request is valid");
    sender.send_request(request).await.expect("the server answers")
}

/// Agrees to a protocol in which every byte is sent back.
fn echo<B>(mut request: Request<B>) -> Response<Full<Bytes>> {
    let upgraded = hyper::upgrade::on(&mut request);
    tokio::spawn(async { send_back(upgraded.await?).await });
    Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(header::CONNECTION, "upgrade")
        .header(header::UPGRADE, "echo")
        .body(Full::default())
        .expect("the response is valid")
}

async fn send_back(upgraded: Upgraded) -> Result<(), tower::BoxError> {
    let (mut reader, mut writer) = split(TokioIo::new(upgraded));
    copy(&mut reader, &mut writer).await?;
    Ok(())
}
