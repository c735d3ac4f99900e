use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::key::{Case, Key};
use crate::layer::CorsLayer;

/// Describes the files that [`CorsLayer`] reads. A file that it refuses is wrong; one that it
/// accepts may still have what only [`build`](CorsLayer::build) finds.
impl JsonSchema for CorsLayer {
    fn schema_name() -> Cow<'static, str> {
        "CorsLayer".into()
    }

    fn schema_id() -> Cow<'static, str> {
        concat!(module_path!(), "::CorsLayer").into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Map::new();
        schema.insert("title".into(), "CORS".into());
        schema.insert(
            "description".into(),
            "Which pages of other origins may call this server.".into(),
        );
        schema.insert("type".into(), "object".into());
        schema.insert("properties".into(), properties());
        schema.insert("patternProperties".into(), other_spellings());
        schema.insert("additionalProperties".into(), false.into());
        schema.insert("not".into(), json!({ "anyOf": repetitions() }));
        schema.into()
    }
}

fn properties() -> Value {
    let property = |key: Key| {
        let mut schema = value_schema(key);
        schema["description"] = key.description().into();
        (key.name().to_owned(), schema)
    };
    known().map(property).collect::<Map<_, _>>().into()
}

/// Editors complete what is in `properties`, so only the names of the setters are there.
fn other_spellings() -> Value {
    let spellings = |key: Key| {
        let others = spellings(key).filter(|spelling| spelling != key.name());
        let pattern = format!("^({})$", others.collect::<Vec<_>>().join("|"));
        (pattern, value_schema(key))
    };
    known().map(spellings).collect::<Map<_, _>>().into()
}

/// Every pair of spellings that would set the same twice.
fn repetitions() -> Vec<Value> {
    let all: Vec<_> =
        known().flat_map(|key| spellings(key).map(move |text| (key.setting(), text))).collect();
    let mut pairs = Vec::new();
    for (index, (setting, text)) in all.iter().enumerate() {
        let others = all[index + 1..].iter().filter(|(other, _)| other == setting);
        pairs.extend(others.map(|(_, other)| json!({ "required": [text, other] })));
    }
    pairs
}

fn known() -> impl Iterator<Item = Key> {
    Key::ALL.into_iter().filter(|key| cfg!(feature = "tracing") || *key != Key::TraceOrigins)
}

fn spellings(key: Key) -> impl Iterator<Item = String> {
    let mut spellings = Case::ALL.map(|case| case.spell(key.name())).to_vec();
    spellings.sort();
    spellings.dedup();
    spellings.into_iter()
}

fn value_schema(key: Key) -> Value {
    match key {
        Key::AllowCredentials | Key::TraceOrigins => boolean(),
        Key::AllowHeaders => json!({ "anyOf": [any(), mirror_request(), names(HEADER)] }),
        Key::AllowMethods => json!({ "anyOf": [any(), mirror_request(), names(METHOD)] }),
        Key::AllowOrigin | Key::AllowOrigins => {
            json!({ "anyOf": [any(), mirror_request(), names(ORIGIN), fixed()] })
        }
        Key::DangerouslyAllowOrigins => {
            json!({ "type": "array", "items": { "type": "string", "pattern": format!("^({ORIGIN}|null)$") } })
        }
        Key::EnforceOrigins => {
            json!({ "anyOf": [boolean(), word("same_origin"), word("listed_only")] })
        }
        Key::ExposeHeaders => json!({ "anyOf": [any(), names(HEADER)] }),
        Key::MaxAge => json!({ "anyOf": [
            { "type": "integer", "minimum": 0, "maximum": u64::MAX },
            { "type": "string", "pattern": MAX_AGE },
        ] }),
        Key::PreflightStatus => json!({ "anyOf": [
            { "type": "integer", "minimum": 200, "maximum": 299 },
            { "type": "string", "pattern": "^2[0-9]{2}$" },
        ] }),
        Key::Vary => names(TOKEN),
    }
}

/// Variables of the environment are texts.
fn boolean() -> Value {
    json!({ "enum": [true, false, "true", "false"] })
}

fn any() -> Value {
    json!({ "anyOf": [{ "const": ["*"] }, { "type": "string", "pattern": r"^\s*\*\s*$" }] })
}

/// One text, among parts of which white space means nothing.
fn mirror_request() -> Value {
    json!({ "type": "string", "pattern": format!(r"^\s*({})\s*$", spelled("mirror_request")) })
}

fn word(name: &str) -> Value {
    json!({ "type": "string", "pattern": format!("^({})$", spelled(name)) })
}

fn spelled(name: &str) -> String {
    Case::ALL.map(|case| case.spell(name)).join("|")
}

fn fixed() -> Value {
    json!({
        "type": "object",
        "properties": { "fixed": { "type": "string", "pattern": format!("^{LITERAL_ORIGIN}$") } },
        "required": ["fixed"],
        "additionalProperties": false,
    })
}

/// An array of names, or a text that stands for one.
fn names(name: &str) -> Value {
    json!({ "anyOf": [
        { "type": "array", "items": { "type": "string", "pattern": format!("^({name})$") } },
        { "type": "string", "pattern": format!("^\\s*({name})(\\s*,\\s*({name}))*\\s*$") },
    ] })
}

const TOKEN: &str = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+";
/// A token, but for those that stand for others when they are alone.
const METHOD: &str = r"(?!(\*|mirror_request|mirror-request|mirrorRequest|MIRROR_REQUEST)(\s*,|\s*$))[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const HEADER: &str = METHOD;
/// Which host and port are canonical is more than an expression can tell.
const ORIGIN: &str = r"[a-z][a-z0-9+.-]*://(\*\.)?([a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*|\[[0-9a-f:.]+\])(:([1-9][0-9]{0,4}|\*))?";
const LITERAL_ORIGIN: &str = r"[a-z][a-z0-9+.-]*://([a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?";
const MAX_AGE: &str = r"^([0-9]+|(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$";
