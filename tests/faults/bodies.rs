//! Bodies that end too early, and requests that are answered before their bodies are read.

use std::{
    convert::Infallible,
    future::{Future, pending, ready},
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::FutureExt;
use http::{
    HeaderMap, Method, Request, Response, StatusCode, Version,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};
use http_body::{Body, Frame};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::{client::legacy::Client as HyperClient, rt::TokioExecutor};
use tokio::sync::Notify;
use tower::{Layer, Service, service_fn};
use tower_cors::{AllowOrigin, CorsLayer};

use crate::{
    lasting::Lasting,
    wire::{APP, Client, Connection, STRANGER, bounded, preflight, serve_hyper},
};

const VERSIONS: [Version; 2] = [Version::HTTP_11, Version::HTTP_2];

type Failure = Pin<Box<dyn Future<Output = io::Error> + Send>>;

/// A chunk, and then an error, if it comes; by default nothing.
#[derive(Default)]
struct Unfinished {
    chunk: Option<Bytes>,
    failure: Option<Failure>,
}

impl Unfinished {
    fn until(failure: impl Future<Output = io::Error> + Send + 'static) -> Self {
        Self { chunk: Some(Bytes::from_static(b"half")), failure: Some(Box::pin(failure)) }
    }
}

impl Body for Unfinished {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match (self.chunk.take(), &mut self.failure) {
            (Some(chunk), _) => Poll::Ready(Some(Ok(Frame::data(chunk)))),
            (None, Some(failure)) => failure.as_mut().poll(cx).map(|error| Some(Err(error))),
            (None, None) => Poll::Ready(None),
        }
    }
}

fn cors() -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).enforce_origins(true)
}

fn request<B>(method: Method, uri: String, origin: &str, body: B) -> Request<B> {
    Request::builder()
        .method(method)
        .uri(uri)
        .header(ORIGIN, origin)
        .header(ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .body(body)
        .expect("the request is valid")
}

async fn send<B>(version: Version, request: Request<B>) -> Response<Incoming>
where
    B: Body<Data: Send, Error: Into<tower::BoxError>> + Send + Unpin + 'static,
{
    let mut builder = HyperClient::builder(TokioExecutor::new());
    let client = builder.http2_only(version == Version::HTTP_2).build_http();
    client.request(request).await.expect("the head comes")
}

async fn assert_serves(version: Version, server: SocketAddr) {
    let response = Client::new(version, server).send(preflight("/", APP, "GET")).await;
    assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP, "{version:?}");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_readable_until_then() {
    for version in VERSIONS {
        bounded(async {
            let is_read = Arc::new(Notify::new());
            let breaks = is_read.clone();
            let inner = service_fn(move |_: Request<Incoming>| {
                let is_read = breaks.clone();
                let body = Unfinished::until(async move {
                    is_read.notified().await;
                    io::ErrorKind::UnexpectedEof.into()
                });
                ready(Ok::<_, Infallible>(Response::new(body)))
            });
            let layered = CorsLayer::new().allow_origins([APP]).layer(inner);
            let server = serve_hyper(Connection::Auto, layered).await;
            let request =
                request(Method::GET, format!("http://{server}/"), APP, Full::<Bytes>::default());
            let response = send(version, request).await;
            assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], APP, "{version:?}");
            let mut body = response.into_body();
            let chunk = body.frame().await.expect("a chunk comes").expect("it is whole");
            assert_eq!(chunk.into_data().expect("it is data"), "half", "{version:?}");
            is_read.notify_one();
            assert!(body.frame().await.expect("something comes").is_err(), "{version:?}");
            assert_serves(version, server).await;
        })
        .await;
    }
}

/// The page that uploads too much reads why.
#[tokio::test]
async fn an_answer_before_the_end_of_an_upload_is_readable() {
    let refuses = service_fn(async |_: Request<Incoming>| {
        let mut response = Response::new(Full::<Bytes>::from("too large"));
        *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        Ok::<_, Infallible>(response)
    });
    let rows = [
        (Method::POST, APP, 413, Some(APP)),
        (Method::POST, STRANGER, 403, None),
        (Method::OPTIONS, APP, 204, Some(APP)),
        (Method::OPTIONS, STRANGER, 403, None),
    ];
    for version in VERSIONS {
        for (method, origin, status, allowed) in rows.clone() {
            bounded(async {
                let server = serve_hyper(Connection::Auto, cors().layer(refuses)).await;
                let upload = Unfinished::until(pending());
                let uri = format!("http://{server}/");
                let response = send(version, request(method, uri, origin, upload)).await;
                assert_eq!(response.status(), status, "{version:?}");
                assert_eq!(allow_origin(response.headers()), allowed, "{version:?}");
                assert_serves(version, server).await;
            })
            .await;
        }
    }
}

fn allow_origin(headers: &HeaderMap) -> Option<&str> {
    headers.get(ACCESS_CONTROL_ALLOW_ORIGIN)?.to_str().ok()
}

#[test]
fn the_body_of_a_request_that_is_answered_here_is_dropped_at_once() {
    let asked = AllowOrigin::async_predicate(|_, _| pending());
    let rows = [
        ("preflight", cors(), Method::OPTIONS, APP, true),
        ("preflight, denied", cors(), Method::OPTIONS, STRANGER, true),
        ("enforced", cors(), Method::POST, STRANGER, true),
        ("asked about", CorsLayer::new().allow_origin(asked), Method::OPTIONS, APP, false),
    ];
    for (name, cors, method, origin, is_answered) in rows {
        let lasting = Lasting::default();
        let inner = |_: Request<Lasting>| ready(Ok::<_, Infallible>(Response::new(())));
        let request = request(method, "/".into(), origin, lasting.begin());
        let mut response = cors.layer(service_fn(inner)).call(request);
        assert_eq!(lasting.count(), 0, "{name}");
        assert_eq!((&mut response).now_or_never().is_some(), is_answered, "{name}");
    }
}
