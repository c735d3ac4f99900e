//! An input is the header lines of an `OPTIONS` request.

use allocation_counter::measure;
use http::{HeaderMap, HeaderValue, Method, Request, header};
use tower_cors::{AllowHeaders, AllowMethods, Any, CorsLayer};

use crate::{
    answer::{Answer, answer},
    lines::lines,
    message,
};

const LISTED: &str = "https://example.com";

/// A preflight of any lines is answered here, with bounded work, and no word of CORS to a stranger.
///
/// # Panics
///
/// If it is not.
pub fn check(data: &[u8]) {
    let headers: HeaderMap = lines(data).take(1_000).filter_map(message::header).collect();
    for layer in [listed(), mirroring(), any()] {
        for origin in [None, Some(LISTED)] {
            let request = options(&headers, origin);
            let answer = measured(&layer, &request, data.len());
            answer.assert_safe(&request);
            assert_is_for_one(&answer, &request);
            assert!(!answer.has_run || !is_preflight(&request), "{request:?}");
        }
    }
}

fn listed() -> CorsLayer {
    let layer = CorsLayer::new().allow_origins([LISTED]).allow_credentials(true);
    layer.allow_methods([Method::PUT]).allow_headers([header::CONTENT_TYPE])
}

/// Repeats what is asked for.
fn mirroring() -> CorsLayer {
    listed()
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
}

fn any() -> CorsLayer {
    listed().allow_methods(Any).allow_headers(Any)
}

/// The lines as they are, or with an origin in place of theirs.
fn options(headers: &HeaderMap, origin: Option<&'static str>) -> Request<()> {
    let mut request = Request::new(());
    *request.method_mut() = Method::OPTIONS;
    *request.headers_mut() = headers.clone();
    if let Some(origin) = origin {
        request.headers_mut().insert(header::ORIGIN, HeaderValue::from_static(origin));
    }
    request
}

fn is_preflight(request: &Request<()>) -> bool {
    let headers = request.headers();
    headers.contains_key(header::ORIGIN)
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// What is allocated and answered has a bound that grows with the input at most.
fn measured(layer: &CorsLayer, request: &Request<()>, len: usize) -> Answer {
    let layer = layer.clone().build().expect("these policies are valid");
    let asked = request.clone();
    let mut answered = None;
    let work = measure(|| answered = Some(answer(&layer, asked)));
    let answered = answered.expect("it has been answered");
    let most = 16 * 1024 + 16 * len;
    assert!(work.bytes_total <= most as u64, "{} bytes for {len}: {request:?}", work.bytes_total);
    assert!(answered.bytes() <= 4 * 1024 + 2 * len, "{len}: {answered:?}");
    answered
}

/// All three policies list one origin.
fn assert_is_for_one(answer: &Answer, request: &Request<()>) {
    let mut origins = request.headers().get_all(header::ORIGIN).into_iter();
    let is_listed =
        origins.next().is_some_and(|origin| origin == LISTED) && origins.next().is_none();
    let told = answer.allowed_origin();
    assert_eq!(told, is_listed.then_some(LISTED.as_bytes()), "{request:?}");
    assert_eq!(answer.cors().is_empty(), !is_listed, "{request:?}");
    assert!(answer.varies_by_origin(), "{request:?}");
}
