//! Which patterns are valid and what they match, and what is said about the others.

mod generator;
mod invalid;
mod set;
mod twin;
mod valid;

use std::{convert::Infallible, future::ready};

use futures_util::FutureExt;
use http::{HeaderValue, Request, Response, header};
use tower::{Layer, Service, service_fn};
use tower_cors::{CorsLayer, OriginPattern, OriginSet};

fn set<'a>(patterns: impl IntoIterator<Item = &'a str>) -> OriginSet {
    patterns.into_iter().map(pattern).collect()
}

fn pattern(text: &str) -> OriginPattern {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// What the layer tells a page of this origin.
fn allowed_origin(layer: &CorsLayer, origin: &HeaderValue) -> Option<HeaderValue> {
    let answer = |_: Request<()>| ready(Ok::<_, Infallible>(Response::new(())));
    let mut request = Request::new(());
    request.headers_mut().insert(header::ORIGIN, origin.clone());
    let answered = layer.layer(service_fn(answer)).call(request).now_or_never();
    let response = answered.expect("nothing waits").expect("nothing fails");
    response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN).cloned()
}

/// A host of so many bytes in labels of one letter.
fn host_of(len: usize) -> String {
    let host = "a.".repeat(len / 2);
    if len % 2 == 0 { host.replacen("a.", "aa.", 1)[..len].into() } else { host + "a" }
}
