//! Hosts as real servers hand them over: hyper, by HTTP/1.1 and HTTP/2.

use std::{
    convert::Infallible,
    future::Future,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response, header};
use http_body_util::{Empty, Full};
use hyper::{body::Incoming, client::conn::http2};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tower::{Layer, service_fn};
use tower_cors::{Any, CorsLayer};

use crate::harness::STRANGER;

/// Far more than any test takes.
const LIMIT: Duration = Duration::from_secs(60);

/// The hosts that a condition was shown.
type Seen = Arc<Mutex<Vec<Option<String>>>>;

async fn bounded<F: Future>(test: F) -> F::Output {
    tokio::time::timeout(LIMIT, test).await.expect("the test ends by itself")
}

/// Anyone may read what `public.example.com` serves, and nothing else.
fn cors(seen: &Seen) -> CorsLayer {
    let seen = Arc::clone(seen);
    let is_public = move |target: &tower_cors::Target<'_>| {
        seen.lock().expect("no panic").push(target.host().map(str::to_owned));
        target.host() == Some("public.example.com")
    };
    let layer = CorsLayer::new().when(is_public, CorsLayer::new().allow_origin(Any));
    layer.build().expect("it has no problem")
}

async fn serve(cors: CorsLayer) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
    let address = listener.local_addr().expect("a bound socket has an address");
    let hello = service_fn(async |_: Request<Incoming>| {
        Ok::<_, Infallible>(Response::new(Full::<Bytes>::from("hello")))
    });
    let service = TowerToHyperService::new(cors.layer(hello));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("loopback accepts");
            let service = service.clone();
            tokio::spawn(async move {
                let server = auto::Builder::new(TokioExecutor::new());
                server.serve_connection(TokioIo::new(stream), service).await
            });
        }
    });
    address
}

/// Whether a page of a stranger may read the answer to a request that is written out.
async fn is_public(server: SocketAddr, head: &str) -> bool {
    let mut stream = TcpStream::connect(server).await.expect("the server listens");
    let request = format!("{head}origin: {STRANGER}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("the server answers");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    answer.contains("\r\naccess-control-allow-origin: *\r\n")
}

#[tokio::test]
async fn http_1() {
    bounded(async {
        let seen = Seen::default();
        let server = serve(cors(&seen)).await;
        let rows = [
            ("GET / HTTP/1.1\r\nhost: public.example.com\r\n", Some("public.example.com")),
            ("GET / HTTP/1.1\r\nHost:  public.example.com:8080 \r\n", Some("public.example.com")),
            ("GET / HTTP/1.1\r\nhost: other.example.com\r\n", Some("other.example.com")),
            ("GET / HTTP/1.1\r\nhost: [::1]:8080\r\n", Some("[::1]")),
            ("GET / HTTP/1.1\r\n", None),
            ("GET / HTTP/1.1\r\nhost: public.example.com\r\nhost: public.example.com\r\n", None),
            (
                "GET http://public.example.com:80/ HTTP/1.1\r\nhost: public.example.com\r\n",
                Some("public.example.com"),
            ),
            ("GET http://public.example.com/ HTTP/1.1\r\n", Some("public.example.com")),
            ("GET http://public.example.com/ HTTP/1.1\r\nhost: other.example.com\r\n", None),
        ];
        for (head, host) in rows {
            let is_expected = host == Some("public.example.com");
            assert_eq!(is_public(server, head).await, is_expected, "{head}");
            let host = host.map(str::to_owned);
            assert_eq!(std::mem::take(&mut *seen.lock().unwrap()), [host], "{head}");
        }
    })
    .await;
}

#[tokio::test]
async fn http_2() {
    bounded(async {
        let seen = Seen::default();
        let server = serve(cors(&seen)).await;
        let stream = TcpStream::connect(server).await.unwrap();
        let handshake = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await;
        let (mut client, connection) = handshake.unwrap();
        tokio::spawn(connection);
        let rows = [
            ("http://public.example.com/", None, Some("public.example.com")),
            ("http://public.example.com:8080/", None, Some("public.example.com")),
            ("http://other.example.com/", None, Some("other.example.com")),
            ("http://[::1]:8080/", None, Some("[::1]")),
            ("http://public.example.com/", Some("public.example.com"), Some("public.example.com")),
            ("http://public.example.com/", Some("other.example.com"), None),
        ];
        for (authority, line, host) in rows {
            let mut request = Request::get(authority).header(header::ORIGIN, STRANGER);
            if let Some(line) = line {
                request = request.header(header::HOST, line);
            }
            let request = request.body(Empty::<Bytes>::new()).unwrap();
            let response = client.send_request(request).await.unwrap();
            let allowed = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
            assert_eq!(allowed.is_some(), host == Some("public.example.com"), "{authority}");
            let host = host.map(str::to_owned);
            assert_eq!(std::mem::take(&mut *seen.lock().unwrap()), [host], "{authority}, {line:?}");
        }
    })
    .await;
}
