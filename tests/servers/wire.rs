//! Servers on a free port of loopback, and clients for them. All tasks end with the test's runtime.

use std::{
    error::Error,
    future::Future,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use axum::Router;
use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, Uri, Version, header};
use http_body_util::{BodyExt, Full};
use hyper::{
    body::{Body, Incoming},
    server::conn,
};
use hyper_util::{
    client::legacy::{Client as HyperClient, connect::HttpConnector},
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tower::{BoxError, Service};

pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const STRANGER: &str = "https://stranger.example";

/// Far more than any test takes.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) async fn bounded<F: Future>(test: F) -> F::Output {
    tokio::time::timeout(LIMIT, test).await.expect("the test ends by itself")
}

pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
    let address = listener.local_addr().expect("a bound socket has an address");
    (listener, address)
}

pub(crate) async fn serve_axum(app: Router) -> SocketAddr {
    let (listener, address) = listen().await;
    tokio::spawn(async { axum::serve(listener, app).await });
    address
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Connection {
    /// Finds out which version the client speaks.
    Auto,
    Http1,
    Http2,
}

pub(crate) async fn serve_hyper<S, B>(connection: Connection, service: S) -> SocketAddr
where
    S: Service<Request<Incoming>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
{
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("loopback accepts");
            tokio::spawn(serve_connection(connection, stream, service.clone()));
        }
    });
    address
}

async fn serve_connection<S, B>(
    connection: Connection,
    stream: TcpStream,
    service: S,
) -> Result<(), BoxError>
where
    S: Service<Request<Incoming>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
{
    let (io, service) = (TokioIo::new(stream), TowerToHyperService::new(service));
    match connection {
        Connection::Auto => {
            let server = auto::Builder::new(TokioExecutor::new());
            server.serve_connection_with_upgrades(io, service).await
        }
        Connection::Http1 => {
            let server = conn::http1::Builder::new();
            Ok(server.serve_connection(io, service).with_upgrades().await?)
        }
        Connection::Http2 => {
            let server = conn::http2::Builder::new(TokioExecutor::new());
            Ok(server.serve_connection(io, service).await?)
        }
    }
}

#[derive(Clone)]
pub(crate) struct Client {
    server: SocketAddr,
    hyper: HyperClient<HttpConnector, Full<Bytes>>,
}

impl Client {
    /// Speaks HTTP/1.1, or HTTP/2 with prior knowledge.
    pub(crate) fn new(version: Version, server: SocketAddr) -> Self {
        let mut builder = HyperClient::builder(TokioExecutor::new());
        let hyper = builder.http2_only(version == Version::HTTP_2).build_http();
        Self { server, hyper }
    }

    /// Sends the request, whose URI is a path, to the server.
    pub(crate) async fn send(&self, mut request: Request<Full<Bytes>>) -> Response<Bytes> {
        let uri = format!("http://{}{}", self.server, request.uri());
        *request.uri_mut() = Uri::try_from(uri).expect("a path follows the authority");
        let response = self.hyper.request(request).await.expect("the server answers");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the body is whole").to_bytes();
        Response::from_parts(parts, body)
    }
}

pub(crate) fn get(path: &str, origin: Option<&str>) -> Request<Full<Bytes>> {
    actual("GET", path, origin)
}

pub(crate) fn post(path: &str, origin: Option<&str>) -> Request<Full<Bytes>> {
    actual("POST", path, origin)
}

fn actual(method: &str, path: &str, origin: Option<&str>) -> Request<Full<Bytes>> {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    request.body(Full::default()).expect("tests write valid requests")
}

pub(crate) fn preflight(path: &str, origin: &str, method: &str) -> Request<Full<Bytes>> {
    Request::options(path)
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, method)
        .body(Full::default())
        .expect("tests write valid requests")
}

/// Everything but the body and the date.
pub(crate) fn head<B>(response: &Response<B>) -> Vec<String> {
    head_lines(response.version(), response.status(), response.headers())
}

pub(crate) fn head_lines(version: Version, status: StatusCode, headers: &HeaderMap) -> Vec<String> {
    let mut lines: Vec<_> = headers.iter().filter(|(name, _)| *name != header::DATE).collect();
    // Stable: the lines of one name keep their order.
    lines.sort_by_key(|(name, _)| name.as_str());
    let first = format!("{version:?} {}", status.as_u16());
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let rest = lines.into_iter().map(|(name, value)| format!("{name}: {}", text(value)));
    [first].into_iter().chain(rest).collect()
}
