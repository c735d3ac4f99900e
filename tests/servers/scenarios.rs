//! What articles on CORS tell, over real sockets.

use std::{future::ready, time::Duration};

use axum::{Router, body::Bytes, routing};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Version, header};
use http_body_util::Full;
use tower_cors::CorsLayer;

use crate::wire::{Client, bounded, get, head, post, preflight, serve_axum};

/// One front end may read one route, and old clients want 200.
#[tokio::test]
async fn a_front_end_on_a_host_of_its_own() {
    bounded(async {
        let cors = CorsLayer::new()
            .allow_origins(["https://www.frontend.com"])
            .preflight_status(StatusCode::OK)
            .build()
            .unwrap();
        let app = Router::new().route("/data", routing::get(|| ready("data"))).layer(cors);
        let client = serve(app).await;

        let response = client.send(preflight("/data", "https://www.frontend.com", "GET")).await;
        let expected = [
            "HTTP/1.1 200",
            "access-control-allow-methods: GET,HEAD,POST",
            "access-control-allow-origin: https://www.frontend.com",
            "allow: GET,HEAD",
            "content-length: 0",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);

        let response = client.send(get("/data", Some("https://www.frontend.com"))).await;
        let expected = [
            "HTTP/1.1 200",
            "access-control-allow-origin: https://www.frontend.com",
            "content-length: 4",
            "content-type: text/plain; charset=utf-8",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
        assert_eq!(response.into_body(), "data");
    })
    .await;
}

#[tokio::test]
async fn json_posted_with_a_bearer_token() {
    bounded(async {
        let cors = CorsLayer::new()
            .allow_origins(["https://app.example.com"])
            .allow_methods([http::Method::GET, http::Method::POST])
            .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
            .max_age(Duration::from_secs(600))
            .build()
            .unwrap();
        let create = async |headers: HeaderMap, body: Bytes| {
            assert_eq!(headers[header::AUTHORIZATION], "Bearer token");
            (StatusCode::CREATED, body)
        };
        let app = Router::new().route("/orders", routing::post(create)).layer(cors);
        let client = serve(app).await;

        let mut request = preflight("/orders", "https://app.example.com", "POST");
        let asked = HeaderValue::from_static("authorization,content-type");
        request.headers_mut().insert(header::ACCESS_CONTROL_REQUEST_HEADERS, asked);
        let response = client.send(request).await;
        let expected = [
            "HTTP/1.1 204",
            "access-control-allow-headers: authorization,content-type",
            "access-control-allow-methods: GET,POST",
            "access-control-allow-origin: https://app.example.com",
            "access-control-max-age: 600",
            "allow: POST",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);

        let request = Request::post("/orders")
            .header(header::ORIGIN, "https://app.example.com")
            .header(header::AUTHORIZATION, "Bearer token")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::from("{\"tea\":1}"))
            .unwrap();
        let response = client.send(request).await;
        let expected = [
            "HTTP/1.1 201",
            "access-control-allow-origin: https://app.example.com",
            "content-length: 9",
            "content-type: application/octet-stream",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
        assert_eq!(response.into_body(), "{\"tea\":1}");
    })
    .await;
}

/// The user is signed in at the bank, and looks at another page.
#[tokio::test]
async fn an_attacker_learns_nothing() {
    bounded(async {
        let cors = CorsLayer::new()
            .allow_origins(["https://bank.com"])
            .allow_methods([http::Method::PUT])
            .allow_headers([header::CONTENT_TYPE])
            .expose_headers([header::ETAG])
            .allow_credentials(true)
            .max_age(Duration::from_secs(600))
            .build()
            .unwrap();
        let app = Router::new().route("/balance", routing::get(|| ready("1000"))).layer(cors);
        let client = serve(app).await;
        let with_cookie = |origin| {
            let mut request = get("/balance", Some(origin));
            let cookie = HeaderValue::from_static("session=secret");
            request.headers_mut().insert(header::COOKIE, cookie);
            request
        };

        let response = client.send(preflight("/balance", "https://attack.com", "PUT")).await;
        // `allow` is axum's, from outside of the layer.
        let expected = ["HTTP/1.1 403", "allow: GET,HEAD", "content-length: 0", "vary: origin"];
        assert_eq!(head(&response), expected);
        let response = client.send(with_cookie("https://attack.com")).await;
        let expected = [
            "HTTP/1.1 200",
            "content-length: 4",
            "content-type: text/plain; charset=utf-8",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);

        let response = client.send(with_cookie("https://bank.com")).await;
        let expected = [
            "HTTP/1.1 200",
            "access-control-allow-credentials: true",
            "access-control-allow-origin: https://bank.com",
            "access-control-expose-headers: etag",
            "content-length: 4",
            "content-type: text/plain; charset=utf-8",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
    })
    .await;
}

/// The front end runs on one port of the developer's machine, the server on another.
#[tokio::test]
async fn development() {
    bounded(async {
        let rows = [
            ("http://localhost:3000", "http://localhost:3000", true),
            ("http://localhost:3000", "http://localhost:5173", false),
            ("http://localhost:3000", "http://127.0.0.1:3000", false),
            ("http://localhost:*", "http://localhost:3000", true),
            ("http://localhost:*", "http://localhost:5173", true),
            ("http://localhost:*", "http://localhost", true),
            ("http://localhost:*", "http://localhost.evil.com", false),
        ];
        for (pattern, origin, is_allowed) in rows {
            let cors = CorsLayer::new().allow_origins([pattern]).allow_credentials(true).build();
            let app =
                Router::new().route("/", routing::post(|| ready("hello"))).layer(cors.unwrap());
            let client = serve(app).await;
            let mut request = post("/", Some(origin));
            let host = HeaderValue::from_static("localhost:8000");
            request.headers_mut().insert(header::HOST, host);
            let response = client.send(request).await;
            assert_eq!(response.status(), StatusCode::OK);
            let expected = is_allowed.then_some(origin);
            assert_eq!(allowed_origin(&response), expected, "{origin} under {pattern}");
        }
    })
    .await;
}

#[tokio::test]
async fn scheme_host_and_port_make_an_origin() {
    bounded(async {
        let rows = [
            ("the origin itself", "https://example.com", true),
            ("another scheme", "http://example.com", false),
            ("a host above", "https://com", false),
            ("a host below", "https://www.example.com", false),
            ("another host", "https://example.org", false),
            ("a host that ends alike", "https://badexample.com", false),
            ("a host that starts alike", "https://example.com.evil.com", false),
            ("another port", "https://example.com:8443", false),
            ("its port written out, as no browser does", "https://example.com:443", false),
        ];
        let cors = CorsLayer::new().allow_origins(["https://example.com"]).build().unwrap();
        let app = Router::new().route("/", routing::get(|| ready("hello"))).layer(cors);
        let client = serve(app).await;
        for (name, origin, is_allowed) in rows {
            let response = client.send(get("/", Some(origin))).await;
            assert_eq!(allowed_origin(&response), is_allowed.then_some(origin), "{name}");
        }
    })
    .await;
}

async fn serve(app: Router) -> Client {
    Client::new(Version::HTTP_11, serve_axum(app).await)
}

fn allowed_origin<B>(response: &Response<B>) -> Option<&str> {
    let origin = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN)?;
    Some(origin.to_str().expect("origins are ASCII"))
}
