//! What to write in the place of what is wrong.

use axum::http::HeaderName;
use serde::Serialize;
use toml_edit::{InlineTable, Value};

use crate::{
    edits::{lift, remove, remove_element, rename, replace, replace_element, rewrite, set},
    places::Places,
    spans::{About, Part, Place, Source},
};

/// A way to mend a policy.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fix {
    label: String,
    policy: String,
}

impl Fix {
    pub(crate) fn new(label: impl Into<String>, policy: String) -> Self {
        Self { label: label.into(), policy }
    }

    pub(crate) fn policy(&self) -> &str {
        &self.policy
    }
}

/// A remark that has a place in the policy.
pub(crate) struct Mending<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) about: &'a About,
    pub(crate) place: &'a Place<'a>,
}

impl Mending<'_> {
    /// What to write instead, where that can be told.
    pub(crate) fn corrections(&self, places: &Places) -> Vec<Fix> {
        match self.about.code {
            "preflight-status" => vec![self.write(204), self.write(200)],
            _ => self.correction(places).into_iter().collect(),
        }
    }

    fn correction(&self, places: &Places) -> Option<Fix> {
        let text = self.place.text().unwrap_or_default();
        let is_about = |setting| self.about.setting == setting;
        match self.about.code {
            "any-port-loopback-with-credentials" => {
                let port = places.app.rsplit(':').next()?;
                self.write_text(&text.replace(":*", &format!(":{port}")))
            }
            "dangerous-beside-fixed" | "origin-wildcard-in-literal" => None,
            "duration-too-long" => Some(self.write("2h")),
            "empty-element" if text.trim().is_empty() && self.place.part == Part::Whole => {
                Some(self.write(Value::from_iter::<[&str; 0]>([])))
            }
            "invalid-duration" => Some(self.write(duration(&text)?)),
            "invalid-header-name" if !text.contains(',') => self.write_text(&header_name(&text)?),
            "invalid-header-name" | "invalid-method" | "origin-list" => self.split(&text),
            "lower-case-method" => self.write_text(&text.to_ascii_uppercase()),
            "max-age-over-chromium-cap" | "max-age-over-firefox-cap" => Some(self.write(7200)),
            "misplaced-keyword" if is_about("expose_headers") => Some(self.write_alone("*")),
            "misplaced-keyword" => Some(self.write_alone("mirror_request")),
            "not-in-a-file" if is_about("permissive") => Some(self.spell_out()),
            "origin-any" if is_about("dangerously_allow_origins") => None,
            "origin-any"
            | "wildcard-exposed-header"
            | "wildcard-method"
            | "wildcard-request-header" => Some(self.write_alone("*")),
            "unknown-key" if self.place.part == Part::Stray => {
                Some(self.write(self.fixed_alone()?))
            }
            "unknown-key" => self.rename().or_else(|| self.lift()),
            "wrong-type" => Some(self.write(boolean(self.about.setting, &text)?)),
            _ => self.write_text(self.about.suggestion.as_deref()?),
        }
    }

    /// Without what the remark is about.
    pub(crate) fn leave_out(&self) -> Option<Fix> {
        let Self { source, place, .. } = self;
        match place.part {
            Part::Element(index) => {
                let shown = match &self.about.value {
                    Some(value) if !value.is_empty() => format!("\"{value}\""),
                    _ => "it".into(),
                };
                let policy = remove_element(source, place.item, index)?;
                Some(Fix::new(format!("leave out {shown}"), policy))
            }
            _ => {
                let label = format!("leave out {}", place.key.get());
                Some(Fix::new(label, remove(source, place.key, place.item)))
            }
        }
    }

    fn write(&self, value: impl Into<Value>) -> Fix {
        let value = value.into();
        let policy = rewrite(self.source, self.place.key, self.place.item, &value);
        Fix::new(format!("write {}", value.to_string().trim()), policy)
    }

    /// In the place of a list.
    fn write_alone(&self, word: &str) -> Fix {
        let Fix { label, policy } = self.write(word);
        Fix::new(label + " alone", policy)
    }

    /// In the place of one text.
    fn write_text(&self, text: &str) -> Option<Fix> {
        let Self { source, place, .. } = self;
        let policy = match place.part {
            Part::Element(index) => replace_element(source, place.item, index, &[text.to_owned()]),
            _ => place.range().map(|range| replace(source, range, &text.into())),
        };
        Some(Fix::new(format!("write \"{text}\""), policy?))
    }

    /// Makes one element of each part of a text.
    fn split(&self, text: &str) -> Option<Fix> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<_> = parts.map(Into::into).collect();
        match self.place.part {
            Part::Element(index) if parts.len() > 1 => {
                let policy = replace_element(self.source, self.place.item, index, &parts)?;
                Some(Fix::new("write each as a text of its own", policy))
            }
            _ => None,
        }
    }

    fn rename(&self) -> Option<Fix> {
        let name = self.about.suggestion.as_deref()?;
        let is_free = self.source.entries().all(|(key, _)| key.get() != name);
        let policy = rename(self.source, self.place.key, name).filter(|_| is_free)?;
        Some(Fix::new(format!("write {name}"), policy))
    }

    /// Takes the settings out of a table, such as `[cors]`.
    fn lift(&self) -> Option<Fix> {
        let policy = lift(self.source, self.place.item.as_table()?)?;
        let error = Source::parse(&policy).ok()?.layer().build().err();
        let has_unknown = error.iter().flatten().any(|problem| problem.code() == "unknown-key");
        let label = format!("write what is in {} at the top level", self.place.key.get());
        (!has_unknown).then(|| Fix::new(label, policy))
    }

    /// The map of a fixed origin with what it has under any key.
    fn fixed_alone(&self) -> Option<InlineTable> {
        let table = self.place.item.as_table_like()?;
        let texts = || table.iter().filter_map(|(key, item)| Some((key, item.as_str()?)));
        let (_, origin) = texts().find(|(key, _)| *key == "fixed").or_else(|| texts().next())?;
        Some([("fixed", origin)].into_iter().collect())
    }

    /// What the preset of that name sets.
    fn spell_out(&self) -> Fix {
        let policy = remove(self.source, self.place.key, self.place.item);
        let settings = ["allow_headers", "allow_methods", "allow_origins", "expose_headers"];
        let policy = settings.into_iter().fold(policy, |policy, setting| {
            Source::parse(&policy)
                .map(|source| set(&source, setting, &"*".into()))
                .unwrap_or(policy)
        });
        Fix::new("write \"*\" for all four settings", policy)
    }
}

/// What may be meant by a text that is no boolean.
fn boolean(setting: &str, text: &str) -> Option<bool> {
    let is_boolean =
        ["allow_credentials", "connect", "enforce_origins", "grpc_web", "mcp", "trace_origins"];
    match text.trim().to_ascii_lowercase().as_str() {
        _ if !is_boolean.contains(&setting) => None,
        "no" | "off" | "false" => Some(false),
        "yes" | "on" | "true" => Some(true),
        _ => None,
    }
}

/// What may be meant by a text that is no name, such as `content type`.
fn header_name(text: &str) -> Option<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join("-");
    HeaderName::try_from(&name).ok().map(|_| name)
}

/// What may be meant by a text that is no duration, such as `10 m` or `10M`.
fn duration(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<String>().to_ascii_lowercase();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let unit = ["d", "h", "m", "s"].into_iter().find(|known| unit.starts_with(known))?;
    (!number.is_empty() && number.len() < 7).then(|| format!("{number}{unit}"))
}
