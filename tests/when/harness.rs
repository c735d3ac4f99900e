//! A row, and what is asked of it: every line of the answer, and the branch that it comes from.

use std::{convert::Infallible, future::ready};

use futures_util::FutureExt;
use http::{HeaderMap, Method, Request, Response, header, request};
use tower::{Layer, Service, service_fn};
use tower_cors::{Any, CorsLayer, Denial, Enforce, Explanation};

pub(crate) const ADMIN_HOST: &str = "admin.example.com";
pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const PARTNER: &str = "https://partner.example";
pub(crate) const STRANGER: &str = "https://stranger.example";

/// Something that a layer outside this one found out about the request.
#[derive(Clone)]
pub(crate) struct Beta;

/// Four policies, none of which is like another one.
pub(crate) fn api() -> CorsLayer {
    let public = CorsLayer::new().allow_origin(Any).expose_headers(Any);
    let partners = CorsLayer::new()
        .allow_origins([PARTNER])
        .allow_methods([Method::PUT])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([header::ETAG])
        .allow_credentials(true);
    let admin = CorsLayer::new().enforce_origins(Enforce::SameOrigin);
    let beta = CorsLayer::new().allow_origins([APP, STRANGER]);
    CorsLayer::new()
        .allow_origins([APP])
        .when(|target| target.uri().path().starts_with("/public/"), public)
        .when(|target| target.uri().path().starts_with("/partners/"), partners)
        .when(|target| target.host() == Some(ADMIN_HOST), admin)
        .when(|target| target.extensions().get::<Beta>().is_some(), beta)
}

pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) request: request::Builder,
    pub(crate) branch: Option<usize>,
    pub(crate) answer: &'static [&'static str],
}

/// Asserts the whole answer of each row, and that `explain` knows its branch.
pub(crate) fn check(layer: &CorsLayer, rows: impl IntoIterator<Item = Row>) {
    for Row { name, request, branch, answer } in rows {
        let request = request.body(()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(serve(layer, request.clone()), answer, "{name}");
        assert_eq!(explain(layer, request).branch(), branch, "{name}");
    }
}

pub(crate) fn get(uri: &str, origin: &str) -> request::Builder {
    Request::get(uri).header(header::ORIGIN, origin)
}

pub(crate) fn preflight(uri: &str, origin: &str, method: &str) -> request::Builder {
    Request::options(uri)
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, method)
}

pub(crate) fn explain(layer: &CorsLayer, request: Request<()>) -> Explanation {
    layer.explain(&request.into_parts().0).unwrap_or_else(|error| panic!("{error}"))
}

/// Status, header lines by name, and the denial. The inner service tells what it was asked, and
/// sends what belongs to the layer.
pub(crate) fn serve(layer: &CorsLayer, request: Request<()>) -> Vec<String> {
    let inner = |request: Request<()>| {
        let asked = format!("{} {}", request.method(), request.uri());
        let response = Response::builder()
            .header("inner", asked)
            .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "https://inner.example")
            .body(());
        ready(Ok::<_, Infallible>(response.expect("a response")))
    };
    let answered = layer.layer(service_fn(inner)).call(request).now_or_never();
    let response = answered.expect("nothing waits").expect("nothing fails");
    let denial = response.extensions().get::<Denial>();
    let mut lines = vec![response.status().as_str().to_owned()];
    lines.extend(header_lines(response.headers()));
    lines.extend(denial.map(|denial| format!("({})", denial.code())));
    lines
}

fn header_lines(headers: &HeaderMap) -> Vec<String> {
    let line = |(name, value): (_, &http::HeaderValue)| {
        format!("{name}: {}", value.to_str().expect("visible"))
    };
    let mut lines: Vec<_> = headers.iter().map(line).collect();
    lines.sort_unstable();
    lines
}
