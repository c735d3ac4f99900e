//! The JSON Schema agrees with what is accepted and refused.

use jsonschema::Validator;
use serde_json::{Value, json};
use tower_cors::CorsLayer;

use crate::{error, files, name, read};

fn schema() -> Value {
    schemars::schema_for!(CorsLayer).to_value()
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).expect("the schema is one")
}

/// A file as the schema sees it, if a value of JSON can be it.
fn value(file: &std::path::Path) -> Option<Value> {
    let text = std::fs::read_to_string(file).expect("the file is readable");
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("json") => serde_json::from_str(&text).ok(),
        Some("toml") => toml::from_str(&text).ok(),
        _ => serde_yaml_ng::from_str(&text).ok(),
    }
}

/// Types of one name are told apart by it.
#[test]
fn its_id_names_crate_and_type() {
    let id = <CorsLayer as schemars::JsonSchema>::schema_id();
    assert!(id.starts_with("tower_cors::") && id.ends_with("::CorsLayer"), "{id}");
}

#[test]
fn accepted_files_are_valid() {
    let validator = validator();
    for file in files("accepted") {
        let value = value(&file).expect("it is a value of JSON");
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", name(&file));
    }
}

/// Refused files that a schema takes for valid, and why.
const UNSEEN: [(&str, &str); 8] = [
    ("any_with_credentials.yaml", MEANING),
    ("credentials.toml", MEANING),
    ("dangerous_beside_any.toml", MEANING),
    ("dangerous_beside_fixed.toml", MEANING),
    ("endless_duration_text.toml", "an expression cannot add"),
    ("fixed_twice.json", "a value of JSON has each key once"),
    ("mirrored_with_credentials.toml", MEANING),
    ("null_with_credentials.json", MEANING),
];

const MEANING: &str = "each setting is fine, and what they mean together is not";

#[test]
fn refused_files_are_invalid_but_for_those_that_no_schema_can_see() {
    let validator = validator();
    let mut unseen = Vec::new();
    for file in files("refused") {
        if value(&file).is_some_and(|value| validator.is_valid(&value)) {
            unseen.push(name(&file).to_owned());
        }
    }
    let expected: Vec<_> = UNSEEN.iter().map(|(name, _)| *name).collect();
    assert_eq!(unseen, expected);
}

/// What a valid file is still refused for is about values and their meaning together.
#[test]
fn what_a_schema_cannot_see_is_no_fault_of_shape() {
    for (name, reason) in UNSEEN {
        assert!(!reason.is_empty());
        let file = files("refused").into_iter().find(|file| file.ends_with(name)).unwrap();
        for problem in &error(read(&file)) {
            assert_ne!(problem.code(), "unknown-key", "{name}: {problem}");
            assert_ne!(problem.code(), "wrong-type", "{name}: {problem}");
        }
    }
}

/// Values for every key: some right, some wrong, some right for others.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "\"true\"",
    "\"false\"",
    "\"True\"",
    "\"\"",
    "\" \"",
    "0",
    "-1",
    "1.5",
    "200",
    "204.0",
    "299",
    "300",
    "199",
    "600",
    "1e300",
    "18446744073709551615",
    "18446744073709551616",
    "\"200\"",
    "\"300\"",
    "\"600\"",
    "\"-5\"",
    "\"10m\"",
    "\"1h30m\"",
    "\"30m1h\"",
    "\"10 m\"",
    "\"m\"",
    "\"5d4h3m2s\"",
    "\"*\"",
    "\" * \"",
    "[\"*\"]",
    "[\"*\", \"*\"]",
    "\"*, *\"",
    "[\"*\", \"PUT\"]",
    "\"mirror_request\"",
    "\"mirror-request\"",
    "\"mirrorRequest\"",
    "\"MIRROR_REQUEST\"",
    "[\"mirror_request\"]",
    "\"mirror_request, PUT\"",
    "[\"PUT\", \"mirrorRequest\"]",
    "\"same_origin\"",
    "\"listed-only\"",
    "\"sameorigin\"",
    "[]",
    "[[]]",
    "[null]",
    "[5]",
    "[\"\"]",
    "[\"PUT\", \"\"]",
    "{}",
    "\"PUT\"",
    "\"PUT,DELETE\"",
    "\"PUT , DELETE\"",
    "\" PUT\"",
    "\"PUT,\"",
    "\",PUT\"",
    "\"PUT DELETE\"",
    "[\"PUT\"]",
    "[\" PUT\"]",
    "[\"PUT, DELETE\"]",
    "[\"x-a\", \"X-B\"]",
    "[\"x:a\"]",
    "[\"x-ä\"]",
    "[\"x-a\\n\"]",
    "\"https://example.com\"",
    "[\"https://example.com\"]",
    "[\"https://example.com\", 5]",
    "\"https://example.com, https://*.example.org:*\"",
    "[\"https://example.com, https://example.org\"]",
    "[\"https://example.com/\"]",
    "[\"https://example.com/path\"]",
    "[\"HTTPS://example.com\"]",
    "[\"https://EXAMPLE.com\"]",
    "[\"example.com\"]",
    "[\"https://\"]",
    "[\"https://*\"]",
    "[\"https://a.*.b\"]",
    "[\"https://*.example.com:*\"]",
    "[\"https://example.com:0\"]",
    "[\"https://example.com:08\"]",
    "[\"https://example.com:\"]",
    "[\"http://[::1]:3000\"]",
    "[\"http://127.0.0.1\"]",
    "[\"tauri://localhost\"]",
    "[\"https://user@example.com\"]",
    "[\"https://a..b\"]",
    "[\"https://example.com.\"]",
    "[\"null\"]",
    "\"null\"",
    "[\"https://münchen.example\"]",
    "[\"https://example.com\\n\"]",
    "[\" https://example.com\"]",
    "{ \"fixed\": \"https://example.com\" }",
    "{ \"fixed\": \"https://*.example.com\" }",
    "{ \"fixed\": 5 }",
    "{ \"fixed\": \"*\" }",
    "{ \"fixd\": \"https://example.com\" }",
    "{ \"fixed\": \"https://example.com\", \"other\": 1 }",
    "{ \"fixed\": [\"https://example.com\"] }",
];

const KEYS: [&str; 11] = [
    "allow_credentials",
    "allow_headers",
    "allow_methods",
    "allow_origin",
    "allow_origins",
    "dangerously_allow_origins",
    "enforce_origins",
    "expose_headers",
    "max_age",
    "preflight_status",
    "vary",
];

#[test]
fn every_value_is_valid_where_it_is_accepted() {
    let validator = validator();
    let (mut accepted, mut refused, mut differences) = (0, 0, Vec::new());
    for key in KEYS {
        for value in VALUES {
            let text = format!("{{ \"{key}\": {value} }}");
            let value: Value = serde_json::from_str(&text).expect("it is JSON");
            let layer: CorsLayer = serde_json::from_str(&text).expect("it is a map");
            let built = layer.accept_dangerous_config().build();
            let is_valid = validator.is_valid(&value);
            match &built {
                Ok(_) => accepted += 1,
                Err(_) => refused += 1,
            }
            if is_valid != built.is_ok() {
                differences.push(format!("{text}: {:?}", built.err()));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
    assert!(accepted > 150 && refused > 600, "{accepted} accepted, {refused} refused");
}

#[test]
fn every_spelling_is_valid_and_only_one_at_once() {
    let validator = validator();
    let one = |key: &str| validator.is_valid(&json!({ key: "*" }));
    for spelling in
        ["allow_origins", "allow-origins", "allowOrigins", "ALLOW_ORIGINS", "allowOrigin"]
    {
        assert!(one(spelling), "{spelling}");
        if spelling != "allow_origins" {
            assert!(
                !validator.is_valid(&json!({ "allow_origins": "*", spelling: "*" })),
                "{spelling}"
            );
        }
    }
    assert!(!one("AllowOrigins") && !one("xallow_origins") && !one("allow_originsx"));
    assert!(
        validator.is_valid(&json!({ "vary": "accept" }))
            && validator.is_valid(&json!({ "VARY": "accept" }))
    );
    assert!(!validator.is_valid(&json!({ "vary": "accept", "VARY": "accept" })));
    assert!(!validator.is_valid(&json!([])) && !validator.is_valid(&json!("*")));
}

/// Part of a larger configuration, it is described once, under its name.
#[test]
fn it_is_part_of_a_larger_schema() {
    #[derive(schemars::JsonSchema)]
    #[expect(dead_code, reason = "only described")]
    struct Config {
        cors: CorsLayer,
        more: Option<CorsLayer>,
    }
    let schema = schemars::schema_for!(Config).to_value();
    assert_eq!(schema["$defs"].as_object().unwrap().keys().collect::<Vec<_>>(), ["CorsLayer"]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&json!({ "cors": { "allow-origins": ["https://example.com"] } })));
    assert!(!validator.is_valid(&json!({ "cors": { "allow-origins": ["https://example.com/"] } })));
}
