//! What all layers are around, in Rust; the other languages have the same.

use std::convert::Infallible;

use http::{HeaderValue, Request, Response, header};
use tower_cors::testing::Body;

/// A request with `x-upstream` is answered as if a server behind this one had CORS headers of its own.
pub(crate) async fn application(request: Request<Body>) -> Result<Response<Body>, Infallible> {
    let mut response = Response::new(Body::from(b"ran".to_vec()));
    let headers = response.headers_mut();
    headers.insert("x-request-id", HeaderValue::from_static("1"));
    if request.headers().contains_key("x-upstream") {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    Ok(response)
}
