//! hyper without a framework, HTTP/1.1 and HTTP/2.

use std::convert::Infallible;

use bytes::Bytes;
use http::{Method, Request, Response, Version, header};
use http_body_util::Full;
use hyper::body::Incoming;
use tower::{Layer, service_fn, util::BoxCloneService};
use tower_cors::{CorsLayer, Enforce};

use crate::wire::{
    APP, Client, Connection, STRANGER, bounded, get, head, post, preflight, serve_hyper,
};

const SERVERS: [(Connection, Version); 4] = [
    (Connection::Auto, Version::HTTP_11),
    (Connection::Auto, Version::HTTP_2),
    (Connection::Http1, Version::HTTP_11),
    (Connection::Http2, Version::HTTP_2),
];

fn cors() -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).allow_methods([Method::PUT])
}

fn hello() -> BoxCloneService<Request<Incoming>, Response<Full<Bytes>>, Infallible> {
    BoxCloneService::new(service_fn(async |_| Ok(Response::new(Full::from("hello")))))
}

#[tokio::test]
async fn five_requests() {
    for (connection, version) in SERVERS {
        bounded(async {
            let server = serve_hyper(connection, cors().layer(hello())).await;
            let client = Client::new(version, server);
            let name = format!("{connection:?} and {version:?}");

            let response = client.send(get("/", Some(APP))).await;
            let expected = [
                &*format!("{version:?} 200"),
                "access-control-allow-origin: https://app.example.com",
                "content-length: 5",
                "vary: origin",
            ];
            assert_eq!(head(&response), expected, "{name}");
            assert_eq!(response.into_body(), "hello", "{name}");

            for request in [get("/", Some(STRANGER)), get("/", None)] {
                let response = client.send(request).await;
                let expected = [&*format!("{version:?} 200"), "content-length: 5", "vary: origin"];
                assert_eq!(head(&response), expected, "{name}");
                assert_eq!(response.into_body(), "hello", "{name}");
            }

            let response = client.send(preflight("/", APP, "PUT")).await;
            let expected = [
                &*format!("{version:?} 204"),
                "access-control-allow-methods: PUT",
                "access-control-allow-origin: https://app.example.com",
                "vary: origin",
            ];
            assert_eq!(head(&response), expected, "{name}");
            assert!(response.into_body().is_empty(), "{name}");

            let response = client.send(preflight("/", STRANGER, "PUT")).await;
            assert_eq!(head(&response), refused(version, &["vary: origin"]), "{name}");
            assert!(response.into_body().is_empty(), "{name}");
        })
        .await;
    }
}

/// What HTTP/1.1 says in `Host`, HTTP/2 says in `:authority`.
#[tokio::test]
async fn enforcement_knows_the_servers_own_origin() {
    for (connection, version) in SERVERS {
        bounded(async {
            let cors = cors().enforce_origins(Enforce::SameOrigin);
            let server = serve_hyper(connection, cors.layer(hello())).await;
            let client = Client::new(version, server);
            let ours = [format!("http://{server}"), APP.to_owned()];
            let foreign = [
                STRANGER.to_owned(),
                "null".to_owned(),
                "http://127.0.0.1".to_owned(),
                format!("http://localhost:{}", server.port()),
            ];
            for origin in ours {
                let response = client.send(post("/", Some(&origin))).await;
                assert_eq!(response.status(), 200, "{origin} at {connection:?} by {version:?}");
                assert_eq!(response.into_body(), "hello");
            }
            for origin in foreign {
                let response = client.send(post("/", Some(&origin))).await;
                let expected =
                    refused(version, &["cache-control: no-store", "vary: origin, sec-fetch-site"]);
                assert_eq!(head(&response), expected, "{origin} at {connection:?} by {version:?}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_host_line_over_http2_must_agree_with_the_authority() {
    bounded(async {
        let cors = cors().enforce_origins(Enforce::SameOrigin);
        let server = serve_hyper(Connection::Http2, cors.layer(hello())).await;
        let client = Client::new(Version::HTTP_2, server);
        let origin = format!("http://{server}");
        for (host, status) in [(server.to_string(), 200), ("other.example".to_owned(), 403)] {
            let mut request = post("/", Some(&origin));
            request.headers_mut().insert(header::HOST, host.parse().unwrap());
            assert_eq!(client.send(request).await.status(), status, "{host}");
        }
    })
    .await;
}

/// HTTP/2 tells by a flag that there is no body.
fn refused(version: Version, lines: &[&str]) -> Vec<String> {
    let length = (version == Version::HTTP_11).then_some("content-length: 0");
    let mut lines: Vec<_> = lines.iter().copied().chain(length).map(str::to_owned).collect();
    lines.sort();
    lines.insert(0, format!("{version:?} 403"));
    lines
}
