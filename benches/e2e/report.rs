use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Serialize;
use tower_cors_benches::live::Quartiles;

use crate::plan::Plan;

/// What is written for programs to read.
#[derive(Serialize)]
pub(crate) struct Report {
    date: String,
    rounds: u32,
    seconds: u32,
    rows: Vec<Row>,
}

/// One contender on one stack. The ratios are to the first contender in the same round.
#[derive(Serialize)]
pub(crate) struct Row {
    pub(crate) stack: &'static str,
    pub(crate) origins: usize,
    pub(crate) contender: &'static str,
    pub(crate) cpu_micros: Quartiles,
    pub(crate) per_second: Quartiles,
    pub(crate) cpu_ratio: Quartiles,
    pub(crate) throughput_ratio: Quartiles,
}

impl Report {
    pub(crate) fn new(plan: &Plan, rows: Vec<Row>) -> io::Result<Self> {
        let today = Command::new("date").args(["-u", "+%F"]).output()?;
        Ok(Self {
            date: String::from_utf8_lossy(&today.stdout).trim().to_owned(),
            rounds: plan.rounds.get(),
            seconds: plan.seconds.get(),
            rows,
        })
    }

    /// Writes the file and returns its path.
    pub(crate) fn write(&self) -> io::Result<PathBuf> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let workspace = package.parent().expect("the package is in the workspace's folder");
        let directory = workspace.join("target/benches");
        fs::create_dir_all(&directory)?;
        let path = directory.join("e2e.json");
        serde_json::to_writer_pretty(File::create(&path)?, self)?;
        Ok(path)
    }
}
