//! A server on a free port of loopback, whose service notes what it runs.

use std::{
    convert::Infallible,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
    service::TowerToHyperService,
};
use tokio::net::TcpListener;
use tower::{Layer, service_fn};
use tower_cors::CorsLayer;

pub(crate) const APP: &str = "https://app.example.com";

/// Far more than any test takes.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) async fn bounded<F: Future>(test: F) -> F::Output {
    tokio::time::timeout(LIMIT, test).await.expect("the test ends by itself")
}

/// The methods and paths of what has run.
#[derive(Clone, Default)]
pub(crate) struct Run(Arc<Mutex<Vec<String>>>);

impl Run {
    fn note<B>(&self, request: &Request<B>) {
        let text = format!("{} {}", request.method(), request.uri().path());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }

    /// What has run since the last time.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Speaks both versions.
pub(crate) async fn serve(cors: CorsLayer) -> (SocketAddr, Run) {
    let run = Run::default();
    let noting = run.clone();
    let service = cors.layer(service_fn(move |request: Request<Incoming>| {
        noting.note(&request);
        async { Ok::<_, Infallible>(careless()) }
    }));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
    let address = listener.local_addr().expect("a bound socket has an address");
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("loopback accepts");
            let service = TowerToHyperService::new(service.clone());
            tokio::spawn(async move {
                let mut server = auto::Builder::new(TokioExecutor::new());
                server.http2().enable_connect_protocol();
                drop(server.serve_connection_with_upgrades(TokioIo::new(stream), service).await);
            });
        }
    });
    (address, run)
}

/// Says in its trailers what only the layer may say.
fn careless() -> Response<BoxBody<Bytes, Infallible>> {
    let trailers = async {
        let any = HeaderValue::from_static("*");
        let line = ("access-control-allow-origin".parse().expect("it is a name"), any);
        Some(Ok(HeaderMap::from_iter([line])))
    };
    Response::new(Full::from("text").with_trailers(trailers).boxed())
}
