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
    /// What to write instead.
    pub(crate) fn corrections(&self, places: &Places) -> Vec<Fix> {
        let text = self.place.text().unwrap_or_default();
        match self.about.code {
            "any-port-loopback-with-credentials" => {
                let port = places.app.rsplit(':').next().unwrap_or_default();
                self.write_text(&text.replace(":*", &format!(":{port}")))
            }
            "duration-too-long" => self.write("2h"),
            "empty-element" if text.trim().is_empty() && self.place.part == Part::Whole => {
                self.write(Value::from_iter::<[&str; 0]>([]))
            }
            "invalid-duration" => {
                duration(&text).map_or_else(Vec::new, |seconds| self.write(seconds))
            }
            "invalid-header-name" if !text.contains(',') => {
                header_name(&text).map_or_else(Vec::new, |name| self.write_text(&name))
            }
            "invalid-header-name" | "invalid-method" | "origin-list" => self.split(&text),
            "lower-case-method" => self.write_text(&text.to_ascii_uppercase()),
            "max-age-over-chromium-cap" | "max-age-over-firefox-cap" => self.write(7200),
            "misplaced-keyword" if self.about.setting != "expose_headers" => {
                self.write_alone("mirror_request")
            }
            "misplaced-keyword" => self.write_alone("*"),
            "not-in-a-file" if self.about.setting == "permissive" => vec![self.spell_out()],
            "origin-any" if self.about.setting == "dangerously_allow_origins" => Vec::new(),
            "origin-any"
            | "wildcard-exposed-header"
            | "wildcard-method"
            | "wildcard-request-header" => self.write_alone("*"),
            "origin-wildcard-in-literal" | "dangerous-beside-fixed" => Vec::new(),
            "preflight-status" => [self.write(204), self.write(200)].concat(),
            "unknown-key" if self.place.part == Part::Stray => {
                self.fixed_alone().map_or_else(Vec::new, |table| self.write(table))
            }
            "unknown-key" => self.rename().or_else(|| self.lift()).into_iter().collect(),
            "wrong-type" => {
                boolean(self.about.setting, &text).map_or_else(Vec::new, |is| self.write(is))
            }
            _ => {
                self.about.suggestion.as_deref().map_or_else(Vec::new, |text| self.write_text(text))
            }
        }
    }

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

    fn write(&self, value: impl Into<Value>) -> Vec<Fix> {
        let value = value.into();
        let label = format!("write {}", value.to_string().trim());
        let policy = rewrite(self.source, self.place.key, self.place.item, &value);
        vec![Fix::new(label, policy)]
    }

    /// In the place of a list.
    fn write_alone(&self, word: &str) -> Vec<Fix> {
        let mut fixes = self.write(word);
        fixes.iter_mut().for_each(|fix| fix.label += " alone");
        fixes
    }

    /// In the place of one text.
    fn write_text(&self, text: &str) -> Vec<Fix> {
        let Self { source, place, .. } = self;
        let policy = match place.part {
            Part::Element(index) => replace_element(source, place.item, index, &[text.to_owned()]),
            _ => place.range().map(|range| replace(source, range, &text.into())),
        };
        policy.map(|policy| Fix::new(format!("write \"{text}\""), policy)).into_iter().collect()
    }

    /// Makes one element of each part of a text.
    fn split(&self, text: &str) -> Vec<Fix> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<_> = parts.map(Into::into).collect();
        let Part::Element(index) = self.place.part else {
            return Vec::new();
        };
        if parts.len() < 2 {
            return Vec::new();
        }
        let policy = replace_element(self.source, self.place.item, index, &parts);
        policy
            .map(|policy| Fix::new("write each as a text of its own", policy))
            .into_iter()
            .collect()
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
