//! The normal form.

use std::time::Duration;

use http::{HeaderValue, Method, StatusCode, header};
use tower_cors::{
    AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, Any, CorsLayer, Enforce, MaxAge,
};

fn new() -> CorsLayer {
    CorsLayer::new()
}

fn fixed() -> AllowOrigin {
    AllowOrigin::fixed(HeaderValue::from_static("https://example.com"))
}

fn written(layer: &CorsLayer) -> String {
    serde_json::to_string(layer).expect("a file can say it")
}

#[test]
fn defaults_are_left_out() {
    let said = new()
        .allow_credentials(false)
        .allow_headers([])
        .allow_methods([])
        .allow_origin(AllowOrigin::default())
        .dangerously_allow_origins([] as [&str; 0])
        .enforce_origins(false)
        .expose_headers([])
        .max_age(MaxAge::default())
        .preflight_status(StatusCode::NO_CONTENT)
        .vary([]);
    for layer in [new(), said] {
        assert_eq!(written(&layer), "{}");
    }
}

#[test]
fn each_setting_is_written() {
    for (layer, expected) in [
        (
            new().allow_origins(["https://example.com"]).allow_credentials(true),
            r#"{"allow_credentials":true,"allow_origins":["https://example.com"]}"#,
        ),
        (new().allow_headers(Any), r#"{"allow_headers":"*"}"#),
        (
            new().allow_headers(AllowHeaders::mirror_request()),
            r#"{"allow_headers":"mirror_request"}"#,
        ),
        (
            new().allow_headers([header::RANGE, header::ACCEPT, header::RANGE]),
            r#"{"allow_headers":["accept","range"]}"#,
        ),
        (new().allow_methods(Any), r#"{"allow_methods":"*"}"#),
        (
            new().allow_methods(AllowMethods::mirror_request()),
            r#"{"allow_methods":"mirror_request"}"#,
        ),
        (
            new().allow_methods([Method::PUT, Method::DELETE]),
            r#"{"allow_methods":["DELETE","PUT"]}"#,
        ),
        (new().allow_origin(fixed()), r#"{"allow_origin":{"fixed":"https://example.com"}}"#),
        (new().allow_origin(Any), r#"{"allow_origins":"*"}"#),
        (
            new().allow_origin(AllowOrigin::mirror_request()),
            r#"{"allow_origins":"mirror_request"}"#,
        ),
        (
            new().allow_origin(AllowOrigin::any().or("https://example.com")),
            r#"{"allow_origins":"*"}"#,
        ),
        (
            new().allow_origin(AllowOrigin::any().or(AllowOrigin::predicate(|_, _| true))),
            r#"{"allow_origins":"*"}"#,
        ),
        (new().dangerously_allow_origins(["null"]), r#"{"dangerously_allow_origins":["null"]}"#),
        (new().enforce_origins(true), r#"{"enforce_origins":"same_origin"}"#),
        (new().enforce_origins(Enforce::ListedOnly), r#"{"enforce_origins":"listed_only"}"#),
        (new().expose_headers(Any), r#"{"expose_headers":"*"}"#),
        (new().expose_headers([header::ETAG]), r#"{"expose_headers":["etag"]}"#),
        (new().max_age(Duration::ZERO), r#"{"max_age":0}"#),
        (new().max_age(Duration::from_millis(600_001)), r#"{"max_age":601}"#),
        (new().preflight_status(StatusCode::OK), r#"{"preflight_status":200}"#),
        (new().vary([header::ACCEPT]), r#"{"vary":["accept"]}"#),
        (
            CorsLayer::permissive(),
            r#"{"allow_headers":"*","allow_methods":"*","allow_origins":"*","expose_headers":"*"}"#,
        ),
    ] {
        assert_eq!(written(&layer), expected);
    }
}

#[test]
fn what_is_covered_is_left_out() {
    let layer = new().allow_origins([
        "https://b.example",
        "https://a.example.com",
        "https://*.example.com:*",
        "https://*.example.com",
        "http://localhost:3000",
        "https://b.example",
        "http://localhost:*",
        "https://example.com",
    ]);
    assert_eq!(
        written(&layer),
        r#"{"allow_origins":["http://localhost:*","https://*.example.com:*","https://b.example","https://example.com"]}"#
    );
    let union = AllowOrigin::list([HeaderValue::from_static("https://a.example")])
        .or("https://a.example")
        .or(AllowOrigin::patterns(["https://b.example"]));
    let layer =
        new().allow_origin(union).dangerously_allow_origins(["https://b.example", "null", "null"]);
    assert_eq!(
        written(&layer),
        r#"{"allow_origins":["https://a.example","https://b.example"],"dangerously_allow_origins":["null"]}"#
    );
}

#[test]
fn names_that_vary_anyway_are_left_out() {
    let names =
        || [header::ORIGIN, header::ACCEPT, http::HeaderName::from_static("sec-fetch-site")];
    for (layer, expected) in [
        (
            new().allow_origin(Any),
            r#"{"allow_origins":"*","vary":["accept","origin","sec-fetch-site"]}"#,
        ),
        (
            new().allow_origin(fixed()),
            r#"{"allow_origin":{"fixed":"https://example.com"},"vary":["accept","origin","sec-fetch-site"]}"#,
        ),
        (new(), r#"{"vary":["accept","sec-fetch-site"]}"#),
        (new().enforce_origins(true), r#"{"enforce_origins":"same_origin","vary":["accept"]}"#),
        (
            new().allow_origin(fixed()).enforce_origins(true),
            r#"{"allow_origin":{"fixed":"https://example.com"},"enforce_origins":"same_origin","vary":["accept"]}"#,
        ),
    ] {
        assert_eq!(written(&layer.vary(names())), expected);
    }
}

#[test]
fn what_no_file_can_say_is_an_error_that_names_it() {
    let error = |layer: CorsLayer| serde_json::to_string(&layer).unwrap_err().to_string();
    let all = new()
        .allow_origin(
            AllowOrigin::predicate(|_, _| true)
                .or(AllowOrigin::async_predicate(|_, _| async { true })),
        )
        .allow_credentials(AllowCredentials::predicate(|_, _| true))
        .max_age(MaxAge::dynamic(|_, _| Duration::ZERO));
    assert_eq!(
        error(all),
        "the CORS configuration cannot be written\n  \
         allow_origin: a predicate has no form in a file\n  \
         allow_origin: an async predicate has no form in a file\n  \
         allow_credentials: a predicate has no form in a file\n  \
         max_age: MaxAge::dynamic has no form in a file"
    );
    assert_eq!(
        error(CorsLayer::very_permissive()),
        "the CORS configuration cannot be written\n  very_permissive: it has no form in a file"
    );
    // Nor does the licence last.
    let ended = CorsLayer::very_permissive().allow_credentials(false);
    assert_eq!(
        written(&ended),
        r#"{"allow_headers":"mirror_request","allow_methods":"mirror_request","allow_origins":"mirror_request"}"#
    );
}

/// There is no normal form of what means nothing.
#[test]
fn a_wrong_configuration_is_an_error_that_tells_the_problems() {
    let wrong = new().allow_origins(["https://example.com/"]).allow_methods([Method::TRACE]);
    let error = wrong.clone().build().unwrap_err().to_string();
    assert_eq!(serde_json::to_string(&wrong).unwrap_err().to_string(), error);
    assert_eq!(serde_yaml_ng::to_string(&wrong).unwrap_err().to_string(), error);
    assert!(toml::to_string(&wrong).unwrap_err().to_string().contains(&error));
}
