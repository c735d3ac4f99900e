//! A real server under everything at once: preflights and actual requests, allowed and not, and hostile ones,
//! over HTTP/1.1 and HTTP/2, while its policy is replaced each 100 ms.
//!
//! No answer may be wrong, and none a mixture of two policies; memory must stay flat. Then the server is
//! measured in turn with itself without the layer, and hostile requests with honest ones of the same size.
//! (`tests/hostile/instructions.rs` counts what hostile values cost.)
//! `cargo run --release -p tower-cors-benches --bin load` takes a minute; with `-- --seconds 600` it takes
//! twenty. The load is made by `wrk` and `h2load`.

mod answer;
mod case;
mod cases;
mod checker;
mod client;
mod contest;
mod contests;
mod memory;
mod plan;
mod policy;
mod reloads;
mod report;
mod serve;
mod soak;
mod subject;
mod traffic;

use std::{
    env,
    io::{Error, Result},
    process::ExitCode,
};

use tower_cors_benches::live::Generator;

use crate::{
    contests::{Loads, pairs},
    plan::{Plan, Ratios},
    subject::Subject,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match &arguments[..] {
        [flag, subject] if flag == "--serve" => match Subject::named(subject) {
            Some(subject) => serve::serve(subject),
            None => Err(Error::other("no such server")),
        },
        _ => Plan::parse(&arguments).and_then(|plan| test(&plan)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn test(plan: &Plan) -> Result<()> {
    Generator::Wrk.require()?;
    Generator::H2load.require()?;
    let (honest, hostile) = (cases::honest(), cases::hostile());
    println!(
        "{} honest requests, {} hostile ones; {} hostile values are left out, which HTTP does not carry \
         as they are or servers do not take",
        honest.len(),
        hostile.cases.len(),
        hostile.left_out
    );
    let everything = cases::in_turn(&honest, &hostile.cases);
    let soaked = soak::soak(plan.seconds, &everything)?;
    let faults = report::soaked(&soaked, plan.seconds);
    if !faults.is_empty() {
        return Err(Error::other(faults.join("\n")));
    }

    report::contests_head(plan.rounds);
    let (actual, longer) = (cases::actual(), cases::longer());
    let preflights = cases::preflights();
    let [method, names] = cases::refused_preflights();
    let pairs = pairs([&actual[0], &preflights[0]], [&method, &names], &hostile.cases);
    let loads = Loads::new([&everything, &actual, &longer, &preflights], &pairs)?;
    let mut beyond = Vec::new();
    for contest in loads.contests() {
        beyond.extend(report::contest(&contest, &contest.run(plan.rounds)?));
    }
    if beyond.is_empty() {
        return Ok(());
    }
    let beyond = format!("beyond the bar:\n{}", beyond.join("\n"));
    if plan.ratios == Ratios::Fail {
        return Err(Error::other(beyond));
    }
    println!("{beyond}");
    Ok(())
}
