//! What a configuration file said, as far as no setter has replaced it since: where each setting
//! stands in it, and what could not be read.

use super::{Problem, Settings, Warning, remark::Remark};

#[derive(Clone, Debug, Default)]
pub(crate) struct File {
    pub(crate) entries: Vec<Entry>,
    pub(crate) accepts_danger: bool,
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
    /// An array, and the indices of those elements that could not be read.
    Array { unread: Vec<usize> },
    /// `{ fixed = "…" }`
    Fixed,
    /// One text that stands for a list, and those of its parts that could not be read.
    Text { unread: Vec<usize> },
    /// One value, and its text.
    Value(String),
}

impl File {
    /// A setter has replaced what the file said.
    pub(crate) fn forget(&mut self, setting: &'static str) {
        self.entries.retain(|entry| entry.setting != Some(setting));
    }

    /// The entry that a remark is about, and its place in the file.
    fn entry_of(&self, remark: &Remark) -> Option<(usize, &Entry)> {
        let setting = match remark.setting {
            "allow_origins" => "allow_origin",
            setting => setting,
        };
        self.entries.iter().enumerate().find(|(_, entry)| entry.setting == Some(setting))
    }
}

impl Entry {
    /// Tells a remark about the value in the words of the file.
    fn locate(&self, remark: &mut Remark) {
        let key = &self.key;
        if let Form::Array { unread } | Form::Text { unread } = &self.form {
            remark.index = remark.index.map(|index| index_in_file(index, unread));
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

/// The index in the file of what is `index` among those that could be read.
fn index_in_file(index: usize, unread: &[usize]) -> usize {
    unread.iter().fold(index, |index, unread| index + usize::from(*unread <= index))
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
    for (place, entry) in file.entries.iter().enumerate() {
        problems.extend(repeated_problems(settings, entry, &check).map(|problem| (place, problem)));
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
    let is_dangerous = entry.setting == Some("dangerously_allow_origins")
        && !settings.dangerous_origins.is_empty();
    (is_dangerous && !settings.file.accepts_danger).then(|| Problem::dangerous_config(&entry.key))
}

/// The problems of a value that counts only if the setting's other one is taken away.
fn repeated_problems<'a>(
    settings: &Settings,
    entry: &'a Entry,
    check: impl Fn(&Settings) -> Vec<Problem>,
) -> impl Iterator<Item = Problem> + 'a {
    let found = entry.repeated.as_ref().map(|repeated| {
        let mut settings = settings.clone();
        entry.setting.into_iter().for_each(|setting| settings.take(setting, repeated));
        check(&settings)
    });
    let alone =
        File { entries: vec![Entry { repeated: None, ..entry.clone() }], ..File::default() };
    found.into_iter().flatten().filter_map(move |mut problem| {
        let (_, entry) = alone.entry_of(&problem.0)?;
        entry.locate(&mut problem.0);
        Some(problem)
    })
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
            _ => {}
        }
    }
}
