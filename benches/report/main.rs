//! Turns what the benchmarks left in `target/benches` into `docs/performance.md` and its charts.
//!
//! `cargo run --release -p tower-cors-benches --bin report`. What has no results is left out, with
//! a warning. Another folder of results can be named, and after it another one to write to.

mod chart;
mod number;
mod page;
mod results;
mod sections;
mod table;

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{chart::Chart, results::Results};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = package.parent().expect("the package is in the workspace's folder");
    let mut folders = env::args_os().skip(1).map(PathBuf::from);
    let from = folders.next().unwrap_or_else(|| workspace.join("target/benches"));
    let to = folders.next().unwrap_or_else(|| workspace.join("docs"));

    let results = Results::read(&from)?;
    let charts = chart::draw(&results);
    for Chart { name, svg } in &charts {
        write(&to.join(name), svg)?;
    }
    write(&to.join("performance.md"), &page::write(&results, &charts))
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    println!("{}", path.display());
    Ok(())
}
