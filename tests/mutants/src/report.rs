//! What came of all mutants, beside what is known to be equivalent.

use std::{collections::BTreeMap, fs};

use crate::{compile::Refused, list::Mutant, pool::Failure, trial::Outcome};

const EQUIVALENT: &str = "tests/mutants/equivalent.tsv";

/// Prints the summary, and what is wrong; whether nothing is.
pub(crate) fn print(
    mutants: &[Mutant],
    refused: &Refused,
    tried: &[(usize, &Mutant)],
    outcomes: &[Outcome],
) -> Result<bool, Failure> {
    let mut equivalent = equivalent()?;
    let mut missed = Vec::new();
    let mut known = 0;
    let mut is_right = true;
    for ((_, mutant), outcome) in tried.iter().zip(outcomes) {
        match (outcome, equivalent.remove(&mutant.key()).is_some()) {
            (Outcome::Caught, false) => {}
            (Outcome::Caught, true) => {
                println!("listed as equivalent, but caught: {mutant}");
                is_right = false;
            }
            (_, true) => known += 1,
            (Outcome::Missed, false) => missed.push(mutant.to_string()),
            (Outcome::NotReached, false) => missed.push(format!("{mutant} (not reached)")),
        }
    }
    let keys: Vec<_> = mutants.iter().map(Mutant::key).collect();
    for stale in equivalent.keys().filter(|key| !keys.contains(key)) {
        println!("listed as equivalent, but no mutant: {stale}");
        is_right = false;
    }
    for mutant in &missed {
        println!("missed: {mutant}");
    }
    let caught = outcomes.iter().filter(|outcome| **outcome == Outcome::Caught).count();
    println!(
        "{caught} caught, {} unviable, {known} equivalent, {} missed; {} only without a feature, \
         {} to be tried one by one",
        refused.unviable.len(),
        missed.len(),
        refused.absent.len(),
        refused.alone.len(),
    );
    Ok(is_right && missed.is_empty())
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
