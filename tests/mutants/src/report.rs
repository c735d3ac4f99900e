//! What came of all mutants, beside what is known to be equivalent.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::{Failure, list::Mutant, trial::Outcome};

const EQUIVALENT: &str = "tests/mutants/equivalent.tsv";

pub(crate) struct Report {
    equivalent: BTreeMap<String, String>,
    caught: usize,
    known: usize,
    unviable: usize,
    missed: Vec<String>,
    /// What is wrong with the list of those that are equivalent.
    wrong: Vec<String>,
}

impl Report {
    pub(crate) fn new(mutants: &[Mutant]) -> Result<Self, Failure> {
        let equivalent = equivalent()?;
        let keys: BTreeSet<_> = mutants.iter().map(Mutant::key).collect();
        let stale = equivalent.keys().filter(|key| !keys.contains(*key));
        let wrong =
            stale.map(|key| format!("listed as equivalent, but no mutant: {key}")).collect();
        Ok(Self { equivalent, caught: 0, known: 0, unviable: 0, missed: Vec::new(), wrong })
    }

    pub(crate) fn lists(&self, mutant: &Mutant) -> bool {
        self.equivalent.contains_key(&mutant.key())
    }

    /// Takes in how many the compiler refuses.
    pub(crate) fn count_unviable(&mut self, number: usize) {
        self.unviable += number;
    }

    /// Takes in what came of some mutants.
    pub(crate) fn add(&mut self, tried: &[(usize, &Mutant)], outcomes: Vec<Outcome>) {
        for ((_, mutant), outcome) in tried.iter().zip(outcomes) {
            match (outcome, self.lists(mutant)) {
                (Outcome::Caught, false) => self.caught += 1,
                (Outcome::Caught | Outcome::Unviable, true) => {
                    let word = outcome.word();
                    self.wrong.push(format!("listed as equivalent, but {word}: {mutant}"));
                }
                (Outcome::Unviable, false) => self.unviable += 1,
                (_, true) => self.known += 1,
                (Outcome::Missed, false) => self.missed.push(mutant.to_string()),
                (Outcome::NotReached, false) => {
                    self.missed.push(format!("{mutant} (not reached)"));
                }
            }
        }
    }

    /// Prints the summary, and what is wrong; whether nothing is.
    pub(crate) fn print(&self) -> bool {
        let Self { caught, known, unviable, missed, wrong, .. } = self;
        for line in wrong {
            println!("{line}");
        }
        for mutant in missed {
            println!("missed: {mutant}");
        }
        println!(
            "{caught} caught, {unviable} unviable, {known} equivalent, {} missed",
            missed.len()
        );
        wrong.is_empty() && missed.is_empty()
    }
}

/// The reasons, by the key of the mutant.
fn equivalent() -> Result<BTreeMap<String, String>, Failure> {
    let text = fs::read_to_string(EQUIVALENT)?;
    let rows = text.lines().skip(1).map(|line| {
        let (key, reason) = line.rsplit_once('\t').filter(|(_, reason)| !reason.is_empty())?;
        Some((key.to_owned(), reason.to_owned()))
    });
    rows.collect::<Option<_>>().ok_or_else(|| format!("{EQUIVALENT}: a row has no reason").into())
}
