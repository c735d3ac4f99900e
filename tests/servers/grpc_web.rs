//! gRPC-Web from a page of another origin: tonic, tonic-web and this layer.

use std::{net::SocketAddr, time::Duration};

use bytes::{Buf, Bytes};
use http::{HeaderName, Request, Version, header};
use http_body_util::Full;
use tonic::transport::{Endpoint, Server, server::TcpIncoming};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_web::GrpcWebLayer;
use tower_cors::CorsLayer;

use crate::wire::{APP, Client, STRANGER, bounded, head, listen};

const CHECK: &str = "/grpc.health.v1.Health/Check";
/// What a browser's client sets, in the order in which the browser asks for it.
const ASKED_HEADERS: &str = "content-type,grpc-timeout,x-grpc-web,x-user-agent";

#[tokio::test]
async fn a_preflight_covers_what_the_client_sets() {
    bounded(async {
        let client = Client::new(Version::HTTP_11, serve().await);
        let response = client.send(preflight(APP)).await;
        let expected = [
            "HTTP/1.1 204",
            "access-control-allow-headers: content-type,x-grpc-web,x-user-agent,grpc-timeout",
            "access-control-allow-methods: POST",
            "access-control-allow-origin: https://app.example.com",
            "access-control-max-age: 600",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
        let response = client.send(preflight(STRANGER)).await;
        assert_eq!(head(&response), ["HTTP/1.1 403", "content-length: 0", "vary: origin"]);
    })
    .await;
}

#[tokio::test]
async fn a_page_reads_message_and_trailers() {
    bounded(async {
        let client = Client::new(Version::HTTP_11, serve().await);
        // The empty name stands for the whole server.
        let response = client.send(check(Some(APP), b"")).await;
        let expected = [
            "HTTP/1.1 200",
            "access-control-allow-origin: https://app.example.com",
            "access-control-expose-headers: grpc-status,grpc-message",
            "content-type: application/grpc-web+proto",
            "transfer-encoding: chunked",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
        // Field 1, status: 1, serving.
        let [message, trailers] = frames(response.into_body());
        assert_eq!(message, (MESSAGE, Bytes::from_static(&[0x08, 1])));
        assert_eq!(trailers, (TRAILERS, Bytes::from_static(b"grpc-status:0\r\n")));
    })
    .await;
}

/// The status is in the headers there, where a page reads only what is exposed.
#[tokio::test]
async fn a_page_reads_an_error_without_message() {
    bounded(async {
        let client = Client::new(Version::HTTP_11, serve().await);
        // Field 1, service: a name that nothing is registered under.
        let response = client.send(check(Some(APP), b"\x0a\x04none")).await;
        let expected = [
            "HTTP/1.1 200",
            "access-control-allow-origin: https://app.example.com",
            "access-control-expose-headers: grpc-status,grpc-message",
            "content-length: 0",
            "content-type: application/grpc-web+proto",
            "grpc-message: service%20not%20registered",
            "grpc-status: 5",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
    })
    .await;
}

#[tokio::test]
async fn a_foreign_page_reads_nothing() {
    bounded(async {
        let client = Client::new(Version::HTTP_11, serve().await);
        for origin in [Some(STRANGER), None] {
            let response = client.send(check(origin, b"")).await;
            let expected = [
                "HTTP/1.1 200",
                "content-type: application/grpc-web+proto",
                "transfer-encoding: chunked",
                "vary: origin",
            ];
            assert_eq!(head(&response), expected, "{origin:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn native_grpc_passes_beside_it() {
    bounded(async {
        let server = serve().await;
        let endpoint = Endpoint::from_shared(format!("http://{server}")).unwrap();
        let mut client = HealthClient::new(endpoint.connect().await.unwrap());
        let response = client.check(HealthCheckRequest::default()).await.unwrap();
        assert_eq!(response.metadata().get("vary").unwrap(), "origin");
        assert_eq!(response.into_inner().status, 1);
    })
    .await;
}

async fn serve() -> SocketAddr {
    let (_, health) = tonic_health::server::health_reporter();
    let cors = CorsLayer::new()
        .allow_origins([APP])
        .allow_methods([http::Method::POST])
        .allow_headers(
            ["content-type", "x-grpc-web", "x-user-agent", "grpc-timeout"]
                .map(HeaderName::from_static),
        )
        .expose_headers(["grpc-status", "grpc-message"].map(HeaderName::from_static))
        .max_age(Duration::from_secs(600));
    let (listener, address) = listen().await;
    let server = Server::builder()
        .accept_http1(true)
        .layer(cors)
        .layer(GrpcWebLayer::new())
        .add_service(health)
        .serve_with_incoming(TcpIncoming::from(listener));
    tokio::spawn(server);
    address
}

fn preflight(origin: &str) -> Request<Full<Bytes>> {
    Request::options(CHECK)
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, ASKED_HEADERS)
        .body(Full::default())
        .expect("the request is valid")
}

fn check(origin: Option<&str>, message: &[u8]) -> Request<Full<Bytes>> {
    let length = u32::try_from(message.len()).expect("messages are short").to_be_bytes();
    let body = [&[MESSAGE][..], &length, message].concat();
    let mut request = Request::post(CHECK)
        .header(header::CONTENT_TYPE, "application/grpc-web+proto")
        .header(header::ACCEPT, "application/grpc-web+proto")
        .header("x-grpc-web", "1")
        .header("x-user-agent", "grpc-web-javascript/0.1")
        .header("grpc-timeout", "10S");
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    request.body(Full::from(body)).expect("the request is valid")
}

const MESSAGE: u8 = 0;
const TRAILERS: u8 = 0x80;

/// The frames of a gRPC-Web body: a flag, four bytes of length, and so many bytes.
fn frames<const N: usize>(mut body: Bytes) -> [(u8, Bytes); N] {
    let mut frames = Vec::new();
    while body.has_remaining() {
        let flag = body.get_u8();
        let length = body.get_u32() as usize;
        frames.push((flag, body.split_to(length)));
    }
    frames.try_into().expect("the body has so many frames")
}
