//! From a remark to texts without it.

use serde::Serialize;
use toml_edit::Value;
use tower_cors::Missing;

use crate::{
    edits::{add, remove, remove_element, remove_setting, rename, replace, replace_element, set},
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
    fn new(label: impl Into<String>, policy: String) -> Self {
        Self { label: label.into(), policy }
    }

    pub(crate) fn policy(&self) -> &str {
        &self.policy
    }
}

/// Ways to do without a remark, the likeliest first.
pub(crate) fn fixes(
    source: &Source<'_>,
    about: &About,
    place: Option<&Place<'_>>,
    places: &Places,
) -> Vec<Fix> {
    let Some(place) = place else {
        return whole_policy_fixes(source, about, places);
    };
    let mending = Mending { source, about, place };
    let mut fixes = mending.corrections(places);
    let takes_other_settings = about.code.starts_with("enforced-") || about.code == "no-origin";
    if !takes_other_settings {
        fixes.extend(mending.leave_out());
    }
    fixes.extend(settings_to_change(source, about, places));
    fixes
}

/// What would let a refused request through.
pub(crate) fn allow(text: &str, missing: &Missing) -> Option<Fix> {
    add_to(text, missing.setting(), missing.values())
}

/// Adds names, methods or origins to what a policy allows.
pub(crate) fn add_to(text: &str, setting: &str, values: &[String]) -> Option<Fix> {
    let source = Source::parse(text).ok()?;
    let quoted: Vec<_> = values.iter().map(|value| format!("\"{value}\"")).collect();
    let label = format!("add {} to {setting}", quoted.join(", "));
    Some(Fix::new(label, add(&source, setting, values)))
}

fn whole_policy_fixes(source: &Source<'_>, about: &About, places: &Places) -> Vec<Fix> {
    match about.code {
        "no-origin" => vec![list_app(source, places)],
        _ => Vec::new(),
    }
}

/// What is changed elsewhere in the policy, since the remark is about two settings.
fn settings_to_change(source: &Source<'_>, about: &About, places: &Places) -> Vec<Fix> {
    let without =
        |setting: &str| Fix::new(format!("leave out {setting}"), remove_setting(source, setting));
    match about.code {
        "credential-header-for-any-origin" | "no-origin" => vec![list_app(source, places)],
        "enforced-any-origin" | "enforced-mirrored-origin" => {
            vec![list_app(source, places), without_enforcement(source, about)]
        }
        code if code.ends_with("-with-credentials") => vec![without("allow_credentials")],
        _ => Vec::new(),
    }
}

fn list_app(source: &Source<'_>, places: &Places) -> Fix {
    let label = format!("allow \"{}\" alone", places.app);
    Fix::new(label, set(source, "allow_origins", &Value::from_iter([places.app.as_str()])))
}

/// The preset enforces, too.
fn without_enforcement(source: &Source<'_>, about: &About) -> Fix {
    let without = remove_setting(source, "enforce_origins");
    let has_mcp = source
        .entries_of("mcp")
        .any(|(_, item)| item.as_bool() == Some(true) || item.as_str() == Some("true"));
    match (Source::parse(&without), has_mcp) {
        (Ok(rest), true) if about.setting == "mcp" => {
            Fix::new("leave out mcp", remove_setting(&rest, "mcp"))
        }
        (Ok(rest), true) => {
            Fix::new("leave out enforce_origins and mcp", remove_setting(&rest, "mcp"))
        }
        _ => Fix::new("leave out enforce_origins", without),
    }
}

/// A remark that has a place in the policy.
struct Mending<'a> {
    source: &'a Source<'a>,
    about: &'a About,
    place: &'a Place<'a>,
}

impl Mending<'_> {
    fn corrections(&self, places: &Places) -> Vec<Fix> {
        let text = self.place.text().unwrap_or_default();
        match self.about.code {
            "any-origin-with-credentials" | "mirrored-origin-with-credentials" => {
                vec![list_app(self.source, places)]
            }
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
            "invalid-header-name" if !text.contains(',') && !text.trim().is_empty() => {
                self.write_text(&text.split_whitespace().collect::<Vec<_>>().join("-"))
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
            "unknown-key" => self.rename().into_iter().collect(),
            "wrong-type" => {
                boolean(self.about.setting, &text).map_or_else(Vec::new, |is| self.write(is))
            }
            _ => {
                self.about.suggestion.as_deref().map_or_else(Vec::new, |text| self.write_text(text))
            }
        }
    }

    fn leave_out(&self) -> Option<Fix> {
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
        let range = self.place.item.span();
        let policy = range.map(|range| replace(self.source, range, &value));
        policy.map(|policy| Fix::new(label, policy)).into_iter().collect()
    }

    /// In the place of a list.
    fn write_alone(&self, word: &str) -> Vec<Fix> {
        let mut fixes = self.write(word);
        fixes.iter_mut().for_each(|fix| fix.label.push_str(" alone"));
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
        let parts = text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty());
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
        let is_free = self.source.entries_of(name).next().is_none();
        let policy = rename(self.source, self.place.key, name).filter(|_| is_free)?;
        Some(Fix::new(format!("write {name}"), policy))
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

/// What may be meant by a text that is no duration, such as `10 m` or `10M`.
fn duration(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<String>().to_ascii_lowercase();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let unit = ["d", "h", "m", "s"].into_iter().find(|known| unit.starts_with(known))?;
    (!number.is_empty() && number.len() < 7).then(|| format!("{number}{unit}"))
}
