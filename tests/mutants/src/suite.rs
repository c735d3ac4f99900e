//! The tests, and which mutants each of them reaches.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::{
    Failure, compile, pool,
    tree::{self, Tree},
};

/// A mutated loop may allocate for ever: kibibytes of address space.
const MOST_MEMORY: &str = "4194304";
/// Tests that compile something take longer, and are left out.
const LONGEST: Duration = Duration::from_secs(20);

/// A test program, with all mutants in it.
pub(crate) struct Program {
    pub(crate) name: String,
    root: PathBuf,
    path: PathBuf,
}

/// A test that passes without a mutant.
pub(crate) struct Test {
    pub(crate) program: Arc<Program>,
    pub(crate) name: String,
    pub(crate) takes: Duration,
    pub(crate) reaches: Vec<usize>,
}

/// What is remembered of a test program.
#[derive(Default, Deserialize, Serialize)]
struct Baseline {
    made: u64,
    tests: BTreeMap<String, Run>,
}

#[derive(Deserialize, Serialize)]
struct Run {
    passes: bool,
    milliseconds: u64,
    reaches: Vec<usize>,
}

impl Program {
    /// Runs some tests, and tells whether all of them pass; their output goes to a file.
    pub(crate) fn passes(
        &self,
        tests: &[&str],
        limit: Duration,
        variable: (&str, &str),
        output: &Path,
    ) -> Result<bool, Failure> {
        let limits = "ulimit -v \"$1\"; shift; exec timeout -s KILL \"$@\"";
        let status = Command::new("sh")
            .args(["-c", limits, "sh", MOST_MEMORY, &limit.as_secs_f64().to_string()])
            .arg(&self.path)
            .args(["--exact"])
            .args(tests)
            .current_dir(&self.root)
            .envs(compile::environment()?)
            .env(variable.0, variable.1)
            .stdin(Stdio::null())
            .stdout(File::create(output)?)
            .stderr(Stdio::null())
            .status()?;
        Ok(status.success())
    }

    fn tests(&self) -> Result<Vec<String>, Failure> {
        let output = Command::new(&self.path)
            .args(["--list", "--format", "terse"])
            .current_dir(&self.root)
            .output()?;
        let listing = String::from_utf8(output.stdout)?;
        Ok(listing
            .lines()
            .filter_map(|line| Some(line.strip_suffix(": test")?.to_owned()))
            .collect())
    }

    fn made(&self) -> Result<u64, Failure> {
        let age = fs::metadata(&self.path)?.modified()?.duration_since(UNIX_EPOCH)?;
        Ok(age.as_nanos() as u64)
    }
}

/// Runs each test alone, unless its program is the one that is remembered.
pub(crate) fn baseline(tree: &Tree) -> Result<Vec<Test>, Failure> {
    fs::create_dir_all(tree.home("baseline"))?;
    let mut tests = Vec::new();
    for (name, path) in compile::tests(tree)? {
        let remembered = tree.home("baseline").join(format!("{name}.json"));
        let program = Arc::new(Program { name, root: tree.root()?, path });
        let old = fs::read(&remembered).unwrap_or_default();
        let mut baseline: Baseline = serde_json::from_slice(&old).unwrap_or_default();
        if baseline.made != program.made()? {
            baseline = Baseline { made: program.made()?, tests: run_each(&program)? };
            fs::write(&remembered, serde_json::to_vec(&baseline)?)?;
        }
        for (name, run) in baseline.tests {
            if run.passes {
                let takes = Duration::from_millis(run.milliseconds);
                let program = Arc::clone(&program);
                tests.push(Test { program, name, takes, reaches: run.reaches });
            } else {
                println!(
                    "left out, as it fails or is slow without a mutant: {} {name}",
                    program.name
                );
            }
        }
    }
    Ok(tests)
}

fn run_each(program: &Program) -> Result<BTreeMap<String, Run>, Failure> {
    let names = program.tests()?;
    let runs = pool::map(&names, |worker, name| {
        let reached = tree::home(&format!("reached.{worker}"));
        let reached = std::path::absolute(reached)?;
        fs::write(&reached, "")?;
        let variable = ("MUTANTS_REACHED", reached.to_str().expect("a path of the repository"));
        let start = Instant::now();
        let output = tree::home(&format!("output.{worker}"));
        let passes = program.passes(&[name], LONGEST, variable, &output)?;
        let milliseconds = start.elapsed().as_millis() as u64;
        let reached = fs::read(&reached)?;
        let numbers = reached.chunks_exact(4).filter_map(|bytes| bytes.try_into().ok());
        let reaches = numbers.map(|bytes| u32::from_ne_bytes(bytes) as usize).collect();
        Ok(Run { passes, milliseconds, reaches })
    })?;
    Ok(names.into_iter().zip(runs).collect())
}
