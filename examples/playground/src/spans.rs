//! Where in the text a remark belongs.

use std::{iter, ops::Range};

use serde::{Deserialize, de::value};
use toml_edit::{Document, Item, Key, TomlError, Value, de};
use tower_cors::CorsLayer;

/// Longer keys are shown cut.
const LONGEST_KEY: usize = 200;
/// What these are about is that the key is there.
const ABOUT_KEYS: [&str; 5] =
    ["dangerous-config", "duplicate-setting", "missing-feature", "not-in-a-file", "unknown-key"];

/// A policy's text, taken apart.
#[derive(Debug)]
pub(crate) struct Source<'t> {
    pub(crate) text: &'t str,
    document: Document<&'t str>,
}

/// What a remark says.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) code: &'static str,
    pub(crate) setting: &'static str,
    pub(crate) path: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) index: Option<usize>,
    pub(crate) suggestion: Option<String>,
    pub(crate) text: String,
}

/// A key of the policy, and the part of its value that a remark is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'s> {
    pub(crate) key: &'s Key,
    pub(crate) item: &'s Item,
    pub(crate) part: Part,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    /// One of a list's.
    Element(usize),
    /// The one origin of `{ fixed = "…" }`.
    Fixed,
    Key,
    /// A key beside `fixed`, or in its place.
    Stray,
    Whole,
}

impl<'t> Source<'t> {
    pub(crate) fn parse(text: &'t str) -> Result<Self, TomlError> {
        Ok(Self { text, document: Document::parse(text)? })
    }

    pub(crate) fn layer(&self) -> CorsLayer {
        let deserializer = de::Deserializer::from(self.document.clone());
        CorsLayer::deserialize(deserializer).expect("all of TOML is a map")
    }

    /// The keys of the policy, in their order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Key, &Item)> {
        let table = self.document.as_table();
        table.iter().filter_map(|(name, _)| table.get_key_value(name))
    }

    /// The keys that are a spelling of a setting.
    pub(crate) fn entries_of<'s>(
        &'s self,
        setting: &str,
    ) -> impl Iterator<Item = (&'s Key, &'s Item)> {
        let spellings = spellings(setting);
        self.entries()
            .filter(move |(key, _)| spellings.iter().any(|spelling| spelling == key.get()))
    }

    pub(crate) fn place(&self, about: &About) -> Option<Place<'_>> {
        let path = about.path.as_deref()?;
        self.entries().find_map(|(key, item)| {
            let rest = path.strip_prefix(&step(key.get()))?;
            let part = match rest {
                ".fixed" => Part::Fixed,
                _ if rest.starts_with('.') => Part::Stray,
                _ if ABOUT_KEYS.contains(&about.code) => Part::Key,
                "" => element_of(item, about).map_or(Part::Whole, Part::Element),
                rest => {
                    let index = rest.strip_prefix('[')?.strip_suffix(']')?;
                    Part::Element(index.parse().ok()?)
                }
            };
            let is_found = rest.is_empty() || rest.starts_with(['.', '[']);
            is_found.then_some(Place { key, item, part })
        })
    }
}

impl Place<'_> {
    /// Where its part stands in the text.
    pub(crate) fn range(&self) -> Option<Range<usize>> {
        let part = match self.part {
            Part::Element(index) => element_range(self.item, index),
            Part::Fixed => self.item.get("fixed").and_then(Item::span),
            Part::Key => None,
            Part::Stray | Part::Whole => self.item.span(),
        };
        part.or_else(|| self.key.span())
    }

    /// The texts of a list, if it is one: those of an array, or the parts of one text.
    pub(crate) fn elements(&self) -> Vec<Option<String>> {
        elements(self.item)
    }

    /// The text that the remark is about, uncut.
    pub(crate) fn text(&self) -> Option<String> {
        match self.part {
            Part::Element(index) => self.elements().into_iter().nth(index)?,
            Part::Fixed => Some(self.item.get("fixed")?.as_str()?.to_owned()),
            Part::Key => Some(self.key.get().to_owned()),
            Part::Stray | Part::Whole => Some(self.item.as_str()?.to_owned()),
        }
    }
}

/// How files may spell a setting. Two keys are one setting.
fn spellings(setting: &str) -> Vec<String> {
    let names = match setting {
        "allow_origin" | "allow_origins" => vec!["allow_origin", "allow_origins"],
        other => vec![other],
    };
    let spell =
        |name: &str| [name.into(), name.replace('_', "-"), name.to_ascii_uppercase(), camel(name)];
    names.into_iter().flat_map(spell).collect()
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| camel + &word[..1].to_ascii_uppercase() + &word[1..])
}

fn elements(item: &Item) -> Vec<Option<String>> {
    match item.as_value() {
        Some(Value::Array(array)) => {
            array.iter().map(|element| element.as_str().map(Into::into)).collect()
        }
        Some(Value::String(text)) => {
            text.value().split(',').map(|part| Some(part.trim().to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

/// Warnings do not count, so what they are about is looked for.
fn element_of(item: &Item, about: &About) -> Option<usize> {
    if !matches!(item.as_value(), Some(Value::Array(_) | Value::String(_))) {
        return None;
    }
    let is_list = about.setting.starts_with("allow_") && about.setting != "allow_credentials"
        || ["dangerously_allow_origins", "expose_headers", "vary"].contains(&about.setting);
    let wanted = about.value.as_deref().filter(|_| is_list)?;
    about.index.filter(|_| item.is_str()).or_else(|| {
        let is_wanted = |text: &Option<String>| {
            text.as_deref().is_some_and(|text| text.eq_ignore_ascii_case(wanted))
        };
        elements(item).iter().rposition(is_wanted)
    })
}

fn element_range(item: &Item, index: usize) -> Option<Range<usize>> {
    match item.as_value()? {
        Value::Array(array) => array.get(index)?.span(),
        Value::String(text) => {
            let span = item.span()?;
            // With escapes the parts of the text are elsewhere.
            let is_plain = span.len() == text.value().len() + 2;
            let before: usize =
                text.value().split(',').take(index).map(|part| part.len() + 1).sum();
            let part = text.value().split(',').nth(index)?;
            let from = span.start + 1 + before + (part.len() - part.trim_start().len());
            Some(if is_plain { from..from + part.trim().len() } else { span })
        }
        _ => None,
    }
}

/// A key as paths have it. Those that need quotes are no settings, and the crate is asked for what
/// it shows of them.
fn step(key: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.len() <= LONGEST_KEY && key.chars().all(is_bare) {
        return key.to_owned();
    }
    let alone = value::MapDeserializer::<_, value::Error>::new(iter::once((key, true)));
    let layer = CorsLayer::deserialize(alone).expect("it is a map");
    let error = layer.build().expect_err("there is no such setting");
    error.problems()[0].path().unwrap_or_default().to_owned()
}
