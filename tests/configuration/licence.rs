//! Only `very_permissive` may mirror every origin with credentials.

use std::time::Duration;

use http::{StatusCode, header};
use tower_cors::{AllowMethods, AllowOrigin, Any, CorsLayer, Enforce, Warning};

use crate::{actual, codes, error, method, preflight};

const APP: &str = "https://app.example";
const MIRRORED: [&str; 1] = ["mirrored-origin-with-credentials"];

#[test]
fn very_permissive_tells_every_serialized_origin_everything() {
    let layer = CorsLayer::very_permissive().build().unwrap();
    assert_eq!(
        actual(&layer, APP),
        [
            "200",
            "access-control-allow-credentials: true",
            "access-control-allow-origin: https://app.example",
            "vary: origin"
        ]
    );
    assert_eq!(
        preflight(&layer, APP),
        [
            "204",
            "access-control-allow-credentials: true",
            "access-control-allow-headers: x-asked",
            "access-control-allow-methods: DELETE",
            "access-control-allow-origin: https://app.example",
            "vary: origin, access-control-request-method, access-control-request-headers"
        ]
    );
    for stranger in ["null", "https://app.example/", "https://APP.example", "x"] {
        assert_eq!(actual(&layer, stranger), ["200", "vary: origin"], "{stranger}");
    }
}

#[test]
fn setters_about_other_things_keep_the_licence() {
    let permissive = CorsLayer::very_permissive;
    for layer in [
        permissive().allow_headers([header::AUTHORIZATION]),
        permissive().allow_methods([method("PUT")]),
        permissive().allow_methods(AllowMethods::any()),
        permissive().dangerously_allow_origins(["http://example.com"]),
        permissive().expose_headers(Any),
        permissive().max_age(Duration::from_secs(60)),
        permissive().preflight_status(StatusCode::OK),
        permissive().vary([header::ACCEPT]),
        permissive().enforce_origins(false),
    ] {
        let layer = layer.build().unwrap();
        assert_eq!(layer.warnings().first().map(Warning::code), Some("very-permissive"));
        assert!(actual(&layer, APP).contains(&"access-control-allow-credentials: true".into()));
    }
}

#[test]
fn setters_about_origins_and_credentials_end_the_licence() {
    let permissive = CorsLayer::very_permissive;
    for ended in [
        permissive().allow_credentials(true),
        permissive().allow_origin(AllowOrigin::mirror_request()),
        permissive().allow_origin(AllowOrigin::mirror_request()).allow_credentials(true),
        permissive().allow_credentials(false).allow_credentials(true),
        permissive().allow_origins([APP]).allow_origin(AllowOrigin::mirror_request()),
    ] {
        let codes_of_warnings: Vec<_> = ended.warnings().iter().map(Warning::code).collect();
        assert!(!codes_of_warnings.contains(&"very-permissive"), "{codes_of_warnings:?}");
        assert_eq!(codes(&error(ended)), MIRRORED);
    }
    assert_eq!(codes(&error(permissive().allow_origin(Any))), ["any-origin-with-credentials"]);
    assert_eq!(
        codes(&error(permissive().allow_origins(["http://example.com"]))),
        ["insecure-origin-with-credentials"]
    );
    for fine in [
        permissive().allow_origins([APP]),
        permissive().allow_origin(APP),
        permissive().allow_credentials(false),
    ] {
        assert!(fine.build().is_ok());
    }
}

#[test]
fn the_licence_does_not_cover_null_or_enforcement() {
    let permissive = CorsLayer::very_permissive;
    assert_eq!(
        codes(&error(permissive().dangerously_allow_origins(["null"]))),
        ["null-with-credentials"]
    );
    for enforce in [Enforce::SameOrigin, Enforce::ListedOnly] {
        assert_eq!(
            codes(&error(permissive().enforce_origins(enforce))),
            ["enforced-mirrored-origin"]
        );
    }
}

#[test]
fn the_licence_is_the_clone_s_own() {
    let permissive = CorsLayer::very_permissive();
    assert_eq!(codes(&error(permissive.clone().allow_credentials(true))), MIRRORED);
    assert!(permissive.build().is_ok());
}
