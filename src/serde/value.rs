use http::StatusCode;

use super::{
    duration::{self, Fault},
    key::{Key, is_spelling_of},
    raw::Raw,
};
use crate::config::{Enforce, MaxAge, Preset, Problem, Settings, file::Form};

/// Reads the value of one key.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) key: Key,
    pub(super) path: &'a str,
    pub(super) form: Form,
    /// What the value says of the key's setting.
    pub(super) said: Settings,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(key: Key, path: &'a str) -> Self {
        Self {
            key,
            path,
            form: Form::Text { places: Vec::new() },
            said: Settings::default(),
            problems: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, value: Raw) {
        match self.key {
            Key::AllowCredentials => {
                let allow = self.boolean(&value);
                self.said.allow_credentials = allow.unwrap_or_default().into();
            }
            Key::Connect => self.preset(&value, Preset::Connect),
            Key::GrpcWeb => self.preset(&value, Preset::GrpcWeb),
            Key::Mcp => self.preset(&value, Preset::Mcp),
            Key::EnforceOrigins => self.enforce(&value),
            Key::MaxAge => self.max_age(&value),
            Key::PreflightStatus => self.preflight_status(&value),
            Key::TraceOrigins => self.trace_origins(&value),
            Key::AllowHeaders
            | Key::AllowMethods
            | Key::AllowOrigin
            | Key::AllowOrigins
            | Key::DangerouslyAllowOrigins
            | Key::ExposeHeaders
            | Key::Vary => self.read_list(value),
        }
    }

    /// Variables of the environment are texts.
    fn boolean(&mut self, value: &Raw) -> Option<bool> {
        let boolean = as_boolean(value);
        self.form = Form::Value(value.shown().unwrap_or_default());
        if boolean.is_none() {
            self.wrong_type(value, "write true or false");
        }
        boolean
    }

    fn preset(&mut self, value: &Raw, preset: Preset) {
        if self.boolean(value) == Some(true) {
            self.said.presets.insert(preset);
        }
    }

    fn enforce(&mut self, value: &Raw) {
        let is = |name| matches!(value, Raw::Text(text) if is_spelling_of(text, name));
        self.form = Form::Value(value.shown().unwrap_or_default());
        match as_boolean(value) {
            Some(enforce) => self.said.enforce_origins = Some(enforce.into()),
            None if is("same_origin") => self.said.enforce_origins = Some(Enforce::SameOrigin),
            None if is("listed_only") => self.said.enforce_origins = Some(Enforce::ListedOnly),
            None => self.wrong_type(value, "write true, false, \"same_origin\" or \"listed_only\""),
        }
    }

    fn max_age(&mut self, value: &Raw) {
        let shown = value.shown().unwrap_or_default();
        match duration::read(value) {
            Ok(max_age) => self.said.max_age = MaxAge::exact(max_age),
            Err(Fault::Form) => self.problems.push(Problem::invalid_duration(self.path, &shown)),
            Err(Fault::Overflow) => {
                self.problems.push(Problem::endless_duration(self.path, &shown));
            }
            Err(Fault::Type) => {
                let instead = "write a number of seconds, such as 600, or a text such as \"10m\"";
                self.wrong_type(value, instead);
            }
        }
        self.form = Form::Value(shown);
    }

    fn preflight_status(&mut self, value: &Raw) {
        let number = match value {
            Raw::Text(text) => text.parse().ok(),
            value => value.integer(),
        };
        self.form = Form::Value(value.shown().unwrap_or_default());
        match number.map(|number| u16::try_from(number).map(StatusCode::from_u16)) {
            Some(Ok(Ok(status))) => self.said.preflight_status = Some(status),
            Some(_) => {
                let shown = value.shown().unwrap_or_default();
                self.problems.push(Problem::unread_status(self.path, shown));
            }
            None => self.wrong_type(value, "write a whole number, such as 200"),
        }
    }

    #[cfg(feature = "tracing")]
    fn trace_origins(&mut self, value: &Raw) {
        self.said.hides_origins = self.boolean(value) == Some(false);
    }

    #[cfg(not(feature = "tracing"))]
    fn trace_origins(&mut self, value: &Raw) {
        if self.boolean(value).is_some() {
            self.problems.push(Problem::missing_feature(self.path, self.key.name(), "tracing"));
        }
    }

    pub(super) fn wrong_type(&mut self, value: &Raw, instead: &str) {
        let (setting, kind) = (self.key.name(), value.kind());
        self.problems.push(Problem::wrong_type(self.path, setting, value.shown(), kind, instead));
    }
}

fn as_boolean(value: &Raw) -> Option<bool> {
    match value {
        Raw::Boolean(value) => Some(*value),
        Raw::Text(text) => text.parse().ok(),
        _ => None,
    }
}
