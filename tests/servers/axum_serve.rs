//! `axum::serve`.

use std::{future::ready, time::Duration};

use axum::{Router, routing};
use http::{HeaderName, Method, Version, header};
use tower_cors::CorsLayer;

use crate::wire::{APP, Client, STRANGER, bounded, get, head, preflight, serve_axum};

#[tokio::test]
async fn five_requests() {
    bounded(async {
        let cors = CorsLayer::new()
            .allow_origins([APP])
            .allow_methods([Method::PUT])
            .allow_headers([header::AUTHORIZATION])
            .expose_headers([HeaderName::from_static("x-request-id")])
            .allow_credentials(true)
            .max_age(Duration::from_secs(600))
            .build()
            .unwrap();
        let app = Router::new().route("/", routing::get(|| ready("hello"))).layer(cors);
        let client = Client::new(Version::HTTP_11, serve_axum(app).await);

        let response = client.send(get("/", Some(APP))).await;
        let expected = [
            "HTTP/1.1 200",
            "access-control-allow-credentials: true",
            "access-control-allow-origin: https://app.example.com",
            "access-control-expose-headers: x-request-id",
            "content-length: 5",
            "content-type: text/plain; charset=utf-8",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
        assert_eq!(response.into_body(), "hello");

        for request in [get("/", Some(STRANGER)), get("/", None)] {
            let response = client.send(request).await;
            let expected = [
                "HTTP/1.1 200",
                "content-length: 5",
                "content-type: text/plain; charset=utf-8",
                "vary: origin",
            ];
            assert_eq!(head(&response), expected);
            assert_eq!(response.into_body(), "hello");
        }

        let response = client.send(preflight("/", APP, "PUT")).await;
        let expected = [
            "HTTP/1.1 204",
            "access-control-allow-credentials: true",
            "access-control-allow-headers: authorization",
            "access-control-allow-methods: PUT",
            "access-control-allow-origin: https://app.example.com",
            "access-control-max-age: 600",
            // axum's own, who finds no route for `OPTIONS`.
            "allow: GET,HEAD",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
        assert!(response.into_body().is_empty());

        let response = client.send(preflight("/", STRANGER, "PUT")).await;
        let expected = ["HTTP/1.1 403", "allow: GET,HEAD", "content-length: 0", "vary: origin"];
        assert_eq!(head(&response), expected);
        assert!(response.into_body().is_empty());

        let response = client.send(get("/missing", Some(APP))).await;
        let expected = [
            "HTTP/1.1 404",
            "access-control-allow-credentials: true",
            "access-control-allow-origin: https://app.example.com",
            "access-control-expose-headers: x-request-id",
            "content-length: 0",
            "vary: origin",
        ];
        assert_eq!(head(&response), expected);
    })
    .await;
}
