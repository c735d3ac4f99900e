use std::collections::BTreeSet;

use ::serde::ser::{Serialize, SerializeMap, Serializer};
use http::{HeaderName, Method, StatusCode, header};

use super::key::Key;
use crate::{
    config::{
        Age, AllowOrigin, Credentials, Enforce, Exposed, GivenOrigins, Headers, Methods, Settings,
    },
    origin::{OriginList, OriginSet},
    policy::whole_seconds,
};

/// What a file says for a setting.
#[derive(Debug)]
pub(super) enum Value {
    Boolean(bool),
    Fixed(String),
    List(BTreeSet<String>),
    Number(u64),
    Word(&'static str),
}

const ANY: Value = Value::Word("*");
const MIRROR_REQUEST: Value = Value::Word("mirror_request");

/// What is not the default, in the order of the keys; or else what no file can say, each with its
/// setting.
pub(super) fn normal_form(settings: &Settings) -> Result<Vec<(Key, Value)>, Vec<String>> {
    let unwritable = unwritable(settings);
    if !unwritable.is_empty() {
        return Err(unwritable);
    }
    let (origins, dangerous) = origins(settings);
    let credentials = matches!(settings.allow_credentials.0, Credentials::Always);
    let entries = [
        (Key::AllowCredentials, credentials.then_some(Value::Boolean(true))),
        (Key::AllowHeaders, allowed_headers(&settings.allow_headers.0)),
        (Key::AllowMethods, methods(&settings.allow_methods.0)),
        (Key::AllowOrigin, fixed(&settings.allow_origin)),
        (Key::AllowOrigins, origins),
        (Key::DangerouslyAllowOrigins, dangerous),
        (Key::EnforceOrigins, enforce(settings.enforce_origins)),
        (Key::ExposeHeaders, exposed_headers(&settings.expose_headers.0)),
        (Key::MaxAge, max_age(&settings.max_age.0)),
        (Key::PreflightStatus, preflight_status(settings.preflight_status)),
        (Key::TraceOrigins, trace_origins(settings)),
        (Key::Vary, vary(settings)),
    ];
    let said = |(key, value): (Key, Option<Value>)| Some((key, value?));
    Ok(entries.into_iter().filter_map(said).collect())
}

fn unwritable(settings: &Settings) -> Vec<String> {
    let allow = &settings.allow_origin;
    // Any origin absorbs the rest.
    let is_asked = !allow.is_any && !allow.is_mirror;
    let found = [
        (settings.is_very_permissive, "very_permissive: it has no form in a file"),
        (
            is_asked && !allow.predicates.is_empty(),
            "allow_origin: a predicate has no form in a file",
        ),
        (
            is_asked && !allow.async_predicates.is_empty(),
            "allow_origin: an async predicate has no form in a file",
        ),
        (
            matches!(settings.allow_credentials.0, Credentials::Asked(_)),
            "allow_credentials: a predicate has no form in a file",
        ),
        (
            matches!(settings.max_age.0, Age::Dynamic(_)),
            "max_age: MaxAge::dynamic has no form in a file",
        ),
    ];
    found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, text)| text.into()).collect()
}

fn fixed(allow: &AllowOrigin) -> Option<Value> {
    let origin = allow.fixed.first()?;
    Some(Value::Fixed(String::from_utf8_lossy(origin.as_bytes()).into_owned()))
}

/// The origins that are allowed as such, and those that are allowed although dangerous.
fn origins(settings: &Settings) -> (Option<Value>, Option<Value>) {
    let allow = &settings.allow_origin;
    let texts = |lists: &[GivenOrigins]| -> BTreeSet<String> {
        lists.iter().flat_map(|given| given.list.iter()).map(str::to_owned).collect()
    };
    let (mut origins, mut dangerous) = (texts(&allow.lists), texts(&settings.dangerous_origins));
    dangerous.retain(|origin| !origins.contains(origin));
    let lists: Vec<OriginList> = vec![origins.iter().collect(), dangerous.iter().collect()];
    for (list, covered, _) in OriginSet::from_lists(lists).redundant() {
        if list == 0 {
            origins.remove(covered)
        } else {
            dangerous.remove(covered)
        };
    }
    let origins = if allow.is_any {
        Some(ANY)
    } else if allow.is_mirror {
        Some(MIRROR_REQUEST)
    } else {
        list(origins)
    };
    (origins, list(dangerous))
}

fn allowed_headers(headers: &Headers) -> Option<Value> {
    match headers {
        Headers::Any => Some(ANY),
        Headers::List(names) => list(names.iter().map(HeaderName::to_string).collect()),
        Headers::Requested => Some(MIRROR_REQUEST),
    }
}

fn methods(methods: &Methods) -> Option<Value> {
    match methods {
        Methods::Any => Some(ANY),
        Methods::List(methods) => list(methods.iter().map(Method::to_string).collect()),
        Methods::Requested => Some(MIRROR_REQUEST),
    }
}

fn exposed_headers(headers: &Exposed) -> Option<Value> {
    match headers {
        Exposed::Any => Some(ANY),
        Exposed::List(names) => list(names.iter().map(HeaderName::to_string).collect()),
    }
}

fn enforce(enforce: Enforce) -> Option<Value> {
    match enforce {
        Enforce::ListedOnly => Some(Value::Word("listed_only")),
        Enforce::Off => None,
        Enforce::SameOrigin => Some(Value::Word("same_origin")),
    }
}

fn max_age(max_age: &Age) -> Option<Value> {
    match max_age {
        Age::Absent | Age::Dynamic(_) => None,
        Age::Exact(duration) => Some(Value::Number(whole_seconds(*duration))),
    }
}

fn preflight_status(status: Option<StatusCode>) -> Option<Value> {
    let status = status.filter(|status| *status != StatusCode::NO_CONTENT)?;
    Some(Value::Number(status.as_u16().into()))
}

#[cfg(feature = "tracing")]
fn trace_origins(settings: &Settings) -> Option<Value> {
    settings.hides_origins.then_some(Value::Boolean(false))
}

#[cfg(not(feature = "tracing"))]
fn trace_origins(_settings: &Settings) -> Option<Value> {
    None
}

/// The names beyond those that the policy depends on by itself.
fn vary(settings: &Settings) -> Option<Value> {
    let allow = &settings.allow_origin;
    let is_enforced = settings.enforce_origins != Enforce::Off;
    let is_static = allow.is_any || (!allow.fixed.is_empty() && !is_enforced);
    let is_known = |name: &&HeaderName| match name.as_str() {
        "sec-fetch-site" => is_enforced,
        name => name == header::ORIGIN && !is_static,
    };
    list(settings.vary.iter().filter(|name| !is_known(name)).map(HeaderName::to_string).collect())
}

fn list(texts: BTreeSet<String>) -> Option<Value> {
    (!texts.is_empty()).then_some(Value::List(texts))
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Fixed(origin) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("fixed", origin)?;
                map.end()
            }
            Self::List(texts) => serializer.collect_seq(texts),
            Self::Number(value) => serializer.serialize_u64(*value),
            Self::Word(word) => serializer.serialize_str(word),
        }
    }
}
