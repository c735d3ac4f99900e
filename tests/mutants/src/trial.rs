//! A mutant before the tests that reach it.

use std::{
    collections::{BTreeMap, HashMap},
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
    sync::Mutex,
    time::Duration,
};

use crate::{Failure, list::Mutant, pool, suite::Test, tree};

/// Tests are faster when the machine does nothing else.
const PATIENCE: u32 = 5;
const LEAST: Duration = Duration::from_secs(10);
/// A mutant that is listed as equivalent goes through all its tests: these are enough.
const SLOW: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Outcome {
    Caught,
    Missed,
    NotReached,
    /// Does not compile.
    Unviable,
}

impl Outcome {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Caught => "caught",
            Self::Missed => "missed",
            Self::NotReached => "not reached",
            Self::Unviable => "does not compile",
        }
    }
}

/// Which test caught a mutant last: it is tried first.
struct Memory {
    caught: HashMap<String, String>,
    log: Mutex<fs::File>,
}

/// Tries some mutants.
pub(crate) fn run(
    mutants: &[(usize, &Mutant)],
    tests: &[Test],
    is_listed: impl Fn(&Mutant) -> bool + Sync,
) -> Result<Vec<Outcome>, Failure> {
    let mut reached: HashMap<usize, Vec<&Test>> = HashMap::new();
    for test in tests {
        for mutant in &test.reaches {
            reached.entry(*mutant).or_default().push(test);
        }
    }
    let memory = Memory::open(&tree::home("caught.tsv"))?;
    pool::map(mutants, |worker, (number, mutant)| {
        let Some(mut tests) = reached.get(number).cloned() else {
            return Ok(Outcome::NotReached);
        };
        if is_listed(mutant) {
            tests.retain(|test| test.takes < SLOW);
        }
        let key = mutant.key();
        let last = memory.caught.get(&key);
        tests.sort_by_key(|test| (Some(&id(test)) != last, test.takes));
        let Some(test) = catch(*number, &tests, last, worker)? else {
            if !is_listed(mutant) {
                println!("missed: {mutant}");
            }
            return Ok(Outcome::Missed);
        };
        memory.add(&key, last, &test)?;
        Ok(Outcome::Caught)
    })
}

/// The test that fails, of all that reach the mutant: at first one is run, then two, four, …
fn catch(
    mutant: usize,
    mut tests: &[&Test],
    last: Option<&String>,
    worker: usize,
) -> Result<Option<String>, Failure> {
    let mut some = 1;
    while !tests.is_empty() {
        let (now, later) = tests.split_at(some.min(tests.len()));
        let mut programs: BTreeMap<&str, Vec<&Test>> = BTreeMap::new();
        for test in now {
            programs.entry(&test.program.name).or_default().push(test);
        }
        for tests in programs.values() {
            let names: Vec<_> = tests.iter().map(|test| test.name.as_str()).collect();
            let takes: Duration = tests.iter().map(|test| test.takes).sum();
            let output = tree::home(&format!("output.{worker}"));
            let variable = ("MUTANT", &*mutant.to_string());
            let program = &tests[0].program;
            if program.passes(&names, LEAST + takes * PATIENCE, variable, &output)? {
                continue;
            }
            let test = failed(tests, &output);
            let limit = LEAST + test.takes * PATIENCE;
            // It may have failed by chance, or because of the others beside it.
            if last == Some(&id(test))
                || !program.passes(&[&test.name], limit, variable, &output)?
            {
                return Ok(Some(id(test)));
            }
        }
        tests = later;
        some *= 2;
    }
    Ok(None)
}

/// The first one, if the program did not come to say so.
fn failed<'a>(tests: &[&'a Test], output: &Path) -> &'a Test {
    let output = fs::read(output).unwrap_or_default();
    let output = String::from_utf8_lossy(&output);
    let is_failed = |test: &&&Test| output.contains(&format!("test {} ... FAILED", test.name));
    tests.iter().find(is_failed).unwrap_or(&tests[0])
}

fn id(test: &Test) -> String {
    format!("{}\t{}", test.program.name, test.name)
}

impl Memory {
    fn open(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).unwrap_or_default();
        // Three columns name the mutant and two the test; what was written last holds.
        let caught = text.lines().filter_map(|line| {
            let (at, _) = line.match_indices('\t').nth(2)?;
            Some((line[..at].to_owned(), line[at + 1..].to_owned()))
        });
        let log = OpenOptions::new().append(true).create(true).open(path)?;
        Ok(Self { caught: caught.collect(), log: Mutex::new(log) })
    }

    fn add(&self, key: &str, last: Option<&String>, test: &String) -> std::io::Result<()> {
        if last == Some(test) {
            return Ok(());
        }
        writeln!(self.log.lock().expect("no worker panics"), "{key}\t{test}")
    }
}
