//! Tries every mutant of the crate: all of them are compiled into one program, each behind a
//! switch, and the tests that reach a mutant are run with it switched on.
//!
//! `cargo run --release -p tower-cors-mutants`; with a part of a file's or function's name behind
//! `--`, only those. It needs `cargo-mutants`, which lists them.

mod compile;
mod list;
mod pool;
mod report;
mod rewrite;
mod site;
mod suite;
mod tree;
mod trial;

use std::{env, fs, process::ExitCode};

use crate::pool::Failure;

fn main() -> Result<ExitCode, Failure> {
    let wanted = env::args().nth(1).unwrap_or_default();
    fs::create_dir_all(tree::home("tree"))?;
    let mutants = list::list()?;
    println!("{} mutants", mutants.len());
    let tree = tree::Tree::copy(&mutants)?;
    let refused = compile::probe(&tree, &mutants)?;
    let tests = suite::baseline()?;
    let tried: Vec<_> = mutants
        .iter()
        .enumerate()
        .filter(|(number, mutant)| !refused.has(*number) && mutant.key().contains(&wanted))
        .collect();
    println!("{} tests, {} mutants to try", tests.len(), tried.len());
    let outcomes = trial::run(&tried, &tests)?;
    let is_right = report::print(&mutants, &refused, &tried, &outcomes)?;
    Ok(if is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
