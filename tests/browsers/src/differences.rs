//! Where engines differ from the standard. Each entry says what is seen there instead, so that
//! one that holds no longer fails.

mod engines;
mod in_process;
mod redirects;

use crate::case::{Case, Seen};

pub use engines::engines;
pub use in_process::in_process;

/// One case that comes out otherwise in some engines.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// The name of the case.
    pub case: &'static str,
    /// The engines.
    pub engines: &'static [&'static str],
    /// What the script is told there, and what the server sees.
    pub seen: (&'static str, &'static [&'static str]),
    /// The reason.
    pub why: &'static str,
}

impl Difference {
    /// Whether a case would come out the same without it, given the differences that stand behind
    /// it; or there is no such case.
    #[must_use]
    pub fn is_void(&self, cases: &[Case], behind: &[Self]) -> bool {
        let is_same = |case: &Case| {
            self.engines.iter().any(|engine| expected(case, engine, behind) == self.seen())
        };
        let case = cases.iter().find(|case| case.name == self.case);
        case.is_none_or(is_same) || self.engines.is_empty()
    }

    fn seen(&self) -> Seen {
        let (told, requests) = self.seen;
        let requests = requests.iter().map(|line| (*line).to_owned());
        Seen { told: told.to_owned(), requests: requests.collect() }
    }
}

/// What has to be seen of a case in an engine: the first difference counts, else the table.
#[must_use]
pub fn expected(case: &Case, engine: &str, differences: &[Difference]) -> Seen {
    let is_about = |difference: &&Difference| {
        difference.case == case.name && difference.engines.contains(&engine)
    };
    let difference = differences.iter().find(is_about);
    difference.map_or_else(|| case.expected.clone(), Difference::seen)
}
