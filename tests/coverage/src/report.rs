use std::{collections::BTreeMap, error::Error, fmt, fs, path::Path};

use serde_json::Value;

use crate::{
    event::{Event, LIST, What},
    export,
};

/// In percent.
const BRANCHES: usize = 98;

/// What the tests reach of `src/`.
#[derive(Debug)]
pub struct Report {
    measured: Vec<Measured>,
}

#[derive(Debug)]
struct Measured {
    event: Event,
    line: usize,
    count: u64,
}

impl Report {
    /// Reads an export of LLVM's, as `cargo llvm-cov --json` writes it, of a package in this folder.
    ///
    /// # Errors
    ///
    /// If it is not one, says nothing of `src/`, or names a file that cannot be read.
    pub fn read(export: &str, package: &Path) -> Result<Self, Box<dyn Error>> {
        let package = package.canonicalize()?;
        let export: Value = serde_json::from_str(export)?;
        let mut measured = Vec::new();
        for file in export["data"][0]["files"].as_array().ok_or("no files are exported")? {
            let path = Path::new(file["filename"].as_str().ok_or("a file has no name")?);
            let name = path.strip_prefix(&package).unwrap_or(path);
            if name.starts_with("src") {
                let source =
                    Source { name: name.display().to_string(), text: fs::read_to_string(path)? };
                measured.extend(
                    source.measured(file).ok_or_else(|| format!("{} is misread", source.name))?,
                );
            }
        }
        if measured.is_empty() {
            return Err("nothing of src/ is exported".into());
        }
        Ok(Self { measured })
    }

    /// Tells what is wrong: what never happens and is not listed, what happens and is, and too few
    /// branches.
    #[must_use]
    pub fn complaints(&self, listed: &BTreeMap<Event, String>) -> Vec<String> {
        let never = || self.measured.iter().filter(|measured| measured.count == 0);
        let unlisted = never().filter(|measured| !listed.contains_key(&measured.event));
        let mut complaints: Vec<_> = unlisted
            .map(|Measured { event, line, .. }| format!("line {line}, not in {LIST}: {event}"))
            .collect();
        let happen = listed.keys().filter(|event| !never().any(|never| never.event == **event));
        complaints.extend(happen.map(|event| format!("covered, and yet in {LIST}: {event}")));
        let (covered, of) = self.share(|what| what != What::Runs);
        if covered * 100 < of * BRANCHES {
            complaints.push(format!("under {BRANCHES} % of branches"));
        }
        complaints
    }

    /// How many of these are covered, and how many there are.
    fn share(&self, is_one: impl Fn(What) -> bool) -> (usize, usize) {
        let these = || self.measured.iter().filter(|measured| is_one(measured.event.what));
        (these().filter(|measured| measured.count > 0).count(), these().count())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lines, all_lines) = self.share(|what| what == What::Runs);
        let (branches, all_branches) = self.share(|what| what != What::Runs);
        write!(f, "covered: {lines} of {all_lines} lines, {branches} of {all_branches} branches")
    }
}

struct Source {
    name: String,
    text: String,
}

impl Source {
    /// `None` if the export is not of the form that is known.
    fn measured(&self, file: &Value) -> Option<Vec<Measured>> {
        let tested = self.text.split("#[cfg(test)]\nmod ").next()?;
        let source: Vec<&str> = tested.lines().collect();
        let measure = |line, text: &str, what, count| {
            let event = Event { file: self.name.clone(), text: text.to_owned(), what };
            Measured { event, line, count }
        };
        let mut measured = Vec::new();
        for (line, count) in export::lines(file)? {
            if let Some(text) = source.get(line - 1) {
                measured.push(measure(line, text.trim(), What::Runs, count));
            }
        }
        for condition in export::conditions(file)? {
            if let Some(text) = source.get(condition.line - 1) {
                let text = text.get(condition.columns).unwrap_or(text).trim();
                measured.push(measure(condition.line, text, What::Holds, condition.held));
                measured.push(measure(condition.line, text, What::Fails, condition.failed));
            }
        }
        Some(measured)
    }
}
