//! The JSON Schema agrees with what is accepted and refused.

use jsonschema::Validator;
use serde_json::Value;
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
const UNSEEN: &[(&str, &str)] = &[];

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
