//! Compares what `cargo llvm-cov --json` has written with `uncovered.tsv`.

use std::{env, error::Error, fs, process::ExitCode};

use tower_cors_coverage::{Report, listed, workspace};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let export = env::args().nth(1).ok_or("usage: tower-cors-coverage EXPORT.json")?;
    let report = Report::read(&fs::read_to_string(export)?, workspace())?;
    println!("{report}");
    let complaints = report.complaints(&listed()?);
    for complaint in &complaints {
        println!("{complaint}");
    }
    Ok(if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
