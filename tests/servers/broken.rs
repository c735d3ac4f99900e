//! Services that end without a response, which no layer can decorate.

use std::{future::Ready, io, net::SocketAddr};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tower::{Layer, service_fn};
use tower_cors::CorsLayer;

use crate::wire::{APP, Connection, bounded, serve_hyper};

type Answer = Result<Response<Full<Bytes>>, io::Error>;

/// All that comes back.
async fn answer(server: SocketAddr) -> String {
    let request = format!("GET / HTTP/1.1\r\nhost: api.example.com\r\norigin: {APP}\r\n\r\n");
    let mut stream = TcpStream::connect(server).await.expect("the server listens");
    stream.write_all(request.as_bytes()).await.expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("the server closes");
    answer
}

#[tokio::test]
async fn an_error_or_a_panic_closes_the_connection() {
    let fails = |_: Request<Incoming>| -> Ready<Answer> {
        std::future::ready(Err(io::Error::other("the upstream is away")))
    };
    let panics = |_: Request<Incoming>| -> Ready<Answer> { panic!("a handler may") };
    let cors = || CorsLayer::new().allow_origins([APP]);
    bounded(async {
        let failing = serve_hyper(Connection::Http1, cors().layer(service_fn(fails))).await;
        assert_eq!(answer(failing).await, "");
        let panicking = serve_hyper(Connection::Http1, cors().layer(service_fn(panics))).await;
        assert_eq!(answer(panicking).await, "");
    })
    .await;
}
