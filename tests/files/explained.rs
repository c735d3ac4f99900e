//! What is said of a refused request is said in the words of whoever allows it: of the file, or of
//! the program.

use http::{Method, Request, header};
use tower_cors::{CorsLayer, Explanation, Missing, Outcome};

use crate::{json, toml, yaml};

struct Row {
    name: &'static str,
    layer: CorsLayer,
    request: http::request::Builder,
    suggestion: Option<&'static str>,
    missing: Option<(&'static str, &'static [&'static str])>,
}

fn actual(origin: &str) -> http::request::Builder {
    Request::get("/").header(header::ORIGIN, origin)
}

fn preflight(method: &str, names: &str) -> http::request::Builder {
    Request::options("/")
        .header(header::ORIGIN, "https://a.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, method)
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, names)
}

fn explain(layer: &CorsLayer, request: http::request::Builder) -> Explanation {
    let (parts, ()) = request.body(()).expect("the request is valid").into_parts();
    layer.explain(&parts).expect("the layer builds")
}

fn rows() -> [Row; 11] {
    let other = "https://other.example";
    [
        Row {
            name: "origin, at the key of the file",
            layer: toml("allow_origins = ['https://a.example']"),
            request: actual(other),
            suggestion: Some(r#"list "https://other.example" in allow_origins"#),
            missing: Some(("allow_origins", &["https://other.example"])),
        },
        Row {
            name: "origin, in camel case",
            layer: json(r#"{ "allowOrigins": "https://a.example" }"#),
            request: actual(other),
            suggestion: Some(r#"list "https://other.example" in allowOrigins"#),
            missing: Some(("allow_origins", &["https://other.example"])),
        },
        Row {
            name: "origin, at the other key",
            layer: yaml("allow-origin: https://a.example"),
            request: actual(other),
            suggestion: Some(r#"list "https://other.example" in allow-origin"#),
            missing: Some(("allow_origins", &["https://other.example"])),
        },
        Row {
            name: "origin beside a fixed one",
            layer: toml("allow_origin = { fixed = 'https://a.example' }"),
            request: actual(other),
            suggestion: Some(
                r#"list "https://a.example", "https://other.example" in allow_origin"#,
            ),
            missing: Some(("allow_origins", &["https://a.example", "https://other.example"])),
        },
        Row {
            name: "origin, of an empty file",
            layer: toml(""),
            request: actual(other),
            suggestion: Some(r#"list "https://other.example" in allow_origins"#),
            missing: Some(("allow_origins", &["https://other.example"])),
        },
        Row {
            name: "origin that the program has set since",
            layer: toml("allow_origins = 'https://other.example'")
                .allow_origins(["https://a.example"]),
            request: actual(other),
            suggestion: Some(r#".allow_origins([…, "https://other.example"])"#),
            missing: Some(("allow_origins", &["https://other.example"])),
        },
        Row {
            name: "origin, without a file",
            layer: CorsLayer::new().allow_origins(["https://a.example"]),
            request: actual(other),
            suggestion: Some(r#".allow_origins([…, "https://other.example"])"#),
            missing: Some(("allow_origins", &["https://other.example"])),
        },
        Row {
            name: "method that the file says nothing of",
            layer: json(r#"{ "allowOrigins": "https://a.example" }"#),
            request: preflight("PUT", ""),
            suggestion: Some(r#"list "PUT" in allow_methods"#),
            missing: Some(("allow_methods", &["PUT"])),
        },
        Row {
            name: "method that the program lists",
            layer: json(r#"{ "allowOrigins": "https://a.example" }"#).allow_methods([Method::PUT]),
            request: preflight("DELETE", ""),
            suggestion: Some(".allow_methods([…, Method::DELETE])"),
            missing: Some(("allow_methods", &["DELETE"])),
        },
        Row {
            name: "headers",
            layer: toml("allow_origins = 'https://a.example'\nallow_headers = ['x-a']"),
            request: preflight("GET", "x-a,x-b,x-c"),
            suggestion: Some(r#"list "x-b", "x-c" in allow_headers"#),
            missing: Some(("allow_headers", &["x-b", "x-c"])),
        },
        Row {
            name: "what is never wise",
            layer: toml("allow_origins = 'https://a.example'\nallow_credentials = true"),
            request: actual("http://b.example"),
            suggestion: None,
            missing: None,
        },
    ]
}

#[test]
fn suggestions_are_told_in_the_words_of_the_file_or_of_the_program() {
    for Row { name, layer, request, suggestion, missing } in rows() {
        let explanation = explain(&layer, request);
        assert_eq!(explanation.outcome(), Outcome::Denied, "{name}");
        assert_eq!(explanation.suggestion(), suggestion, "{name}");
        let told = explanation.missing().map(|missing| (missing.setting(), missing.values()));
        let expected = missing.map(|(setting, values)| {
            (setting, values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>())
        });
        assert_eq!(told, expected.as_ref().map(|(setting, values)| (*setting, &values[..])));
        let line = suggestion.map(|suggestion| format!("\n  to allow it: {suggestion}"));
        let text = explanation.to_string();
        assert_eq!(text.contains("to allow it"), line.is_some(), "{name}: {text}");
        assert!(text.contains(line.as_deref().unwrap_or_default()), "{name}: {text}");
    }
}

/// The file with what is missing beside what it lists.
fn mended(file: &str, missing: &Missing) -> CorsLayer {
    let mut table: toml::Table = file.parse().expect("it is TOML");
    let list = table.entry(missing.setting()).or_insert_with(|| toml::Value::Array(Vec::new()));
    let list = list.as_array_mut().expect("it is a list");
    list.extend(missing.values().iter().cloned().map(toml::Value::String));
    toml(&table.to_string())
}

#[test]
fn what_is_missing_allows_the_request_once_it_is_in_the_file() {
    let file = "allow_origins = ['https://other.example']\nallow_headers = ['x-a']\n";
    let request = || preflight("PATCH", "x-a,x-b");
    let mut layer = toml(file);
    let mut text = file.to_owned();
    for setting in ["allow_origins", "allow_methods", "allow_headers"] {
        let explanation = explain(&layer, request());
        let missing = explanation.missing().expect("the request is refused");
        assert_eq!(missing.setting(), setting);
        layer = mended(&text, missing);
        text = toml::to_string(&layer).expect("it builds");
    }
    assert_eq!(explain(&layer, request()).outcome(), Outcome::Allowed);
}
