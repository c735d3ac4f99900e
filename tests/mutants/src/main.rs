//! Tries every mutant of the crate: all of them are compiled into one program, each behind a
//! switch, and the tests that reach a mutant are run with it switched on. The few that cannot be
//! switched are compiled one by one.
//!
//! `cargo run --release -p tower-cors-mutants`; with a part of a file's or function's name behind
//! `--`, only those. It needs `cargo-mutants`, which lists them.

mod alone;
mod compile;
mod list;
mod pool;
mod refused;
mod report;
mod rewrite;
mod site;
mod suite;
mod tree;
mod trial;

use std::{collections::BTreeSet, env, error::Error, process::ExitCode};

use crate::{alone::Commands, list::Mutant, report::Report, tree::Tree};

/// Whatever ends the program early.
type Failure = Box<dyn Error + Send + Sync>;

/// With all features first; what those leave out is tried with fewer.
const FEATURES: [&[&str]; 3] = [
    &["--all-features"],
    &["--no-default-features"],
    &["--no-default-features", "--features", "serde,testing"],
];

fn main() -> Result<ExitCode, Failure> {
    let wanted = env::args().nth(1).unwrap_or_default();
    let mutants = list::list()?;
    println!("{} mutants", mutants.len());
    let mut report = Report::new(&mutants)?;
    let select = |numbers: &BTreeSet<usize>| -> Vec<(usize, &Mutant)> {
        let numbered = numbers.iter().map(|number| (*number, &mutants[*number]));
        numbered.filter(|(_, mutant)| mutant.key().contains(&wanted)).collect()
    };
    let mut left: BTreeSet<usize> = (0..mutants.len()).collect();
    for (number, features) in FEATURES.into_iter().enumerate() {
        let tree = Tree::copy(&number.to_string(), features, &mutants)?;
        let refused = compile::probe(&tree, &mutants, &left)?;
        report.count_unviable(refused.unviable.len());
        let tests = suite::baseline(&tree)?;
        left.retain(|number| !refused.has(*number));
        let tried = select(&left);
        println!("{}: {} tests, {} mutants", features.join(" "), tests.len(), tried.len());
        report.add(&tried, trial::run(&tried, &tests, |mutant| report.lists(mutant))?);
        let alone = select(&refused.alone);
        if !alone.is_empty() {
            let tree = Tree::copy(&format!("{number}.alone"), features, &mutants)?;
            report.add(&alone, alone::run(&tree, &alone, Commands::of(&tree, &tests)?)?);
        }
        left = refused.absent;
        if select(&left).is_empty() {
            break;
        }
    }
    let modelled = select(&left);
    if !modelled.is_empty() {
        let tree = Tree::copy("interleavings", &[], &mutants)?;
        report.add(&modelled, alone::run(&tree, &modelled, Commands::of_interleavings(&tree)?)?);
    }
    Ok(if report.print() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
