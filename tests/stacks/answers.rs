//! Five requests that show what a stack does with CORS, and the answers to them.

use std::{fmt::Debug, time::Duration};

use axum::body::Body;
use http::{HeaderMap, HeaderName, Method, Request, Response, header};
use tower::{Service, ServiceExt};
use tower_cors::{CorsLayer, Denial};

pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const STRANGER: &str = "https://stranger.example";

/// The policy of every stack that needs no other.
pub(crate) fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origins([APP])
        .allow_methods([Method::PUT])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([HeaderName::from_static("x-request-id")])
        .allow_credentials(true)
        .max_age(Duration::from_secs(600))
}

/// A response as far as CORS goes: every line of its CORS headers and of `Vary`, by name.
#[derive(Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: &'static [&'static str],
    pub(crate) denial: Option<Denial>,
}

impl Answer {
    /// An actual response that the page may read.
    pub(crate) const fn readable(status: u16) -> Self {
        let headers = &[
            "access-control-allow-credentials: true",
            "access-control-allow-origin: https://app.example.com",
            "access-control-expose-headers: x-request-id",
            "vary: origin",
        ];
        Self { status, headers, denial: None }
    }

    pub(crate) const fn granted_preflight() -> Self {
        let headers = &[
            "access-control-allow-credentials: true",
            "access-control-allow-headers: authorization,content-type",
            "access-control-allow-methods: PUT",
            "access-control-allow-origin: https://app.example.com",
            "access-control-max-age: 600",
            "vary: origin",
        ];
        Self { status: 204, headers, denial: None }
    }

    /// What an origin gets that is not allowed.
    pub(crate) const fn refused(status: u16) -> Self {
        Self { status, headers: &["vary: origin"], denial: Some(Denial::OriginNotAllowed) }
    }

    /// What a request without `Origin` gets.
    pub(crate) const fn not_cors(status: u16) -> Self {
        Self { status, headers: &["vary: origin"], denial: None }
    }

    /// A response that the layer has not seen.
    pub(crate) const fn undecorated(status: u16) -> Self {
        Self { status, headers: &[], denial: None }
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Answers {
    pub(crate) allowed_get: Answer,
    pub(crate) denied_get: Answer,
    pub(crate) allowed_preflight: Answer,
    pub(crate) denied_preflight: Answer,
    pub(crate) get_without_origin: Answer,
}

impl Answers {
    /// The layer decorates everything, and what it runs is answered with this status.
    pub(crate) const fn layered(status: u16) -> Self {
        Self {
            allowed_get: Answer::readable(status),
            denied_get: Answer::refused(status),
            allowed_preflight: Answer::granted_preflight(),
            denied_preflight: Answer::refused(403),
            get_without_origin: Answer::not_cors(status),
        }
    }

    /// The layer sees nothing; these are the statuses of a GET and of a preflight.
    pub(crate) const fn bare(get: u16, preflight: u16) -> Self {
        Self {
            allowed_get: Answer::undecorated(get),
            denied_get: Answer::undecorated(get),
            allowed_preflight: Answer::undecorated(preflight),
            denied_preflight: Answer::undecorated(preflight),
            get_without_origin: Answer::undecorated(get),
        }
    }
}

pub(crate) async fn assert_answers<S, B>(stack: &str, service: S, path: &str, expected: &Answers)
where
    S: Service<Request<Body>, Response = Response<B>> + Clone,
    S::Error: Debug,
{
    let rows = [
        ("allowed GET", get(path, Some(APP)), expected.allowed_get),
        ("denied GET", get(path, Some(STRANGER)), expected.denied_get),
        ("allowed preflight", preflight(path, APP), expected.allowed_preflight),
        ("denied preflight", preflight(path, STRANGER), expected.denied_preflight),
        ("GET without Origin", get(path, None), expected.get_without_origin),
    ];
    for (name, request, expected) in rows {
        assert_answer(&format!("{stack}: {name}"), service.clone(), request, expected).await;
    }
}

pub(crate) async fn assert_answer<S, B>(
    name: &str,
    service: S,
    request: Request<Body>,
    expected: Answer,
) where
    S: Service<Request<Body>, Response = Response<B>>,
    S::Error: Debug,
{
    let response = service.oneshot(request).await.expect("the stack answers");
    assert_eq!(
        (
            response.status().as_u16(),
            cors_lines(response.headers()),
            response.extensions().get::<Denial>().copied(),
        ),
        (
            expected.status,
            expected.headers.iter().map(ToString::to_string).collect(),
            expected.denial,
        ),
        "{name}"
    );
}

pub(crate) fn get(path: &str, origin: Option<&str>) -> Request<Body> {
    let mut request = Request::get(path).header(header::ACCEPT_ENCODING, "gzip");
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    request.body(Body::empty()).expect("the rows hold valid requests")
}

pub(crate) fn preflight(path: &str, origin: &str) -> Request<Body> {
    Request::options(path)
        .header(header::ACCEPT_ENCODING, "gzip")
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization,content-type")
        .body(Body::empty())
        .expect("the rows hold valid requests")
}

fn cors_lines(headers: &HeaderMap) -> Vec<String> {
    let is_cors =
        |name: &HeaderName| name.as_str().starts_with("access-control-") || *name == header::VARY;
    let mut lines: Vec<_> = headers.iter().filter(|(name, _)| is_cors(name)).collect();
    // Stable: the lines of one name keep their order.
    lines.sort_by_key(|(name, _)| name.as_str());
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    lines.into_iter().map(|(name, value)| format!("{name}: {}", text(value))).collect()
}
