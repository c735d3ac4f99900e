//! Every warning, alone and in order.

use std::{collections::BTreeSet, time::Duration};

use http::header;
use tower_cors::{AllowOrigin, Any, CorsLayer, Enforce, Warning};

use crate::{asked_for_credentials, literal, method, name};

struct Row {
    code: &'static str,
    config: CorsLayer,
    setting: &'static str,
    value: Option<&'static str>,
    advice: &'static str,
    /// The same without the warning.
    fine: CorsLayer,
}

fn example() -> CorsLayer {
    origins(&["https://example.com"])
}

fn origins(patterns: &[&str]) -> CorsLayer {
    CorsLayer::new().allow_origins(patterns)
}

fn predicate() -> AllowOrigin {
    AllowOrigin::predicate(|_, _| true)
}

fn async_predicate() -> AllowOrigin {
    AllowOrigin::async_predicate(|_, _| async { true })
}

fn rows() -> Vec<Row> {
    [credentials_rows(), origin_rows(), other_rows()].into_iter().flatten().collect()
}

fn credentials_rows() -> Vec<Row> {
    vec![
        Row {
            code: "very-permissive",
            config: CorsLayer::very_permissive(),
            setting: "very_permissive",
            value: None,
            advice: "every site can read with the user's credentials; list the origins",
            fine: CorsLayer::very_permissive().allow_credentials(false),
        },
        Row {
            code: "predicate-with-credentials",
            config: CorsLayer::new().allow_origin(predicate()).allow_credentials(true),
            setting: "allow_origin",
            value: None,
            advice: "with credentials the predicate has to check scheme, host and port itself; let an OriginSet do it",
            fine: CorsLayer::new().allow_origin(predicate()),
        },
        Row {
            code: "predicate-with-credentials",
            config: CorsLayer::new()
                .allow_origin(async_predicate())
                .allow_credentials(asked_for_credentials()),
            setting: "allow_origin",
            value: None,
            advice: "with credentials the predicate has to check scheme, host and port itself; let an OriginSet do it",
            fine: CorsLayer::new().allow_origin(async_predicate()),
        },
        Row {
            code: "loopback-with-credentials",
            config: origins(&["https://example.com", "http://localhost:3000"])
                .allow_credentials(true),
            setting: "allow_origins",
            value: Some("http://localhost:3000"),
            advice: "beside other origins, whatever listens on the user's machine can read with the user's credentials; \
                     keep development origins out of production",
            fine: origins(&["https://example.com", "http://localhost:3000"]),
        },
        Row {
            code: "loopback-with-credentials",
            config: CorsLayer::new()
                .allow_origin([literal("https://[::1]:8443"), literal("https://example.com")])
                .allow_credentials(asked_for_credentials()),
            setting: "allow_origin",
            value: Some("https://[::1]:8443"),
            advice: "beside other origins, whatever listens on the user's machine can read with the user's credentials; \
                     keep development origins out of production",
            fine: origins(&["https://[::1]:8443", "http://127.0.0.1:3000"]).allow_credentials(true),
        },
        Row {
            code: "any-port-loopback-with-credentials",
            config: origins(&["http://localhost:*"]).allow_credentials(true),
            setting: "allow_origins",
            value: Some("http://localhost:*"),
            advice: "whatever listens on any port of the user's machine can read with the user's credentials; write the port",
            fine: origins(&["http://localhost:3000"]).allow_credentials(true),
        },
        Row {
            code: "shared-app-with-credentials",
            config: origins(&["tauri://localhost"]).allow_credentials(true),
            setting: "allow_origins",
            value: Some("tauri://localhost"),
            advice: "every app of this framework has this origin and can read with the user's credentials; \
                     give the app an origin of its own, or use tokens",
            fine: origins(&["tauri://com.example.app"]).allow_credentials(true),
        },
        Row {
            code: "shared-app-with-credentials",
            config: CorsLayer::new().allow_origin("capacitor://localhost").allow_credentials(true),
            setting: "allow_origin",
            value: Some("capacitor://localhost"),
            advice: "every app of this framework has this origin and can read with the user's credentials; \
                     give the app an origin of its own, or use tokens",
            fine: CorsLayer::new().allow_origin("capacitor://localhost"),
        },
        Row {
            code: "credential-header-for-any-origin",
            config: CorsLayer::new().allow_origin(Any).allow_headers([header::AUTHORIZATION]),
            setting: "allow_headers",
            value: Some("authorization"),
            advice: "it looks like a credential, and any origin may send it; list the origins that you trust with it",
            fine: example().allow_headers([header::AUTHORIZATION]),
        },
        Row {
            code: "credential-header-for-any-origin",
            config: CorsLayer::new()
                .allow_origin(AllowOrigin::mirror_request())
                .allow_headers([header::CONTENT_TYPE, name("x-api-key")]),
            setting: "allow_headers",
            value: Some("x-api-key"),
            advice: "it looks like a credential, and any origin may send it; list the origins that you trust with it",
            fine: CorsLayer::new().allow_origin(Any).allow_headers([header::CONTENT_TYPE]),
        },
    ]
}

fn origin_rows() -> Vec<Row> {
    vec![
        Row {
            code: "no-origin",
            config: CorsLayer::new(),
            setting: "allow_origin",
            value: None,
            advice: "no origin is allowed, so no page can read anything; write allow_origins, or leave out the layer",
            fine: CorsLayer::new().dangerously_allow_origins(["null"]),
        },
        Row {
            code: "no-origin",
            config: origins(&[]),
            setting: "allow_origin",
            value: None,
            advice: "no origin is allowed, so no page can read anything; write allow_origins, or leave out the layer",
            fine: CorsLayer::new().allow_origin(Any),
        },
        Row {
            code: "covered-pattern",
            config: origins(&["https://app.example.com", "https://*.example.com"]),
            setting: "allow_origins",
            value: Some("https://app.example.com"),
            advice: "\"https://*.example.com\" allows it already; leave one of them out",
            fine: origins(&["https://example.com", "https://*.example.com"]),
        },
        Row {
            code: "covered-pattern",
            config: origins(&["http://localhost:*", "http://localhost:3000"]),
            setting: "allow_origins",
            value: Some("http://localhost:3000"),
            advice: "\"http://localhost:*\" allows it already; leave one of them out",
            fine: origins(&["http://localhost:*", "https://localhost:3000"]),
        },
        Row {
            code: "covered-pattern",
            config: origins(&["https://*.a.example.com:8443", "https://*.example.com:*"]),
            setting: "allow_origins",
            value: Some("https://*.a.example.com:8443"),
            advice: "\"https://*.example.com:*\" allows it already; leave one of them out",
            fine: origins(&["https://*.a.example.com:8443", "https://*.example.com"]),
        },
        Row {
            code: "covered-pattern",
            config: origins(&["https://example.com", "https://example.com"]),
            setting: "allow_origins",
            value: Some("https://example.com"),
            advice: "\"https://example.com\" allows it already; leave one of them out",
            fine: example(),
        },
        Row {
            code: "covered-pattern",
            config: CorsLayer::new()
                .allow_origin([literal("https://example.com"), literal("https://example.com")]),
            setting: "allow_origin",
            value: Some("https://example.com"),
            advice: "\"https://example.com\" allows it already; leave one of them out",
            fine: CorsLayer::new().allow_origin([literal("https://example.com")]),
        },
        Row {
            code: "covered-pattern",
            config: CorsLayer::new().allow_origin(
                AllowOrigin::from("https://a.example.com").or("https://*.example.com"),
            ),
            setting: "allow_origin",
            value: Some("https://a.example.com"),
            advice: "\"https://*.example.com\" allows it already; leave one of them out",
            fine: CorsLayer::new().allow_origin(
                AllowOrigin::from("https://a.example.com").or("https://b.example.com"),
            ),
        },
        Row {
            code: "not-dangerous",
            config: CorsLayer::new()
                .dangerously_allow_origins(["https://example.com"])
                .allow_credentials(true),
            setting: "dangerously_allow_origins",
            value: Some("https://example.com"),
            advice: "nothing about it is dangerous here; write it in allow_origins",
            fine: CorsLayer::new()
                .dangerously_allow_origins(["http://example.com"])
                .allow_credentials(true),
        },
        Row {
            code: "not-dangerous",
            config: CorsLayer::new().dangerously_allow_origins(["http://example.com"]),
            setting: "dangerously_allow_origins",
            value: Some("http://example.com"),
            advice: "nothing about it is dangerous here; write it in allow_origins",
            fine: origins(&["http://example.com"]),
        },
        Row {
            code: "origin-set-twice",
            config: example().allow_origin("https://example.org"),
            setting: "allow_origin",
            value: None,
            advice: "allow_origin and allow_origins were called more than once, and only the last call counts; \
                     write one call, or join them with AllowOrigin::or",
            fine: CorsLayer::new()
                .allow_origin(AllowOrigin::from("https://example.com").or("https://example.org")),
        },
    ]
}

fn other_rows() -> Vec<Row> {
    vec![
        Row {
            code: "max-age-over-chromium-cap",
            config: example().max_age(Duration::from_secs(7_201)),
            setting: "max_age",
            value: Some("7201s"),
            advice: "Chromium remembers for 7200 s at most; write Duration::from_secs(7200) or less",
            fine: example().max_age(Duration::from_secs(7_200)),
        },
        Row {
            code: "max-age-over-chromium-cap",
            config: example().max_age(Duration::from_secs(86_400)),
            setting: "max_age",
            value: Some("86400s"),
            advice: "Chromium remembers for 7200 s at most; write Duration::from_secs(7200) or less",
            fine: example().max_age(Duration::from_secs(600)),
        },
        Row {
            code: "max-age-over-firefox-cap",
            config: example().max_age(Duration::from_secs(86_401)),
            setting: "max_age",
            value: Some("86401s"),
            advice: "Firefox remembers for 86400 s at most, Chromium for 7200 s; write Duration::from_secs(7200) or less",
            fine: example().max_age(Duration::ZERO),
        },
        Row {
            code: "sub-second-max-age",
            config: example().max_age(Duration::from_millis(500)),
            setting: "max_age",
            value: Some("500ms"),
            advice: "the header has whole seconds, so this is rounded up; write whole seconds, or Duration::ZERO for none",
            fine: example().max_age(Duration::from_secs(1)),
        },
        Row {
            code: "sub-second-max-age",
            config: example().max_age(Duration::from_millis(1_500)),
            setting: "max_age",
            value: Some("1.5s"),
            advice: "the header has whole seconds, so this is rounded up; write whole seconds, or Duration::ZERO for none",
            fine: example().max_age(Duration::from_secs(2)),
        },
        Row {
            code: "enforcement-weaker-than-mcp",
            config: example().enforce_origins(false).mcp(),
            setting: "enforce_origins",
            value: Some("Off"),
            advice: "mcp enforces the listed origins, whatever is said here, as a rebound host name looks like \
                     the server's own; leave it out",
            fine: example().mcp(),
        },
        Row {
            code: "enforcement-weaker-than-mcp",
            config: example().mcp().enforce_origins(true),
            setting: "enforce_origins",
            value: Some("SameOrigin"),
            advice: "mcp enforces the listed origins, whatever is said here, as a rebound host name looks like \
                     the server's own; leave it out",
            fine: example().mcp().enforce_origins(Enforce::ListedOnly),
        },
        Row {
            code: "lower-case-method",
            config: example().allow_methods([method("patch")]),
            setting: "allow_methods",
            value: Some("patch"),
            advice: "methods are compared case-sensitively; write \"PATCH\", and let pages write it so too",
            fine: example().allow_methods([method("PATCH")]),
        },
        Row {
            code: "options-listed",
            config: example().allow_methods([method("PUT"), method("OPTIONS")]),
            setting: "allow_methods",
            value: Some("OPTIONS"),
            advice: "preflights need no permission, only pages that send OPTIONS themselves do; leave it out",
            fine: example().allow_methods([method("GET"), method("POST"), method("PUT")]),
        },
        Row {
            code: "safelisted-request-header",
            config: example().allow_headers([header::CONTENT_TYPE, header::ACCEPT]),
            setting: "allow_headers",
            value: Some("accept"),
            advice: "pages may set this header without permission, unless its value is unusual; leave it out",
            fine: example().allow_headers([header::CONTENT_TYPE, header::RANGE]),
        },
        Row {
            code: "safelisted-response-header",
            config: example().expose_headers([header::ETAG, header::CONTENT_TYPE]),
            setting: "expose_headers",
            value: Some("content-type"),
            advice: "pages can read this header without permission; leave it out",
            fine: example().expose_headers([header::ETAG]),
        },
    ]
}

#[test]
fn every_warning_is_told_alone() {
    for row in rows() {
        let warnings = row.config.warnings();
        let [warning] = &warnings[..] else {
            panic!("{}: not one warning: {warnings:?}", row.code);
        };
        let value = row.value.map_or_else(String::new, |value| format!(" \"{value}\""));
        assert_eq!(warning.to_string(), format!("{}{value}: {}", row.setting, row.advice));
        assert_eq!(warning.code(), row.code, "{warning}");
        assert_eq!(warning.setting(), row.setting, "{warning}");
        assert_eq!(warning.value(), row.value, "{warning}");
    }
}

#[test]
fn a_warning_does_not_keep_from_building() {
    for row in rows() {
        let built = row.config.build().unwrap_or_else(|error| panic!("{}: {error}", row.code));
        assert_eq!(built.warnings().len(), 1, "{}", row.code);
    }
}

#[test]
fn what_is_put_right_has_no_warning() {
    for row in rows() {
        let warnings = row.fine.warnings();
        assert!(warnings.is_empty(), "{}: {warnings:?}", row.code);
        assert!(row.fine.build().is_ok(), "{}", row.code);
    }
}

#[test]
fn every_code_has_its_row() {
    let seen: BTreeSet<_> = rows().iter().map(|row| row.code).collect();
    assert_eq!(
        seen,
        BTreeSet::from([
            "any-port-loopback-with-credentials",
            "covered-pattern",
            "credential-header-for-any-origin",
            "enforcement-weaker-than-mcp",
            "loopback-with-credentials",
            "lower-case-method",
            "max-age-over-chromium-cap",
            "max-age-over-firefox-cap",
            "no-origin",
            "not-dangerous",
            "options-listed",
            "origin-set-twice",
            "predicate-with-credentials",
            "safelisted-request-header",
            "safelisted-response-header",
            "shared-app-with-credentials",
            "sub-second-max-age",
            "very-permissive",
        ])
    );
}

#[test]
fn the_worst_warning_comes_first() {
    let union = AllowOrigin::patterns(["http://localhost:*", "tauri://localhost"])
        .or(predicate())
        .or("https://example.com")
        .or("https://example.com");
    let layer = example()
        .allow_origin(union)
        .dangerously_allow_origins(["https://example.org"])
        .allow_credentials(true)
        .expose_headers([header::EXPIRES])
        .allow_headers([header::ACCEPT_LANGUAGE])
        .allow_methods([method("OPTIONS"), method("put")])
        .max_age(Duration::from_nanos(1))
        .enforce_origins(false)
        .mcp();
    assert_eq!(
        codes(&layer.warnings()),
        [
            "predicate-with-credentials",
            "loopback-with-credentials",
            "any-port-loopback-with-credentials",
            "shared-app-with-credentials",
            "enforcement-weaker-than-mcp",
            "sub-second-max-age",
            "options-listed",
            "lower-case-method",
            "safelisted-request-header",
            "safelisted-response-header",
            "covered-pattern",
            "not-dangerous",
            "origin-set-twice",
        ]
    );
    let permissive = CorsLayer::very_permissive().max_age(Duration::MAX);
    assert_eq!(codes(&permissive.warnings()), ["very-permissive", "max-age-over-firefox-cap"]);
    let open = CorsLayer::permissive()
        .allow_headers([header::AUTHORIZATION])
        .max_age(Duration::from_secs(8_000))
        .expose_headers([header::PRAGMA]);
    assert_eq!(
        codes(&open.warnings()),
        [
            "max-age-over-chromium-cap",
            "safelisted-response-header",
            "credential-header-for-any-origin",
        ]
    );
}

#[test]
fn methods_that_pages_write_in_lower_case() {
    for lower in ["delete", "get", "head", "options", "patch", "post", "put"] {
        assert_eq!(
            codes(&example().allow_methods([method(lower)]).warnings()),
            ["lower-case-method"]
        );
    }
    for meant in ["Patch", "query", "DELETE"] {
        assert!(example().allow_methods([method(meant)]).warnings().is_empty(), "{meant}");
    }
}

#[test]
fn a_wrong_configuration_has_warnings_too() {
    let wrong = origins(&[
        "https://example.com/",
        "https://a.example",
        "https://*.example",
        "https://a.example",
    ]);
    assert_eq!(codes(&wrong.warnings()), ["covered-pattern", "covered-pattern"]);
    assert!(wrong.build().is_err());
}

fn codes(warnings: &[Warning]) -> Vec<&'static str> {
    warnings.iter().map(Warning::code).collect()
}
