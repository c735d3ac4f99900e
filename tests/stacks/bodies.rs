//! A response body needs `Default` and nothing else; a request body needs nothing at all.

use std::{convert::Infallible, fmt::Debug, future::ready, rc::Rc};

use axum::body::Body;
use bytes::Bytes;
use futures_util::FutureExt;
use http::{Request, Response, header};
use http_body_util::{
    BodyExt, Empty, Full,
    combinators::{BoxBody, UnsyncBoxBody},
};
use tower::{Layer, Service, ServiceExt, service_fn};

use crate::answers::{APP, STRANGER, cors};

const TEXT: &str = "body";

#[tokio::test]
async fn a_body_passes_and_a_preflight_gets_the_default_one() {
    let full = || Full::new(Bytes::from(TEXT));
    assert_body("axum", || Body::from(TEXT), collected, TEXT).await;
    assert_body("BoxBody", || BoxBody::new(full()), collected, TEXT).await;
    assert_body("Empty", Empty::<Bytes>::new, collected, "").await;
    assert_body("Full", full, collected, TEXT).await;
    assert_body("tonic", || tonic::body::Body::new(full()), collected, TEXT).await;
    assert_body("UnsyncBoxBody", || UnsyncBoxBody::new(full()), collected, TEXT).await;
    assert_body("String", || TEXT.to_owned(), async |body| body, TEXT).await;
    assert_body("Vec<u8>", || Vec::from(TEXT), utf8, TEXT).await;
    assert_body("Bytes", || Bytes::from(TEXT), utf8, TEXT).await;
    assert_body("unit", || (), async |()| String::new(), "").await;
    assert_body("Option", || Some(TEXT), async |body| body.unwrap_or("").to_owned(), TEXT).await;
}

#[test]
fn a_request_body_and_an_inner_future_need_no_trait() {
    struct Opaque;
    let mut service = cors().layer(service_fn(|request: Request<Opaque>| {
        let Opaque = request.into_body();
        // Neither `Clone` nor `Send`.
        let unsent = Rc::new(());
        async move {
            drop(unsent);
            Ok::<_, Infallible>(Response::new(TEXT))
        }
    }));
    let request = Request::get("/").header(header::ORIGIN, APP).body(Opaque).unwrap();
    let response = service.call(request).now_or_never().unwrap().unwrap();
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], APP);
    assert_eq!(response.into_body(), TEXT);
}

async fn assert_body<B: Default>(
    name: &str,
    make: impl Fn() -> B,
    text: impl AsyncFn(B) -> String,
    expected: &str,
) {
    let service = cors()
        .layer(service_fn(|_: Request<()>| ready(Ok::<_, Infallible>(Response::new(make())))));
    let rows = [
        ("GET", APP, 200, expected),
        ("GET", STRANGER, 200, expected),
        ("OPTIONS", APP, 204, ""),
        ("OPTIONS", STRANGER, 403, ""),
    ];
    for (method, origin, status, expected) in rows {
        let request = Request::builder()
            .method(method)
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
            .body(())
            .expect("the rows hold valid requests");
        let response = service.clone().oneshot(request).await.expect("the service answers");
        assert_eq!(response.status(), status, "{name}: {method} from {origin}");
        assert_eq!(text(response.into_body()).await, expected, "{name}: {method} from {origin}");
    }
}

async fn collected<B: http_body::Body<Error: Debug>>(body: B) -> String {
    utf8(body.collect().await.expect("the body is whole").to_bytes()).await
}

async fn utf8(bytes: impl Into<Vec<u8>>) -> String {
    String::from_utf8(bytes.into()).expect("the bodies are text")
}
