//! What a configuration file said, as far as no setter has replaced it since: where each setting
//! stands in it, and what could not be read.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use super::{Problem, Settings, Warning, remark::Remark};

#[derive(Clone, Debug, Default)]
pub(crate) struct File {
    pub(crate) accepts_danger: bool,
    pub(crate) is_read: bool,
    entries: Vec<Entry>,
    /// The place of the first key of each setting: there may be far more keys than settings.
    first: BTreeMap<&'static str, usize>,
    /// The settings that setters have replaced since.
    replaced: Vec<&'static str>,
}

/// One key of a file.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The setting, unless there is none of this name. `allow_origins` counts as `allow_origin`.
    pub(crate) setting: Option<&'static str>,
    /// The key as the file spells it.
    pub(crate) key: String,
    pub(crate) form: Form,
    /// What could not be read.
    pub(crate) problems: Vec<Problem>,
    /// Settings with what the key says, where another key has set the same setting before.
    pub(crate) repeated: Option<Box<Settings>>,
}

/// How the value of a key is written.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// An array, and the places in it of what could be read, unless that is all up to some place.
    Array { places: Vec<usize> },
    /// `{ fixed = "…" }`
    Fixed,
    /// One text that stands for an array.
    Text { places: Vec<usize> },
    /// One value, and its text.
    Value(String),
}

impl File {
    pub(crate) fn push(&mut self, entry: Entry) {
        if let Some(setting) = entry.setting {
            self.first.entry(setting).or_insert(self.entries.len());
        }
        self.entries.push(entry);
    }

    /// The first key of a setting.
    pub(crate) fn first(&self, setting: &'static str) -> Option<&Entry> {
        Some(&self.entries[*self.first.get(setting)?])
    }

    /// A setter has replaced what the file said.
    pub(crate) fn forget(&mut self, setting: &'static str) {
        self.first.clear();
        let entries = mem::take(&mut self.entries).into_iter();
        entries.filter(|entry| entry.setting != Some(setting)).for_each(|entry| self.push(entry));
        if self.is_read {
            self.replaced.push(setting);
        }
    }

    /// The key to write a setting at, unless it is the program's to say.
    pub(crate) fn key(&self, setting: &'static str) -> Option<&str> {
        let slot = slot(setting);
        match self.first(slot) {
            Some(entry) => Some(&entry.key),
            None => (self.is_read && !self.replaced.contains(&slot)).then_some(setting),
        }
    }

    /// The keys that repeat a setting, with what they say of it, one of each spelling: each check
    /// takes as long as the file.
    fn repetitions(&self) -> impl Iterator<Item = (usize, &Entry, (&'static str, &Settings))> {
        let mut seen = BTreeSet::new();
        let repeated = self.entries.iter().enumerate().filter_map(|(place, entry)| {
            Some((place, entry, (entry.setting?, entry.repeated.as_deref()?)))
        });
        repeated.filter(move |(_, entry, _)| seen.insert(&entry.key))
    }

    /// The entry that a remark is about, and its place in the file.
    fn entry_of(&self, remark: &Remark) -> Option<(usize, &Entry)> {
        let place = *self.first.get(slot(remark.setting))?;
        Some((place, &self.entries[place]))
    }
}

impl Entry {
    /// Tells a remark about the value in the words of the file.
    fn locate(&self, remark: &mut Remark) {
        let key = &self.key;
        if let Form::Array { places } | Form::Text { places } = &self.form {
            remark.index = remark.index.map(|index| places.get(index).copied().unwrap_or(index));
        }
        remark.path = Some(match (&self.form, remark.index) {
            (Form::Array { .. }, Some(index)) => format!("{key}[{index}]"),
            (Form::Fixed, _) => format!("{key}.fixed"),
            _ => key.clone(),
        });
        if let (Form::Value(text), Some(value)) = (&self.form, &mut remark.value) {
            value.clone_from(text);
        }
    }
}

/// Every problem of the settings and of the file that they come from: what stands in the file in
/// its order, then the rest.
pub(crate) fn problems(
    settings: &Settings,
    check: impl Fn(&Settings) -> Vec<Problem>,
) -> Vec<Problem> {
    let file = &settings.file;
    let mut problems = Vec::new();
    for (place, entry) in file.entries.iter().enumerate() {
        problems.extend(entry.problems.iter().map(|problem| (place, problem.clone())));
        problems.extend(unaccepted_danger(settings, entry).map(|problem| (place, problem)));
    }
    for mut problem in check(settings) {
        let found = file.entry_of(&problem.0);
        let place = found.map_or(usize::MAX, |(place, entry)| {
            entry.locate(&mut problem.0);
            place
        });
        problems.push((place, problem));
    }
    for (place, entry, repeated) in file.repetitions() {
        let found = repeated_problems(settings, entry, repeated, &check);
        problems.extend(found.into_iter().map(|problem| (place, problem)));
    }
    // What is not from the file has its order already.
    problems.sort_by_key(|(place, problem)| {
        (*place, problem.index().filter(|_| problem.path().is_some()))
    });
    problems.into_iter().map(|(_, problem)| problem).collect()
}

/// The warnings, told in the words of the file where they are about it.
pub(crate) fn warnings(settings: &Settings, mut warnings: Vec<Warning>) -> Vec<Warning> {
    for warning in &mut warnings {
        if let Some((_, entry)) = settings.file.entry_of(&warning.0) {
            entry.locate(&mut warning.0);
        }
    }
    warnings
}

fn unaccepted_danger(settings: &Settings, entry: &Entry) -> Option<Problem> {
    let said = entry.repeated.as_deref().unwrap_or(settings);
    let is_dangerous = entry.setting == Some("dangerously_allow_origins")
        && !said.dangerous_origins.is_empty()
        && !settings.file.accepts_danger;
    is_dangerous.then(|| Problem::dangerous_config(&entry.key))
}

/// The problems of a value that counts only if the setting's other one is taken away.
fn repeated_problems(
    settings: &Settings,
    entry: &Entry,
    (setting, repeated): (&'static str, &Settings),
    check: impl Fn(&Settings) -> Vec<Problem>,
) -> Vec<Problem> {
    let mut settings = settings.clone();
    settings.take(setting, repeated);
    let mut found = check(&settings);
    found.retain(|problem| slot(problem.setting()) == setting);
    found.iter_mut().for_each(|problem| entry.locate(&mut problem.0));
    found
}

/// The setting that a setter or a key writes: two share one.
fn slot(setting: &'static str) -> &'static str {
    if setting == "allow_origins" { "allow_origin" } else { setting }
}

impl Settings {
    /// Takes one setting from others.
    pub(crate) fn take(&mut self, setting: &'static str, from: &Self) {
        match setting {
            "allow_credentials" => self.allow_credentials = from.allow_credentials.clone(),
            "allow_headers" => self.allow_headers = from.allow_headers.clone(),
            "allow_methods" => self.allow_methods = from.allow_methods.clone(),
            "allow_origin" => self.allow_origin = from.allow_origin.clone(),
            "dangerously_allow_origins" => {
                self.dangerous_origins.clone_from(&from.dangerous_origins);
            }
            "enforce_origins" => self.enforce_origins = from.enforce_origins,
            "expose_headers" => self.expose_headers = from.expose_headers.clone(),
            "max_age" => self.max_age = from.max_age.clone(),
            "preflight_status" => self.preflight_status = from.preflight_status,
            #[cfg(feature = "tracing")]
            "trace_origins" => self.hides_origins = from.hides_origins,
            "vary" => self.vary.clone_from(&from.vary),
            preset => {
                self.presets.retain(|own| own.name() != preset);
                self.presets.extend(from.presets.iter().filter(|other| other.name() == preset));
            }
        }
    }
}
