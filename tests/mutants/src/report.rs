//! What came of all mutants, beside what is known to be equivalent.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::{Failure, list::Mutant, refused::Refused, trial::Outcome};

const EQUIVALENT: &str = "tests/mutants/equivalent.tsv";

pub(crate) struct Report<'a> {
    mutants: &'a [Mutant],
    equivalent: BTreeMap<String, String>,
    caught: usize,
    known: usize,
    unviable: usize,
    alone: BTreeSet<usize>,
    missed: Vec<String>,
    /// What is wrong with the list of those that are equivalent.
    wrong: Vec<String>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(mutants: &'a [Mutant]) -> Result<Self, Failure> {
        let equivalent = equivalent()?;
        let keys: BTreeSet<_> = mutants.iter().map(Mutant::key).collect();
        let stale = equivalent.keys().filter(|key| !keys.contains(*key));
        let wrong =
            stale.map(|key| format!("listed as equivalent, but no mutant: {key}")).collect();
        Ok(Self {
            mutants,
            equivalent,
            caught: 0,
            known: 0,
            unviable: 0,
            alone: BTreeSet::new(),
            missed: Vec::new(),
            wrong,
        })
    }

    pub(crate) fn lists(&self, mutant: &Mutant) -> bool {
        self.equivalent.contains_key(&mutant.key())
    }

    /// Takes in what came of some mutants, and what the compiler said of others.
    pub(crate) fn add(
        &mut self,
        tried: &[(usize, &Mutant)],
        outcomes: Vec<Outcome>,
        refused: &Refused,
    ) {
        self.unviable += refused.unviable.len();
        self.alone.extend(&refused.alone);
        for ((_, mutant), outcome) in tried.iter().zip(outcomes) {
            match (outcome, self.lists(mutant)) {
                (Outcome::Caught, false) => self.caught += 1,
                (Outcome::Caught, true) => {
                    self.wrong.push(format!("listed as equivalent, but caught: {mutant}"));
                }
                (_, true) => self.known += 1,
                (Outcome::Missed, false) => self.missed.push(mutant.to_string()),
                (Outcome::NotReached, false) => {
                    self.missed.push(format!("{mutant} (not reached)"));
                }
            }
        }
    }

    /// Prints the summary, and what is wrong; whether nothing is.
    pub(crate) fn print(&self, left: &BTreeSet<usize>) -> bool {
        let Self { caught, known, unviable, alone, missed, wrong, .. } = self;
        for line in wrong {
            println!("{line}");
        }
        for mutant in missed {
            println!("missed: {mutant}");
        }
        if !alone.is_empty() {
            let names = alone.iter().map(|mutant| pattern(&self.mutants[*mutant].name));
            println!(
                "not to be switched:\ncargo mutants -p tower-cors --all-features{} -- --tests",
                names.collect::<String>()
            );
        }
        for mutant in left {
            println!("not compiled with these features: {}", self.mutants[*mutant]);
        }
        println!(
            "{caught} caught, {unviable} unviable, {known} equivalent, {} missed; {} not \
             to be switched, {} not compiled with these features",
            missed.len(),
            alone.len(),
            left.len(),
        );
        wrong.is_empty() && missed.is_empty()
    }
}

/// An option of cargo-mutants that selects the mutant of this name.
fn pattern(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/:_ ".contains(c);
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '.' }).collect();
    format!(" \\\n  --re '^{plain}$'")
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
