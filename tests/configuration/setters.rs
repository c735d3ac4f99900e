//! A setter replaces what it was given before, and nothing else.

use std::time::Duration;

use http::{StatusCode, header};
use tower_cors::{AllowCredentials, AllowOrigin, Any, CorsLayer, Enforce, MaxAge};

use crate::{actual, allowed_origin, asked_for_credentials, literal, method, name, preflight};

const FIRST: &str = "https://first.example";
const LAST: &str = "https://last.example";

#[test]
fn every_setter_replaces() {
    let layer = CorsLayer::new()
        .allow_credentials(asked_for_credentials())
        .allow_headers(Any)
        .allow_methods([method("PUT"), method("PATCH")])
        .allow_origin(FIRST)
        .dangerously_allow_origins(["null"])
        .enforce_origins(Enforce::ListedOnly)
        .expose_headers(Any)
        .max_age(Duration::from_secs(1))
        .preflight_status(StatusCode::OK)
        .vary([header::ACCEPT])
        .allow_credentials(true)
        .allow_headers([name("x-asked"), name("x-b")])
        .allow_methods([method("DELETE")])
        .allow_origin(LAST)
        .dangerously_allow_origins(["http://dangerous.example"])
        .enforce_origins(Enforce::Off)
        .expose_headers([name("x-c")])
        .max_age(Duration::from_secs(2))
        .preflight_status(StatusCode::ACCEPTED)
        .vary([header::COOKIE])
        .build()
        .unwrap();
    assert_eq!(
        preflight(&layer, LAST),
        [
            "202",
            "access-control-allow-credentials: true",
            "access-control-allow-headers: x-asked,x-b",
            "access-control-allow-methods: DELETE",
            "access-control-allow-origin: https://last.example",
            "access-control-max-age: 2",
            "vary: origin, cookie"
        ]
    );
    assert_eq!(
        actual(&layer, LAST),
        [
            "200",
            "access-control-allow-credentials: true",
            "access-control-allow-origin: https://last.example",
            "access-control-expose-headers: x-c",
            "vary: origin, cookie"
        ]
    );
    for stranger in [FIRST, "null"] {
        assert_eq!(actual(&layer, stranger), ["200", "vary: origin, cookie"], "{stranger}");
    }
    assert_eq!(
        allowed_origin(&layer, "http://dangerous.example"),
        Some("http://dangerous.example".into())
    );
}

#[test]
fn allow_origin_and_allow_origins_share_a_slot() {
    for layer in [
        CorsLayer::new().allow_origin(FIRST).allow_origins([LAST]),
        CorsLayer::new().allow_origins([FIRST]).allow_origin(LAST),
        CorsLayer::new().allow_origins([FIRST]).allow_origins([LAST]),
        CorsLayer::new().allow_origin(literal(FIRST)).allow_origins([LAST]),
        CorsLayer::new().allow_origin(Any).allow_origins([LAST]),
        CorsLayer::new().allow_origins(["*"]).allow_origin([literal(LAST)]),
        CorsLayer::new().allow_origin(AllowOrigin::predicate(|_, _| true)).allow_origins([LAST]),
        CorsLayer::new().allow_origins(["https://wrong.example/"]).allow_origins([LAST]),
    ] {
        let layer = layer.build().unwrap();
        assert_eq!(allowed_origin(&layer, FIRST), None, "{layer:?}");
        assert_eq!(allowed_origin(&layer, LAST), Some(LAST.into()), "{layer:?}");
    }
    let emptied = CorsLayer::new().allow_origins([FIRST]).allow_origins([""; 0]).build().unwrap();
    assert_eq!(allowed_origin(&emptied, FIRST), None);
}

#[test]
fn dangerous_origins_are_added_in_any_order() {
    let dangerous = "http://dangerous.example";
    for layer in [
        CorsLayer::new().dangerously_allow_origins([dangerous, "null"]).allow_origins([FIRST]),
        CorsLayer::new().allow_origins([FIRST]).dangerously_allow_origins([dangerous, "null"]),
        CorsLayer::new()
            .allow_origin(AllowOrigin::predicate(|origin, _| origin == FIRST))
            .dangerously_allow_origins([dangerous, "null"]),
    ] {
        let layer = layer.build().unwrap();
        for allowed in [FIRST, dangerous, "null"] {
            assert_eq!(allowed_origin(&layer, allowed), Some(allowed.into()), "{layer:?}");
        }
        for stranger in [LAST, "https://dangerous.example"] {
            assert_eq!(allowed_origin(&layer, stranger), None, "{layer:?}");
        }
    }
    let mirrored = CorsLayer::new()
        .allow_origin(AllowOrigin::mirror_request())
        .dangerously_allow_origins(["null"])
        .build()
        .unwrap();
    for allowed in [FIRST, "null"] {
        assert_eq!(allowed_origin(&mirrored, allowed), Some(allowed.into()));
    }
}

#[test]
fn a_star_alone_is_any() {
    for origin in [
        AllowOrigin::any(),
        AllowOrigin::from(Any),
        AllowOrigin::exact(literal("*")),
        AllowOrigin::from(literal("*")),
        AllowOrigin::from("*"),
        AllowOrigin::from(String::from("*")),
        AllowOrigin::patterns(["*"]),
        AllowOrigin::patterns(vec![String::from("*")]),
    ] {
        assert_is_any(CorsLayer::new().allow_origin(origin));
    }
    assert_is_any(CorsLayer::new().allow_origins(["*"]));
    assert_is_any(CorsLayer::new().allow_origins(Some("*")));
}

/// A static policy: everyone is answered alike, without `Vary`.
fn assert_is_any(layer: CorsLayer) {
    let layer = layer.build().expect("any origin is valid");
    for origin in [FIRST, "null", "garbage"] {
        assert_eq!(actual(&layer, origin), ["200", "access-control-allow-origin: *"], "{layer:?}");
    }
    assert_eq!(
        preflight(&layer, FIRST),
        ["204", "access-control-allow-methods: GET,HEAD,POST", "access-control-allow-origin: *"]
    );
}

#[test]
fn strings_are_patterns_and_header_values_are_literals() {
    let pattern = "https://*.example.com";
    let origin = "https://app.example.com";
    for layer in [
        CorsLayer::new().allow_origin(pattern),
        CorsLayer::new().allow_origin(String::from(pattern)),
        CorsLayer::new().allow_origins([pattern]),
        CorsLayer::new().allow_origins(vec![String::from(pattern)]),
        CorsLayer::new().allow_origins([&String::from(pattern)]),
        CorsLayer::new()
            .allow_origins(["https://*.example.com".parse::<tower_cors::OriginPattern>().unwrap()]),
        CorsLayer::new().allow_origin(AllowOrigin::patterns([pattern])),
    ] {
        assert_eq!(allowed_origin(&layer.build().unwrap(), origin), Some(origin.into()));
    }
    for layer in [
        CorsLayer::new().allow_origin(literal(pattern)),
        CorsLayer::new().allow_origin([literal(pattern)]),
        CorsLayer::new().allow_origin(vec![literal(pattern)]),
        CorsLayer::new().allow_origin(AllowOrigin::list([literal(pattern)])),
    ] {
        assert!(layer.build().is_err());
    }
}

#[test]
fn vectors_say_what_arrays_say() {
    let layer = CorsLayer::new()
        .allow_headers(vec![name("x-asked"), name("x-b")])
        .allow_methods(vec![method("DELETE")])
        .allow_origin(vec![literal(FIRST), literal(LAST)])
        .expose_headers(vec![name("x-c")])
        .vary(vec![header::COOKIE])
        .build()
        .unwrap();
    assert_eq!(
        preflight(&layer, LAST),
        [
            "204",
            "access-control-allow-headers: x-asked,x-b",
            "access-control-allow-methods: DELETE",
            "access-control-allow-origin: https://last.example",
            "vary: origin, cookie"
        ]
    );
    assert_eq!(
        actual(&layer, LAST),
        [
            "200",
            "access-control-allow-origin: https://last.example",
            "access-control-expose-headers: x-c",
            "vary: origin, cookie"
        ]
    );
}

#[test]
fn a_setter_on_a_clone_is_the_clone_s_own() {
    let first = CorsLayer::new().allow_origins([FIRST]).build().unwrap();
    let last = first.clone().allow_origins([LAST]).build().unwrap();
    let both = first.clone().dangerously_allow_origins([LAST]).build().unwrap();
    assert_eq!(
        [FIRST, LAST].map(|origin| allowed_origin(&first, origin)),
        [Some(FIRST.into()), None]
    );
    assert_eq!(
        [FIRST, LAST].map(|origin| allowed_origin(&last, origin)),
        [None, Some(LAST.into())]
    );
    assert_eq!(
        [FIRST, LAST].map(|origin| allowed_origin(&both, origin)),
        [Some(FIRST.into()), Some(LAST.into())]
    );
}

#[test]
fn what_is_asked_is_shown_as_a_question() {
    let origin = AllowOrigin::predicate(|_, _| true)
        .or(AllowOrigin::async_predicate(|_, _| std::future::ready(true)));
    for shown in [
        format!("{origin:?}"),
        format!("{:?}", AllowCredentials::predicate(|_, _| true)),
        format!("{:?}", MaxAge::dynamic(|_, _| Duration::ZERO)),
    ] {
        assert!(shown.contains("Question(..)"), "{shown}");
    }
}
