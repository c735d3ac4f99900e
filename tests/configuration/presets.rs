//! What is said about presets: nothing of their own names, and who asks for enforcement.

use http::header;
use tower_cors::{AllowHeaders, AllowOrigin, Any, CorsLayer, Enforce, Warning};

use crate::{codes, error, method, name, problem};

fn app() -> CorsLayer {
    CorsLayer::new().allow_origins(["https://app.example.com"])
}

#[test]
fn their_own_names_are_never_remarked_on() {
    for layer in [
        app().connect(),
        app().grpc_web(),
        app().mcp(),
        app().connect().grpc_web().mcp().allow_credentials(true),
        CorsLayer::new().allow_origin(Any).connect().grpc_web(),
        CorsLayer::permissive().connect().grpc_web(),
    ] {
        assert!(layer.warnings().is_empty(), "{:?}", layer.warnings());
        assert!(layer.clone().build().is_ok(), "{layer:?}");
    }
}

#[test]
fn the_users_own_names_still_are() {
    let layer = app()
        .mcp()
        .allow_methods([method("patch")])
        .allow_headers([header::ACCEPT])
        .expose_headers([header::CONTENT_TYPE]);
    let warned: Vec<_> = layer.warnings().iter().map(Warning::code).collect();
    let expected = ["lower-case-method", "safelisted-request-header", "safelisted-response-header"];
    assert_eq!(warned, expected);

    let wrong = app()
        .allow_methods([method("TRACE")])
        .allow_headers([header::COOKIE, name("x-fine")])
        .expose_headers([header::SET_COOKIE])
        .connect();
    let expected = ["forbidden-method", "forbidden-request-header", "forbidden-response-header"];
    assert_eq!(codes(&error(wrong)), expected);
}

/// Without origins nobody is served, whatever the protocol.
#[test]
fn origins_stay_the_users() {
    for layer in [CorsLayer::new().connect(), CorsLayer::new().grpc_web(), CorsLayer::new().mcp()] {
        let warned: Vec<_> = layer.warnings().iter().map(Warning::code).collect();
        assert_eq!(warned, ["no-origin"]);
    }
}

#[test]
fn enforcement_that_cannot_be_names_who_asks_for_it() {
    const ANY: &str = "any origin is allowed, so nothing can be refused; list the origins";
    const MIRRORED: &str = "every origin is mirrored, so nothing can be refused; list the origins";
    const ASYNC: &str = "the inner service is called before an async predicate has answered; \
                         write AllowOrigin::predicate";
    let pending = AllowOrigin::async_predicate(|_, _| async { true });
    for (origins, code, text) in [
        (AllowOrigin::any(), "enforced-any-origin", ANY),
        (AllowOrigin::mirror_request(), "enforced-mirrored-origin", MIRRORED),
        (pending, "enforced-async-predicate", ASYNC),
    ] {
        let by_mcp = CorsLayer::new().allow_origin(origins).mcp();
        let by_both = by_mcp.clone().enforce_origins(Enforce::SameOrigin);
        for layer in [by_mcp.clone(), by_mcp.enforce_origins(false)] {
            let problem = problem(layer);
            assert_eq!(problem.to_string(), format!("mcp: {text}, or leave out mcp"));
            assert_eq!(
                (problem.code(), problem.setting(), problem.value()),
                (code, "mcp", None),
                "{problem}"
            );
        }
        let problem = problem(by_both);
        assert_eq!(
            problem.to_string(),
            format!("enforce_origins \"SameOrigin\": {text}, or leave out enforce_origins and mcp")
        );
    }
}

#[test]
fn nothing_is_enforced_by_the_others() {
    let open = CorsLayer::new().allow_origin(Any).allow_headers(AllowHeaders::mirror_request());
    assert!(open.connect().grpc_web().build().is_ok());
}

/// The licence covers credentials for every site, not what a specification forbids.
#[test]
fn very_permissive_does_not_cover_mcp() {
    let problem = problem(CorsLayer::very_permissive().mcp());
    assert_eq!(problem.code(), "enforced-mirrored-origin");
    assert!(CorsLayer::very_permissive().connect().grpc_web().build().is_ok());
}
