//! How many instructions the layer takes for a request, over the inner service, beside a floor that
//! is written by hand for one configuration and `tower_http::cors`.
//!
//! `cargo bench --bench instructions` counts with Valgrind's Callgrind and prints a table; with
//! `-- --check` it fails where this crate takes more than its bound. Unlike times, counts of one
//! build agree from run to run. The profile is cargo's own: what is counted is what a plain
//! `cargo build --release` ships.

#[path = "../exchange/mod.rs"]
mod exchange;

mod callgrind;
mod contender;
mod floor;
mod scenario;
mod table;

use std::{env, process::ExitCode};

use http::Response;
use tower_cors::Denial;

use crate::{
    contender::Contender,
    scenario::{SCENARIOS, Scenario},
};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [serve, scenario, contender] = &arguments[..] {
        if serve == "--serve" {
            return serve_counted(scenario, contender);
        }
    }
    let is_given = |name: &str| arguments.iter().any(|argument| argument == name);
    let is_check = is_given("--check");
    SCENARIOS.iter().for_each(assert_same_answers);
    // Without `--bench` it is `cargo test` that runs this.
    if is_given("--test") || !is_given("--bench") {
        println!("{} scenarios: the floor answers as this crate does", SCENARIOS.len());
        return ExitCode::SUCCESS;
    }
    if !callgrind::is_installed() {
        eprintln!("instructions are counted by valgrind, which is not installed");
        eprintln!("on Debian: apt-get install valgrind");
        return if is_check { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    }
    match table::print() {
        Ok(exceeded) if exceeded == 0 || !is_check => ExitCode::SUCCESS,
        Ok(exceeded) => {
            eprintln!("{exceeded} of {} bounds exceeded", SCENARIOS.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("counting failed: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What runs under Callgrind.
fn serve_counted(scenario: &str, contender: &str) -> ExitCode {
    let scenario = SCENARIOS.iter().find(|known| known.name == scenario);
    let contender = Contender::ALL.into_iter().find(|known| known.name() == contender);
    let (Some(scenario), Some(contender)) = (scenario, contender) else {
        eprintln!("no such scenario or contender");
        return ExitCode::FAILURE;
    };
    contender.serve(scenario, contender.requests(scenario));
    ExitCode::SUCCESS
}

/// A floor that answers otherwise would be no floor.
fn assert_same_answers(scenario: &Scenario) {
    let [_, floor, ours, _] = Contender::ALL.map(|contender| contender.serve(scenario, 1));
    assert_eq!(shown(&floor), shown(&ours), "{}", scenario.name);
}

fn shown(response: &Response<()>) -> (u16, Vec<String>, Option<Denial>) {
    let headers = response.headers().iter();
    let mut lines: Vec<_> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    lines.sort();
    (response.status().as_u16(), lines, response.extensions().get().copied())
}
