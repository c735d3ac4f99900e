//! What does not build, what warns, and what the setters make of each other.

mod licence;
mod names;
mod panics;
mod presets;
mod problems;
mod serving;
mod setters;
mod suffixes;
mod union;
mod warnings;

use std::{convert::Infallible, future::ready};

use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Method, Request, Response, header};
use tower::{Layer, Service, service_fn};
use tower_cors::{AllowCredentials, ConfigError, CorsLayer, Problem};

/// The one problem of a configuration.
fn problem(layer: CorsLayer) -> Problem {
    let error = error(layer);
    match error.problems() {
        [problem] => problem.clone(),
        _ => panic!("more than one problem: {error}"),
    }
}

fn error(layer: CorsLayer) -> ConfigError {
    layer.build().expect_err("the configuration has a problem")
}

fn codes(error: &ConfigError) -> Vec<&'static str> {
    error.into_iter().map(Problem::code).collect()
}

fn literal(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("no control characters")
}

fn name(text: &str) -> HeaderName {
    HeaderName::from_bytes(text.as_bytes()).expect("a token")
}

fn method(text: &str) -> Method {
    text.parse().expect("a token")
}

fn asked_for_credentials() -> AllowCredentials {
    AllowCredentials::predicate(|_, _| false)
}

/// What a page of this origin is answered: status and header lines.
fn actual(layer: &CorsLayer, origin: &str) -> Vec<String> {
    let mut request = Request::new(());
    request.headers_mut().insert(header::ORIGIN, literal(origin));
    answer(layer, request)
}

/// What a preflight of a `DELETE` with the header `x-asked` is answered.
fn preflight(layer: &CorsLayer, origin: &str) -> Vec<String> {
    let mut request = Request::new(());
    *request.method_mut() = Method::OPTIONS;
    let headers = request.headers_mut();
    headers.insert(header::ORIGIN, literal(origin));
    headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("DELETE"));
    headers.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, HeaderValue::from_static("x-asked"));
    answer(layer, request)
}

fn answer(layer: &CorsLayer, request: Request<()>) -> Vec<String> {
    let inner = |_: Request<()>| ready(Ok::<_, Infallible>(Response::new(())));
    let answered = layer.layer(service_fn(inner)).call(request).now_or_never();
    let response = answered.expect("nothing waits").expect("nothing fails");
    let headers = response.headers().iter();
    let mut lines: Vec<_> = headers
        .map(|(name, value)| format!("{name}: {}", value.as_bytes().escape_ascii()))
        .collect();
    lines.sort_unstable();
    lines.insert(0, response.status().as_str().into());
    lines
}

/// What a page of this origin may be told by `Access-Control-Allow-Origin`.
fn allowed_origin(layer: &CorsLayer, origin: &str) -> Option<String> {
    let lines = actual(layer, origin);
    lines.iter().find_map(|line| Some(line.strip_prefix("access-control-allow-origin: ")?.into()))
}
