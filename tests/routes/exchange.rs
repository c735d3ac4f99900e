//! A request and the whole answer to it, both written out.

use std::{convert::Infallible, fmt::Debug, time::Duration};

use axum::body::{Body, HttpBody};
use http::{Request, Response, header};
use http_body_util::BodyExt;
use tower::{Service, ServiceExt};

pub(crate) const PARTNER: &str = "https://shop.partner.example";
pub(crate) const STRANGER: &str = "https://stranger.example";

/// Bounds what would else hang: the example may have to be compiled.
pub(crate) const DEADLINE: Duration = Duration::from_secs(120);

/// Method and path, header lines, and a body behind an empty line.
pub(crate) fn request(text: &str) -> Request<Body> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let target = lines.next().and_then(|line| line.split_once(' '));
    let (method, path) = target.expect("a request begins with its method");
    let mut request = Request::builder().method(method).uri(path);
    for line in lines {
        let (name, value) = line.split_once(": ").expect("a header line has a colon");
        request = request.header(name, value);
    }
    request.body(Body::from(body.to_owned())).expect("the request is valid")
}

/// What a service answers.
pub(crate) async fn ask<S, B>(service: S, text: &str) -> String
where
    S: Service<Request<Body>, Response = Response<B>, Error = Infallible>,
    B: HttpBody<Error: Debug>,
{
    let Ok(response) = service.oneshot(request(text)).await;
    written(response).await
}

/// Status, header lines by name, body; but not the lines that servers add: the date, and the length.
pub(crate) async fn written<B>(response: Response<B>) -> String
where
    B: HttpBody<Error: Debug>,
{
    let (head, body) = response.into_parts();
    let body = body.collect().await.expect("the body is whole").to_bytes();
    let added = [header::DATE, header::CONTENT_LENGTH];
    let shown = head.headers.iter().filter(|(name, _)| !added.contains(name));
    let mut lines: Vec<_> = shown
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().expect("visible")))
        .collect();
    lines.sort();
    let body = String::from_utf8(body.into()).expect("the body is text");
    let separator = if body.is_empty() { "" } else { "\n" };
    format!("{}\n{}{separator}{body}", head.status.as_u16(), lines.concat())
}
