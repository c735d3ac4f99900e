//! Every key in every spelling.

use tower_cors::CorsLayer;

use crate::{error, json, problem};

const KEYS: [[&str; 4]; 15] = [
    ["allow_credentials", "allow-credentials", "allowCredentials", "ALLOW_CREDENTIALS"],
    ["allow_headers", "allow-headers", "allowHeaders", "ALLOW_HEADERS"],
    ["allow_methods", "allow-methods", "allowMethods", "ALLOW_METHODS"],
    ["allow_origin", "allow-origin", "allowOrigin", "ALLOW_ORIGIN"],
    ["allow_origins", "allow-origins", "allowOrigins", "ALLOW_ORIGINS"],
    ["connect", "connect", "connect", "CONNECT"],
    [
        "dangerously_allow_origins",
        "dangerously-allow-origins",
        "dangerouslyAllowOrigins",
        "DANGEROUSLY_ALLOW_ORIGINS",
    ],
    ["enforce_origins", "enforce-origins", "enforceOrigins", "ENFORCE_ORIGINS"],
    ["expose_headers", "expose-headers", "exposeHeaders", "EXPOSE_HEADERS"],
    ["grpc_web", "grpc-web", "grpcWeb", "GRPC_WEB"],
    ["max_age", "max-age", "maxAge", "MAX_AGE"],
    ["mcp", "mcp", "mcp", "MCP"],
    ["preflight_status", "preflight-status", "preflightStatus", "PREFLIGHT_STATUS"],
    ["trace_origins", "trace-origins", "traceOrigins", "TRACE_ORIGINS"],
    ["vary", "vary", "vary", "VARY"],
];

fn with(key: &str, value: &str) -> CorsLayer {
    json(&format!("{{ \"{key}\": {value} }}"))
}

/// Every value is of the wrong type for every key, so the problem tells how the key was taken.
#[test]
fn a_key_is_known_in_four_cases() {
    for spellings in KEYS {
        for spelling in spellings {
            let problem = problem(with(spelling, "null"));
            assert_eq!(problem.code(), "wrong-type", "{spelling}");
            assert_eq!(problem.setting(), spellings[0]);
            assert_eq!(problem.path(), Some(spelling));
        }
    }
}

#[test]
fn a_setting_has_one_key() {
    for spellings in KEYS {
        for other in &spellings[1..] {
            let text = format!("{{ \"{}\": [], \"{other}\": [] }}", spellings[0]);
            let error = error(json(&text));
            let last = error.into_iter().find(|problem| problem.code() == "duplicate-setting");
            let last = last.unwrap_or_else(|| panic!("{error}"));
            assert_eq!(last.path(), Some(*other));
            assert_eq!(last.setting(), spellings[0]);
        }
    }
}

#[test]
fn nothing_else_is_known_and_the_nearest_is_named() {
    for (unknown, nearest) in [
        ("allow_orgins", "allow_origins"),
        ("allow_origin_s", "allow_origins"),
        ("allowed_origins", "allow_origins"),
        ("allowed-origins", "allow-origins"),
        ("allowedOrigins", "allowOrigins"),
        ("AllowOrigins", "allowOrigins"),
        ("alloworigins", "allow_origins"),
        ("Allow_Origins", "allowOrigins"),
        ("allowed_methods", "allow_methods"),
        ("allowed_headers", "allow_headers"),
        ("exposed_headers", "expose_headers"),
        ("exposed-headers", "expose-headers"),
        ("origins", "allow_origins"),
        ("methods", "allow_methods"),
        ("credentials", "allow_credentials"),
        ("supports_credentials", "allow_credentials"),
        ("maxAgeSeconds", "maxAge"),
        ("maxage", "max_age"),
        ("MAXAGE", "MAX_AGE"),
        ("max_ages", "max_age"),
        ("vray", "vary"),
        ("dangerous_allow_origins", "dangerously_allow_origins"),
        ("enforce_origin", "enforce_origins"),
        ("preflightStatusCode", "preflightStatus"),
    ] {
        let problem = problem(with(unknown, "1"));
        assert_eq!(problem.code(), "unknown-key", "{unknown}");
        assert_eq!(problem.suggestion(), Some(nearest), "{unknown}");
        let text = format!("{unknown}: there is no such setting; write \"{nearest}\"");
        assert_eq!(problem.to_string(), text);
        assert_eq!(problem.setting(), "");
        assert_eq!(problem.value(), None);
    }
}

#[test]
fn a_star_is_a_name_where_any_is_not_taken() {
    let layer = with("vary", "\"*\"").build().expect("it is a token");
    assert_eq!(serde_json::to_string(&layer).unwrap(), r#"{"vary":["*"]}"#);
}

#[test]
fn near_ones_are_sought_for_64_bytes_at_most() {
    for (len, nearest) in [(64, Some("dangerously_allow_origins")), (65, None)] {
        let unknown = format!("{:x<len$}", "dangerously_allow_origins");
        assert_eq!(problem(with(&unknown, "1")).suggestion(), nearest, "{len}");
    }
}

#[test]
fn without_a_near_one_all_are_named() {
    let long = "allow_origins".repeat(100_000);
    for unknown in [&*long, "", "x", "debug", "ünïcode", "\\u0000\\n\\\"", "a.b[0]"] {
        let problem = problem(with(unknown, "1"));
        assert_eq!(problem.suggestion(), None, "{problem}");
        let known = KEYS.map(|[key, ..]| key).join(", ");
        let text = problem.to_string();
        assert!(
            text.ends_with(&format!(": there is no such setting; write one of {known}")),
            "{text}"
        );
        assert!(text.len() < 600 && !text.contains(char::is_control), "{text}");
    }
}

#[test]
fn permission_for_everyone_is_for_the_program() {
    for (key, code) in [
        ("permissive", "not-in-a-file"),
        ("very_permissive", "not-in-a-file"),
        ("very-permissive", "not-in-a-file"),
        ("veryPermissive", "not-in-a-file"),
        ("VERY_PERMISSIVE", "not-in-a-file"),
    ] {
        for value in ["true", "false"] {
            assert_eq!(problem(with(key, value)).code(), code, "{key}");
        }
    }
}

#[cfg(feature = "tracing")]
#[test]
fn trace_origins_is_a_boolean() {
    for (value, written) in
        [("false", r#"{"trace_origins":false}"#), ("true", "{}"), ("\"true\"", "{}")]
    {
        let layer = with("trace_origins", value);
        assert_eq!(serde_json::to_string(&layer).unwrap(), written);
    }
    assert_eq!(problem(with("trace-origins", "1")).code(), "wrong-type");
}

#[cfg(not(feature = "tracing"))]
#[test]
fn trace_origins_needs_its_feature() {
    assert_eq!(
        problem(with("trace-origins", "false")).to_string(),
        "trace-origins: this program is built without the feature `tracing` of tower-cors; \
         leave it out, or turn the feature on"
    );
}

/// Presets add names in a file as in a program.
#[test]
fn presets_are_booleans() {
    for (key, preset) in [
        ("connect", CorsLayer::connect as fn(CorsLayer) -> CorsLayer),
        ("grpc_web", CorsLayer::grpc_web),
        ("mcp", CorsLayer::mcp),
    ] {
        let written = |layer: &CorsLayer| serde_json::to_string(layer).unwrap();
        let on = format!("{{\"{key}\":true}}");
        assert_eq!(written(&preset(CorsLayer::new())), on);
        for (value, text) in
            [("true", on.as_str()), ("\"true\"", &on), ("false", "{}"), ("\"false\"", "{}")]
        {
            assert_eq!(written(&with(key, value)), text, "{key}");
        }
        assert_eq!(problem(with(key, "1")).code(), "wrong-type");
        // The setter replaces what could not be read.
        assert_eq!(written(&preset(with(key, "1"))), on);
    }
}

/// Names that a preset has are not written again, nor what `mcp` enforces by itself.
#[test]
fn what_a_preset_says_is_not_repeated() {
    let layer = json(
        r#"{ "mcp": true, "allowMethods": "GET, PUT", "allowHeaders": "content-type, x-a",
            "exposeHeaders": "mcp-session-id", "enforceOrigins": "same_origin" }"#,
    );
    assert_eq!(
        serde_json::to_string(&layer).unwrap(),
        r#"{"allow_headers":["x-a"],"allow_methods":["PUT"],"mcp":true}"#
    );
}

#[test]
fn a_problem_with_a_preset_has_its_path() {
    let problem = problem(json(r#"{ "allowOrigins": "*", "mcp": "true" }"#));
    assert_eq!(
        problem.to_string(),
        "mcp: any origin is allowed, so nothing can be refused; list the origins, or leave out mcp"
    );
}
