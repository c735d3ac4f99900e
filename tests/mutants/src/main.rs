//! Tries every mutant of the crate: all of them are compiled into one program, each behind a
//! switch, and the tests that reach a mutant are run with it switched on.
//!
//! `cargo run --release -p tower-cors-mutants`; with a part of a file's or function's name behind
//! `--`, only those. It needs `cargo-mutants`, which lists them.

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

use crate::{report::Report, tree::Tree};

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
    let is_wanted = |number: &usize| mutants[*number].key().contains(&wanted);
    let mut left: BTreeSet<usize> = (0..mutants.len()).collect();
    for (number, features) in FEATURES.into_iter().enumerate() {
        let tree = Tree::copy(number, features, &mutants)?;
        let refused = compile::probe(&tree, &mutants, &left)?;
        let tests = suite::baseline(&tree)?;
        let tried = left.iter().filter(|number| !refused.has(**number) && is_wanted(number));
        let tried: Vec<_> = tried.map(|number| (*number, &mutants[*number])).collect();
        println!("{}: {} tests, {} mutants", features.join(" "), tests.len(), tried.len());
        let outcomes = trial::run(&tried, &tests, |mutant| report.lists(mutant))?;
        report.add(&tried, outcomes, &refused);
        left = refused.absent;
        if !left.iter().any(is_wanted) {
            break;
        }
    }
    left.retain(is_wanted);
    Ok(if report.print(&left) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
