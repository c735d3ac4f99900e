//! What a CORS layer costs a real server: its CPU time for each request, and how many requests it
//! serves in a second, beside the same server without the layer.
//!
//! `cargo run --release -p tower-cors-benches --bin e2e` takes eleven minutes, prints a table and
//! writes `target/benches/e2e.json`; with `-- --quick` it takes two, to see that everything works.
//! The load is made by `wrk` and `h2load`.

mod comparison;
mod contender;
mod plan;
mod report;
mod serve;
mod server;
mod stack;
mod table;

use std::{env, io, process::ExitCode};

use crate::{
    comparison::Comparison, contender::Contender, plan::Plan, report::Report, stack::Stack,
};

const ORIGINS: [usize; 3] = [1, 10, 1_000];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match &arguments[..] {
        [flag, stack, contender, origins] if flag == "--serve" => {
            serve_named(stack, contender, origins)
        }
        _ => Plan::parse(&arguments).and_then(|plan| measure(&plan)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What the servers run, each in a process of its own.
fn serve_named(stack: &str, contender: &str, origins: &str) -> io::Result<()> {
    let stack = Stack::ALL.into_iter().find(|known| known.name() == stack);
    let contender = Contender::ALL.into_iter().find(|known| known.name() == contender);
    match (stack, contender, origins.parse()) {
        (Some(stack), Some(contender), Ok(origins)) => serve::serve(stack, contender, origins),
        _ => Err(io::Error::other("no such stack, contender or number of origins")),
    }
}

fn measure(plan: &Plan) -> io::Result<()> {
    for stack in plan.stacks() {
        stack.generator().require()?;
    }
    table::print_head(plan);
    let mut rows = Vec::new();
    for stack in plan.stacks() {
        for origins in ORIGINS {
            let compared = Comparison { stack, origins }.run(plan)?;
            table::print(&compared);
            rows.extend(compared);
        }
    }
    let path = Report::new(plan, rows)?.write()?;
    println!("\nAlso in {}", path.display());
    Ok(())
}
