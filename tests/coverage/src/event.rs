use std::{collections::BTreeMap, error::Error, fmt, fs};

use crate::workspace;

/// Relative to the workspace.
pub const LIST: &str = "tests/coverage/uncovered.tsv";

/// Something that happens while tests run, or does not.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Event {
    /// The file, relative to the workspace.
    pub file: String,
    /// The line, or the condition, as it is written there.
    pub text: String,
    /// What the line or the condition does.
    pub what: What,
}

/// What a line or a condition does.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum What {
    /// The condition is false.
    Fails,
    /// The condition is true.
    Holds,
    /// The line is reached.
    Runs,
}

impl What {
    fn as_str(self) -> &'static str {
        match self {
            Self::Fails => "fails",
            Self::Holds => "holds",
            Self::Runs => "runs",
        }
    }
}

/// As a row of the list, without the reason.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.file, self.text, self.what.as_str())
    }
}

/// Reads the list: what never happens, and why.
///
/// # Errors
///
/// If the list cannot be read, a row has not four columns, or two rows are of the same event.
pub fn listed() -> Result<BTreeMap<Event, String>, Box<dyn Error>> {
    let mut rows = BTreeMap::new();
    for row in fs::read_to_string(workspace().join(LIST))?.lines().skip(1) {
        let [file, text, what, why] = row.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not four columns: {row}").into());
        };
        let all = [What::Fails, What::Holds, What::Runs];
        let what = all.into_iter().find(|known| known.as_str() == what);
        let what = what.ok_or_else(|| format!("neither fails, holds nor runs: {row}"))?;
        let event = Event { file: file.to_owned(), text: text.to_owned(), what };
        if rows.insert(event, why.to_owned()).is_some() {
            return Err(format!("twice: {row}").into());
        }
    }
    Ok(rows)
}
