//! A body of 1 GiB goes through in both directions, and memory stays what it was.
#![cfg(target_os = "linux")]

use std::{
    convert::Infallible,
    fs,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{Router, extract::Request as AxumRequest, response::Response as AxumResponse, routing};
use bytes::Bytes;
use http::{
    Request,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, HOST, ORIGIN},
};
use http_body::{Body, Frame};
use http_body_util::BodyExt;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_cors::CorsLayer;

use crate::wire::{APP, bounded, serve_axum};

const GIBIBYTE: usize = 1 << 30;
const LOOK_EVERY: usize = GIBIBYTE / 64;

/// More than sockets, buffers and the other tests of this process take.
const MARGIN: usize = GIBIBYTE / 16;

static CHUNK: [u8; 1 << 18] = [b'x'; 1 << 18];

/// So many bytes, made of one chunk that is not copied.
struct Long {
    left: usize,
}

impl Body for Long {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let chunk = &CHUNK[..CHUNK.len().min(self.left)];
        self.left -= chunk.len();
        Poll::Ready((!chunk.is_empty()).then(|| Ok(Frame::data(Bytes::from_static(chunk)))))
    }
}

/// Bytes of this process that are in memory.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it has this");
    let kilobytes: usize = line.trim().trim_end_matches(" kB").parse().expect("it is in kilobytes");
    kilobytes * 1024
}

#[tokio::test]
async fn a_gibibyte_goes_through_in_flat_memory() {
    bounded(async {
        let echo = async |request: AxumRequest| AxumResponse::new(request.into_body());
        let cors = CorsLayer::new().allow_origins([APP]);
        let server = serve_axum(Router::new().route("/", routing::post(echo)).layer(cors)).await;
        let stream = TcpStream::connect(server).await.expect("the server listens");
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.expect("HTTP/1.1 has no handshake");
        tokio::spawn(connection);
        let request = Request::post("/")
            .header(HOST, "api.example.com")
            .header(ORIGIN, APP)
            .body(Long { left: GIBIBYTE })
            .expect("the request is valid");
        let response = sender.send_request(request).await.expect("the server answers");
        assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP);

        let (before, mut received, mut looked_at) = (resident(), 0, 0);
        let mut body = response.into_body();
        while let Some(frame) = body.frame().await {
            received += frame.expect("nothing breaks").into_data().expect("it is data").len();
            if received - looked_at > LOOK_EVERY {
                let growth = resident().saturating_sub(before);
                assert!(growth < MARGIN, "{growth} bytes more after {received}");
                looked_at = received;
            }
        }
        assert_eq!(received, GIBIBYTE);
    })
    .await;
}
