//! What a preset allows is allowed, and what it lacks is suggested as the user's own.

use http::{HeaderName, Method, Request, request::Parts};
use tower_cors::{CorsLayer, Outcome};

const APP: &str = "https://app.example.com";

fn preflight(method: &str, headers: &str) -> Parts {
    let request = Request::options("/mcp").header("origin", APP);
    let request = request.header("access-control-request-method", method);
    let request = request.header("access-control-request-headers", headers);
    request.body(()).expect("the request is valid").into_parts().0
}

fn explained(layer: &CorsLayer, parts: &Parts) -> (Outcome, String) {
    let explanation = layer.explain(parts).expect("the configuration is valid");
    (explanation.outcome(), explanation.to_string())
}

#[test]
fn a_header_beside_those_of_the_preset() {
    let layer = CorsLayer::new().allow_origins([APP]).grpc_web();
    let parts = preflight("POST", "content-type,x-grpc-web,x-tenant");
    let expected = "preflight OPTIONS /mcp: denied: header \"x-tenant\" is not allowed\n  \
                    to allow it: .allow_headers([HeaderName::from_static(\"x-tenant\")])";
    assert_eq!(explained(&layer, &parts), (Outcome::Denied, expected.into()));
    let advised = layer.allow_headers([HeaderName::from_static("x-tenant")]);
    assert_eq!(explained(&advised, &parts).0, Outcome::Allowed);
}

#[test]
fn a_method_beside_those_of_the_preset() {
    let layer = CorsLayer::new().allow_origins([APP]).mcp();
    let parts = preflight("PUT", "mcp-session-id");
    let expected = "preflight OPTIONS /mcp: denied: method \"PUT\" is not allowed\n  \
                    to allow it: .allow_methods([Method::PUT])";
    assert_eq!(explained(&layer, &parts), (Outcome::Denied, expected.into()));
    let advised = layer.clone().allow_methods([Method::PUT]);
    assert_eq!(explained(&advised, &parts).0, Outcome::Allowed);

    let parts = preflight("delete", "mcp-session-id");
    let (outcome, text) = explained(&layer, &parts);
    assert_eq!(outcome, Outcome::Denied);
    assert!(text.contains("closest: \"DELETE\": methods are compared case-sensitively"), "{text}");
}
