//! What the benchmarks have in common: the requests, the inner service, and both layers' settings.

use std::{convert::Infallible, iter, time::Duration};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Response, header};

pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const STRANGER: &str = "https://evil.example";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request as hyper parses it: its header values are slices of one shared buffer.
pub(crate) fn request(method: &Method, extra: &[(HeaderName, &str)]) -> Request<()> {
    let browser = [
        (header::HOST, "api.example.com"),
        (
            header::USER_AGENT,
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
        ),
        (header::ACCEPT, "*/*"),
        (header::ACCEPT_LANGUAGE, "en-GB,en;q=0.9"),
        (header::ACCEPT_ENCODING, "gzip, deflate, br, zstd"),
        (header::REFERER, "https://app.example.com/"),
        (HeaderName::from_static("sec-fetch-dest"), "empty"),
        (HeaderName::from_static("sec-fetch-mode"), "cors"),
        (HeaderName::from_static("sec-fetch-site"), "same-site"),
        (header::CONNECTION, "keep-alive"),
    ];
    let lines = || browser.iter().chain(extra);
    let buffer = Bytes::from(lines().map(|(_, value)| *value).collect::<String>());
    let mut request = Request::new(());
    *request.method_mut() = method.clone();
    let mut start = 0;
    for (name, value) in lines() {
        let shared = buffer.slice(start..start + value.len());
        let value = HeaderValue::from_maybe_shared(shared).expect("the value is visible ASCII");
        start += value.len();
        request.headers_mut().append(name.clone(), value);
    }
    request
}

pub(crate) fn actual(origin: &str) -> Request<()> {
    request(&Method::GET, &[(header::ORIGIN, origin)])
}

/// A preflight that asks for a method, and for the header names in `names` if there are any.
pub(crate) fn preflight(origin: &str, method: &str, names: &str) -> Request<()> {
    let asked = [
        (header::ORIGIN, origin),
        (header::ACCESS_CONTROL_REQUEST_METHOD, method),
        (header::ACCESS_CONTROL_REQUEST_HEADERS, names),
    ];
    request(&Method::OPTIONS, if names.is_empty() { &asked[..2] } else { &asked })
}

pub(crate) async fn answer(_: Request<()>) -> Result<Response<()>, Infallible> {
    let mut response = Response::new(());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("2"));
    headers.insert(header::DATE, HeaderValue::from_static("Sat, 21 Nov 2026 11:00:00 GMT"));
    Ok(response)
}

/// `count` origins, the last of which asks.
pub(crate) fn origins(count: usize) -> Vec<String> {
    let others = (1..count).map(|number| format!("https://app-{number}.example.com"));
    others.chain(iter::once(APP.to_owned())).collect()
}

/// The same origins as `tower_http::cors` takes them.
pub(crate) fn origin_values(count: usize) -> Vec<HeaderValue> {
    let values = origins(count).into_iter().map(HeaderValue::try_from);
    values.collect::<Result<_, _>>().expect("an origin is a header value")
}

/// This crate's layer, but for the origins.
pub(crate) fn ours() -> tower_cors::CorsLayer {
    tower_cors::CorsLayer::new()
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, REQUEST_ID])
        .max_age(Duration::from_secs(600))
}

/// The other crate's layer, but for the origins.
pub(crate) fn theirs() -> tower_http::cors::CorsLayer {
    tower_http::cors::CorsLayer::new()
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, REQUEST_ID])
        .max_age(Duration::from_secs(600))
}
