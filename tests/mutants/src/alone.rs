//! Mutants that cannot be switched, in constants say: each is compiled alone.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    process::{Command, Stdio},
};

use crate::{Failure, compile, list::Mutant, suite::Test, tree::Tree, trial::Outcome};

/// A test program that takes longer hangs, and so has noticed.
const LONGEST: &str = "900";

/// What tries a mutant: a command that fails unless it compiles, and others that fail if they
/// notice it.
pub(crate) struct Commands {
    check: Command,
    tests: Vec<Command>,
}

impl Commands {
    /// The tests that pass without a mutant, program by program, the largest first.
    pub(crate) fn of(tree: &Tree, tests: &[Test]) -> Result<Self, Failure> {
        let mut programs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for test in tests {
            programs.entry(&test.program.name).or_default().push(&test.name);
        }
        let mut programs: Vec<_> = programs.into_iter().collect();
        programs.sort_by_key(|(_, tests)| Reverse(tests.len()));
        let cargo = |arguments: &[&str]| -> Result<Command, Failure> {
            let mut command = command(tree, "cargo")?;
            command.args(arguments).args(["-p", "tower-cors"]).args(tree.features);
            command.envs(compile::environment()?);
            Ok(command)
        };
        let test = |(program, tests): (&str, Vec<&str>)| {
            let library: &[&str] = &["--lib"];
            let target = if program == "tower_cors" { library } else { &["--test", program] };
            let mut command = cargo(&["test"])?;
            command.args(target).args(["--", "--exact"]).args(tests);
            Ok(command)
        };
        Ok(Self {
            check: cargo(&["check", "--lib"])?,
            tests: programs.into_iter().map(test).collect::<Result<_, Failure>>()?,
        })
    }

    /// The tests in many orders of events, of a model that nothing else compiles.
    pub(crate) fn of_interleavings(tree: &Tree) -> Result<Self, Failure> {
        let script = "tests/interleavings/run";
        let (mut check, mut test) = (command(tree, "bash")?, command(tree, "bash")?);
        check.args([script, "--no-run"]);
        test.arg(script);
        Ok(Self { check, tests: vec![test] })
    }
}

/// Tries some mutants in a tree that has no other.
pub(crate) fn run(
    tree: &Tree,
    mutants: &[(usize, &Mutant)],
    Commands { mut check, mut tests }: Commands,
) -> Result<Vec<Outcome>, Failure> {
    let outcome = |(_, mutant): &(usize, &Mutant)| {
        tree.write_only(mutant)?;
        let outcome = if !check.status()?.success() {
            Outcome::Unviable
        } else if fails(&mut tests)? {
            Outcome::Caught
        } else {
            Outcome::Missed
        };
        println!("{}: {mutant}", outcome.word());
        Ok(outcome)
    };
    mutants.iter().map(outcome).collect()
}

/// Whether one of the commands fails.
fn fails(commands: &mut [Command]) -> std::io::Result<bool> {
    for command in commands {
        if !command.status()?.success() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn command(tree: &Tree, program: &str) -> Result<Command, Failure> {
    let mut command = Command::new("timeout");
    command.args([LONGEST, program]).current_dir(tree.root()?);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    Ok(command)
}
