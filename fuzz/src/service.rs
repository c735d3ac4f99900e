//! An input is a sequence of requests and of configurations, in JSON, that are reloaded between
//! them; empty lines separate them.

use http::{HeaderValue, Method, Request, header};
use tower_cors::{CorsLayer, Explanation, Outcome};

use crate::{
    answer::{Answer, answer},
    lines::paragraphs,
    message,
};

/// Beyond these an input is no more telling, only slower.
const MOST_STEPS: usize = 64;

/// Whatever policy is served at the time, what is answered is safe, and varies with the origin
/// only where it says so.
///
/// # Panics
///
/// If it does not.
pub fn check(data: &[u8]) {
    let (reloadable, handle) = CorsLayer::new().reloadable().expect("it is valid");
    let mut constant = CorsLayer::new();
    for step in paragraphs(data).take(MOST_STEPS) {
        if let Ok(layer) = serde_json::from_slice::<CorsLayer>(step) {
            let builds = layer.clone().build();
            assert_eq!(handle.reload(layer).is_ok(), builds.is_ok());
            constant = builds.unwrap_or(constant);
        } else if let Some(request) = message::request(step) {
            let one = checked(&reloadable, &request);
            assert!(one.varies_by_origin(), "{request:?}");
            let other = checked(&constant, &request);
            assert!(!other.varies_by_origin() || other.cors() == one.cors(), "{one:?} {other:?}");
        }
    }
}

fn checked(layer: &CorsLayer, request: &Request<()>) -> Answer {
    let answered = answer(layer, request.clone());
    answered.assert_safe(request);
    assert_is_explained(layer, request, &answered);
    let is_preflight = request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ORIGIN)
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    assert!(!(answered.has_run && is_preflight), "{request:?}");
    if !answered.varies_by_origin() {
        assert_all_are_answered_alike(layer, request, &answered);
    }
    answered
}

fn assert_is_explained(layer: &CorsLayer, request: &Request<()>, answered: &Answer) {
    let (parts, ()) = request.clone().into_parts();
    let explanation: Explanation = layer.explain(&parts).expect("the policy is served");
    assert_eq!(explanation.denial(), answered.denial(), "{request:?}");
    let is_denied = explanation.outcome() == Outcome::Denied;
    assert_eq!(is_denied, answered.denial().is_some(), "{explanation}");
}

/// Only a cache that tells origins apart may keep an answer that does.
fn assert_all_are_answered_alike(layer: &CorsLayer, request: &Request<()>, answered: &Answer) {
    // Without the header it would be no preflight, and with it no other request one.
    if !request.headers().contains_key(header::ORIGIN) && request.method() == Method::OPTIONS {
        return;
    }
    for origin in ["https://example.com", "https://stranger.invalid", "null", "?"] {
        let mut other = request.clone();
        other.headers_mut().insert(header::ORIGIN, HeaderValue::from_static(origin));
        let twin = answer(layer, other);
        assert!(!twin.varies_by_origin(), "{request:?} and {origin}");
        assert_eq!(twin.cors(), answered.cors(), "{request:?} and {origin}");
    }
}
