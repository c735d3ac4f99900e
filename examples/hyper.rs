//! hyper without a framework, speaking HTTP/1.1 and HTTP/2. Ctrl-C ends it.
//!
//! ```text
//! cargo run --example hyper
//!
//! curl -i 127.0.0.1:3000 -H 'origin: https://app.example.com'
//!     HTTP/1.1 200 OK
//!     vary: origin
//!     access-control-allow-origin: https://app.example.com
//!
//! curl -i --http2-prior-knowledge -X OPTIONS 127.0.0.1:3000 \
//!     -H 'origin: https://app.example.com' -H 'access-control-request-method: PUT'
//!     HTTP/2 204
//!     access-control-allow-methods: PUT
//!     access-control-allow-origin: https://app.example.com
//!     vary: origin
//!
//! curl -i -X OPTIONS 127.0.0.1:3000 \
//!     -H 'origin: https://stranger.example' -H 'access-control-request-method: PUT'
//!     HTTP/1.1 403 Forbidden
//!     vary: origin
//! ```

use std::{convert::Infallible, error::Error, net::Ipv4Addr, pin::pin};

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, select, signal::ctrl_c};
use tower::{Layer, service_fn};
use tower_cors::CorsLayer;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cors = CorsLayer::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods([Method::PUT])
        .build()?;
    let service = TowerToHyperService::new(cors.layer(service_fn(hello)));

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 3000)).await?;
    println!("http://{}", listener.local_addr()?);
    let server = auto::Builder::new(TokioExecutor::new());
    let connections = GracefulShutdown::new();
    let mut interrupted = pin!(ctrl_c());
    loop {
        select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted?;
                let connection = server.serve_connection(TokioIo::new(stream), service.clone());
                tokio::spawn(connections.watch(connection.into_owned()));
            }
            result = &mut interrupted => break result?,
        }
    }
    connections.shutdown().await;
    Ok(())
}

async fn hello(_: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(Response::new(Full::from("hello\n")))
}
