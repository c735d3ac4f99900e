//! What was seen, against what has to be seen.

use std::fmt;

use crate::{
    case::{Case, Seen},
    differences::{Difference, expected},
};

/// A case that came out otherwise than table and differences say.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure {
    /// The name of the case.
    pub case: String,
    /// What had to be seen.
    pub expected: Seen,
    /// What was seen.
    pub seen: Seen,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { case, expected, seen } = self;
        writeln!(f, "{case}")?;
        writeln!(f, "  expected {}: {:?}", expected.told, expected.requests)?;
        write!(f, "  seen     {}: {:?}", seen.told, seen.requests)
    }
}

/// Compares each case with what was seen of it. `who` is an engine, by its name in the differences.
///
/// # Panics
///
/// If not every case was seen.
#[must_use]
pub fn judge(cases: &[Case], seen: &[Seen], who: &str, differences: &[Difference]) -> Vec<Failure> {
    assert_eq!(cases.len(), seen.len(), "{who}: cases and what was seen of them");
    let judged =
        cases.iter().zip(seen).map(|(case, seen)| (case, expected(case, who, differences), seen));
    let failed = judged.filter(|(_, expected, seen)| expected != *seen);
    let failed = failed.map(|(case, expected, seen)| Failure {
        case: case.name.clone(),
        expected,
        seen: seen.clone(),
    });
    failed.collect()
}

/// All failures, readable.
#[must_use]
pub fn report(failures: &[Failure]) -> String {
    failures.iter().map(|failure| format!("\n{failure}")).collect()
}
