//! HTTP/2 streams that a client resets as soon as it has opened them, as in CVE-2023-44487.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use bytes::Bytes;
use http::{Request, Response, Version, header::ACCESS_CONTROL_ALLOW_ORIGIN};
use http_body_util::Full;
use hyper::{
    body::Incoming,
    client::conn::http2::{self, SendRequest},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tower::{Layer, service_fn};
use tower_cors::{AllowOrigin, CorsLayer};

use crate::{
    lasting::{Lasting, poll},
    wire::{APP, Client, Connection, bounded, get, preflight, serve_hyper},
};

/// As many as a server of hyper lets a client have open at once.
const STREAMS: usize = 200;
const RAPID: usize = 2_000;
const SLOW: &str = "https://slow.example";

pub(crate) async fn http2(server: SocketAddr) -> SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(server).await.expect("the server listens");
    let handshake = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await;
    let (sender, connection) = handshake.expect("the server speaks HTTP/2");
    tokio::spawn(connection);
    sender
}

/// A server that allows `APP` at once, and never decides about anyone else.
async fn serve(lasting: &Lasting, asked: &Arc<AtomicUsize>) -> SocketAddr {
    let (lasting, asked) = (lasting.clone(), asked.clone());
    let predicate = AllowOrigin::async_predicate(move |_, _| {
        asked.fetch_add(1, Ordering::Relaxed);
        let forever = lasting.forever();
        async {
            forever.await;
            true
        }
    });
    let cors = CorsLayer::new().allow_origin(AllowOrigin::patterns([APP]).or(predicate));
    let inner = service_fn(async |_: Request<Incoming>| {
        Ok::<_, Infallible>(Response::new(Full::<Bytes>::from("hello")))
    });
    serve_hyper(Connection::Http2, cors.layer(inner)).await
}

async fn assert_serves(server: SocketAddr) {
    let response = Client::new(Version::HTTP_2, server).send(preflight("/", APP, "GET")).await;
    assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP);
}

#[tokio::test]
async fn streams_that_are_reset_while_the_predicate_waits_drop_it() {
    bounded(async {
        let lasting = Lasting::default();
        let server = serve(&lasting, &Arc::default()).await;
        let idle = lasting.count();
        let mut sender = http2(server).await;
        for request in [get("/", Some(SLOW)), preflight("/", SLOW, "GET")] {
            let mut responses = Vec::new();
            for _ in 0..STREAMS {
                sender.ready().await.expect("the connection is open");
                let mut response = Box::pin(sender.send_request(request.clone()));
                assert!(poll(response.as_mut()).is_pending());
                responses.push(response);
            }
            lasting.until(idle + STREAMS).await;
            assert_serves(server).await;
            drop(responses);
            lasting.until(idle).await;
            assert_serves(server).await;
        }
    })
    .await;
}

/// The server may close the connection, or go on: it holds nothing of what was reset.
#[tokio::test]
async fn rapid_resets_leave_nothing_behind() {
    bounded(async {
        let (lasting, asked) = (Lasting::default(), Arc::<AtomicUsize>::default());
        let server = serve(&lasting, &asked).await;
        let idle = lasting.count();
        let mut sender = http2(server).await;
        for opened in 1..=RAPID {
            let mut response = Box::pin(sender.send_request(preflight("/", SLOW, "GET")));
            while asked.load(Ordering::Relaxed) < opened && poll(response.as_mut()).is_pending() {
                tokio::task::yield_now().await;
            }
        }
        assert!(asked.load(Ordering::Relaxed) > STREAMS, "more than are open at once");
        drop(sender);
        assert_serves(server).await;
        lasting.until(idle).await;
    })
    .await;
}
