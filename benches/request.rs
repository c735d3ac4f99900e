//! What the layer adds to a request, beside the inner service alone and `tower_http::cors`.
//!
//! `cargo bench` runs it. Compare the contenders of one run with each other: times of different
//! runs, or machines, say little.

use std::{convert::Infallible, hint::black_box, iter, time::Duration};

use bytes::Bytes;
use criterion::{
    BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime,
};
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Method, Request, Response, header};
use tower::{Layer, Service, util::service_fn};

const APP: &str = "https://app.example.com";

/// A request as hyper parses it: its header values are slices of one shared buffer.
fn request(method: &Method, extra: &[(HeaderName, &str)]) -> Request<()> {
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

fn actual(origin: &str) -> Request<()> {
    request(&Method::GET, &[(header::ORIGIN, origin)])
}

fn preflight(origin: &str) -> Request<()> {
    let asked = [
        (header::ORIGIN, origin),
        (header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"),
        (header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization,content-type"),
    ];
    request(&Method::OPTIONS, &asked)
}

async fn answer(_: Request<()>) -> Result<Response<()>, Infallible> {
    let mut response = Response::new(());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("2"));
    headers.insert(header::DATE, HeaderValue::from_static("Sat, 21 Nov 2026 11:00:00 GMT"));
    Ok(response)
}

/// `count` origins, the last of which asks.
fn origins(count: usize) -> Vec<String> {
    let others = (1..count).map(|number| format!("https://app-{number}.example.com"));
    others.chain(iter::once(APP.to_owned())).collect()
}

fn ours(origins: &[String]) -> tower_cors::CorsLayer {
    tower_cors::CorsLayer::new()
        .allow_origins(origins)
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .max_age(Duration::from_secs(600))
        .build()
        .expect("the configuration is valid")
}

fn theirs(origins: &[String]) -> tower_http::cors::CorsLayer {
    let values = origins.iter().map(|origin| origin.parse().expect("an origin is a header value"));
    tower_http::cors::CorsLayer::new()
        .allow_origin(values.collect::<Vec<HeaderValue>>())
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .max_age(Duration::from_secs(600))
}

/// Serves the request with a clone of the service, as axum and hyper do.
fn measure<S>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    service: &S,
    request: &Request<()>,
) where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible> + Clone,
{
    group.bench_function(name, |bencher| {
        bencher.iter_batched(
            || request.clone(),
            |request| black_box(service.clone().call(request).now_or_never()),
            BatchSize::SmallInput,
        );
    });
}

fn benchmark(criterion: &mut Criterion) {
    let scenarios = [
        ("not CORS", 1, request(&Method::GET, &[])),
        ("allowed, 1 origin", 1, actual(APP)),
        ("allowed, 10 origins", 10, actual(APP)),
        ("allowed, 1000 origins", 1_000, actual(APP)),
        ("denied, 1 origin", 1, actual("https://evil.example")),
        ("preflight allowed, 1 origin", 1, preflight(APP)),
        ("preflight denied, 1 origin", 1, preflight("https://evil.example")),
    ];
    for (name, count, request) in scenarios {
        let origins = origins(count);
        let mut group = criterion.benchmark_group(name);
        measure(&mut group, "inner alone", &service_fn(answer), &request);
        measure(&mut group, "tower-cors", &ours(&origins).layer(service_fn(answer)), &request);
        measure(&mut group, "tower-http", &theirs(&origins).layer(service_fn(answer)), &request);
        group.finish();
    }
}

criterion_group!(benches, benchmark);
criterion_main!(benches);
