//! How many instructions the layer takes for a request, over the inner service, beside a floor that
//! is written by hand for one policy, and beside other middleware.
//!
//! Callgrind counts, so that the numbers of one build agree from run to run. The profile is cargo's
//! own: what is counted is what a plain `cargo build --release` ships. `--check` counts only those
//! whom the bars are about, and fails where one is crossed; `--record` writes down today's ratios;
//! `--profile 'preflight, 3 headers'` shows where a scenario's instructions go.

mod bars;
mod callgrind;
mod profile;
mod round;
mod table;

use std::{env, io, process::ExitCode};

use tower_cors_benches::{Scenario, Service, results, scenarios};

use crate::{round::Field, table::Table};

fn main() -> ExitCode {
    if round::serve_if_asked() {
        return ExitCode::SUCCESS;
    }
    if !callgrind::is_installed() {
        eprintln!("instructions are counted by valgrind, which is not installed");
        eprintln!("on Debian: apt-get install valgrind");
        return ExitCode::FAILURE;
    }
    match run() {
        Ok(crossed) if crossed.is_empty() => ExitCode::SUCCESS,
        Ok(crossed) => {
            for bar in crossed {
                eprintln!("{bar}");
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("counting failed: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the bars that are crossed.
fn run() -> io::Result<Vec<String>> {
    let is_given = |name: &str| env::args().any(|argument| argument == name);
    if is_given("--profile") {
        let is_named = |scenario: &Scenario| is_given(scenario.name);
        let scenario = scenarios().into_iter().find(is_named);
        let scenario = scenario.ok_or_else(|| io::Error::other("no scenario has that name"))?;
        return profile::print(&scenario).map(|()| Vec::new());
    }
    let (field, file) = match (cfg!(feature = "tracing"), is_given("--check")) {
        (true, _) => (Field::Ours, "tracing.json"),
        (false, true) => (Field::Bars, "checked.json"),
        (false, false) => (Field::All, "instructions.json"),
    };
    let table = Table(callgrind::count_all(field)?);
    for service in Service::ALL {
        table.print(service);
    }
    println!("Callgrind's files, for callgrind_annotate: {}", callgrind::directory().display());
    results::leave(file, &table.results(results::today()?))?;
    if is_given("--record") {
        bars::record(&table)?;
    }
    match (field, is_given("--check")) {
        (Field::Ours, is_check) => bars::crossed_by_tracing(
            &table,
            if is_check { "checked.json" } else { "instructions.json" },
        ),
        _ => bars::crossed(&table),
    }
}
