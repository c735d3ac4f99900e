//! Policies with something to say about, as TOML.

use std::{error::Error, fs, path::Path};

use serde_json::Value;

/// What the files of the crate's own tests do not have.
pub(crate) const OWN: &[&str] = &[
    "",
    "# nothing but a comment",
    "[cors]\nallow_origins = [\"https://example.com\"]\n",
    "cors.allow_origins = [\"https://example.com\"]\nmax_age = 5\ncors.vary = []\n",
    "[[routes]]\nvary = []\n[[routes]]\nvary = []\n[other]\n",
    "\"a@b\" = 1\n\"c@b\" = 2\n\"\" = 3\n\"with \\\" quote\" = 4\n",
    "allow_orgins = []\nallow_origins = [\"{app}\"]\n",
    "permissive = true\nallow_methods = [\"PUT\"]\n",
    "trace_origins = true",
    "allow_credentials = \"no\"\nmcp = \"on\"\nconnect = 5",
    "allow_origins = \"{app}, , {other}\"",
    "allow_origins = [\n  \"{app}\", # mine\n  # theirs\n  \"https://x.example/\" # a slash\n]\n",
    "allow_origins = \"https://a.example/, https://B.example\"",
    "allow_origins = \"*, {app}\"\nallow_credentials = true",
    "allow_origins = \"mirror_request\"\nallow_credentials = true\nenforce_origins = \"same_origin\"\nmcp = true",
    "allow_origins = \"*\"\nmcp = true",
    "allow_origin.fixed = \"https://*.example.com\"",
    "[allow_origin]\nfixed = \"https://example.com/\"\n",
    "allow_origin = { fixed = \"https://example.com\" }\ndangerously_allow_origins = [\"http://x.example\"]",
    "allow_credentials = true\ndangerously_allow_origins = [\"null\", \"http://x.example\"]",
    "allow_credentials = true\nallow_origins = [\"https://*.github.io\", \"https://*.amazonaws.com\", \"https://*.internal\"]",
    "allow_credentials = true\nallow_origins = [\"https://example.com\", \"http://localhost:*\", \"http://127.0.0.1:3000\"]",
    "allow_credentials = true\nallow_origins = \"https://example.com, http://localhost:*\"",
    "allow_credentials = true\nallow_origins = [\"tauri://localhost\", \"capacitor://localhost\"]",
    "allow_origins = [\"https://*.example.com\", \"https://a.example.com\", \"https://a.example.com\"]",
    "allow_origins = \"*\"\nallow_headers = [\"authorization\", \"X-API-Key\", \"Accept\"]\nexpose_headers = [\"Content-Type\"]",
    "mcp = true\nenforce_origins = true\nallow_origins = [\"https://example.com\"]",
    "mcp = true\nenforce_origins = false\nallow_origins = [\"https://example.com\"]",
    "allow_methods = [\"put\", \"OPTIONS\", \"patch\"]\nallow_origins = []",
    "allow_methods = \"put, OPTIONS, TRACE\"\nallow_origins = []",
    "allow_methods = \"*, PUT\"\nallow_headers = [\"*\", \"x-a\"]\nexpose_headers = [\"*\", \"x-a\"]",
    "allow_headers = [\"mirror_request\", \"x-a\"]\nexpose_headers = \"mirror_request\"",
    "max_age = 7201\nallow_origins = [\"https://example.com\"]",
    "max_age = \"2d\"\nallow_origins = [\"https://example.com\"]",
    "max_age = \"10 m\"",
    "max_age = \"5ms\"",
    "max_age = 1.5",
    "max_age = 1979-05-27",
    "preflight_status = 302",
    "vary = \"\"\nexpose_headers = \"etag, x y, set-cookie\"",
    "allow_headers = [\"content type\", \"a, b\", \"\", 5, [\"x\"], { y = 1 }, \"cookie\", \"host\"]",
    "allow_headers = [\"access-control-allow-origin\"]\nexpose_headers = [\"host\"]",
    "dangerously_allow_origins = [\"*\", \"https://fine.example\"]",
    "allow_origins = [\"\"\"https://a.example/\"\"\", 'https://b.example/']",
    "allow_origins = \"https://\\u0061.example/, https://b.example\"",
];

/// Patterns of which each is wrong in another way.
pub(crate) const PATTERNS: &[&str] = &[
    "",
    " ",
    "*",
    "null",
    "file:///x",
    "about:blank",
    "data:x",
    "https://",
    "https://a..example",
    "https://a.example:443",
    "https://a.example#x",
    "https://a.example?x",
    "https://a.example/x",
    "https://a.example/",
    "https://a.example.",
    "https://A.example",
    "https://u@a.example",
    "https://u:p@a.example/",
    "https://a b.example",
    "https://a.example, https://b.example",
    "https://ü.example",
    "https://a.*.example",
    "https://a!.example",
    "https://1.2.3",
    "https://*.1.2.3.4",
    "https://[::0001]",
    "https://a.example:0",
    "https://a.example:99999",
    "https://a.example:*8",
    "wss://a.example",
    "htps://a.example",
    "1x://a.example",
    "a.example",
    "\"https://a.example\"",
    "tauri://*.localhost",
    "javascript:x",
    "chrome-extension://*",
];

/// Everything there is, with placeholders.
pub(crate) fn all() -> Result<Vec<String>, Box<dyn Error>> {
    let mut policies: Vec<String> = OWN.iter().map(|policy| (*policy).to_owned()).collect();
    for pattern in PATTERNS {
        let pattern = Value::from(*pattern);
        policies.push(format!("allow_origins = [{pattern}, \"https://example.com\"]"));
        policies.push(format!("allow_origin = {{ fixed = {pattern} }}"));
    }
    let long = "a".repeat(64);
    policies.push(format!(
        "allow_origins = [\"https://{long}.example\"]\n{long}{long}{long}{long} = 1"
    ));
    let host = vec!["a".repeat(60); 5].join(".");
    policies
        .push(format!("allow_origins = [\"https://{host}\", \"https://{host}.{host}.{host}\"]"));
    let scheme = "a".repeat(80);
    policies.push(format!("allow_origins = [\"{scheme}://{}\"]", &host[..253]));
    policies.push("allow_origin = { fixd = \"https://example.com\" }".into());
    policies.push("[allow_origin]\nfixd = \"https://example.com\"\nfixed = 5\n".into());
    for folder in ["accepted", "refused"] {
        policies.extend(corpus(folder)?);
    }
    Ok(policies)
}

/// The files of the crate's own tests, as far as TOML can say what they say.
fn corpus(folder: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/files").join(folder);
    let mut policies = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let text = fs::read_to_string(&file)?;
        let extension = file.extension().and_then(|extension| extension.to_str());
        policies.extend(match extension {
            Some("toml") => Some(text),
            Some("json") => toml(&serde_json::from_str(&text)?),
            // Keys that are no texts and tagged values are for YAML alone.
            Some("yaml") => serde_yaml_ng::from_str(&text).ok().as_ref().and_then(toml),
            _ => None,
        });
    }
    Ok(policies)
}

fn toml(value: &Value) -> Option<String> {
    let entries = value.as_object()?.iter().filter(|(_, value)| !value.is_null());
    Some(
        entries
            .map(|(key, value)| format!("{} = {}\n", Value::from(key.as_str()), literal(value)))
            .collect(),
    )
}

fn literal(value: &Value) -> String {
    match value {
        Value::Array(elements) => {
            let elements = elements.iter().filter(|element| !element.is_null());
            format!("[{}]", elements.map(literal).collect::<Vec<_>>().join(", "))
        }
        Value::Object(entries) => {
            let entries = entries.iter().filter(|(_, value)| !value.is_null());
            let entries = entries
                .map(|(key, value)| format!("{} = {}", Value::from(key.as_str()), literal(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
