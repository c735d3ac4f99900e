use std::{
    env, fs, io,
    path::PathBuf,
    process::Command,
    sync::Mutex,
    thread::{self, available_parallelism},
};

use tower_cors_benches::{Policy, policies, results};

use crate::round::{Field, Round, command};

/// A round, and how many instructions one of its requests takes.
pub(crate) type Count = (Round, f64);

/// Where Callgrind's files are left, for `callgrind_annotate`.
pub(crate) fn directory() -> PathBuf {
    results::directory().join("callgrind")
}

pub(crate) fn is_installed() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Counts all rounds, those of a policy in a process of its own.
pub(crate) fn count_all(field: Field) -> io::Result<Vec<Count>> {
    let mut waiting = policies();
    // Those that take longest are begun first: the list is taken from its end.
    waiting.sort_by_key(|policy| policy.count());
    let waiting = Mutex::new(waiting);
    let next = || waiting.lock().expect("no thread has panicked").pop();
    let work = || {
        let mut counts = Vec::new();
        while let Some(policy) = next() {
            counts.extend(count(policy, field)?);
        }
        io::Result::Ok(counts)
    };
    let mut counts = Vec::new();
    thread::scope(|scope| {
        let workers = available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            counts.extend(worker.join().expect("no thread has panicked")?);
        }
        io::Result::Ok(())
    })?;
    let place = |policy: Policy| policies().iter().position(|known| *known == policy);
    counts.sort_by_key(|(round, _)| place(round.scenario.policy));
    Ok(counts)
}

/// What was counted in one round of a policy.
pub(crate) fn part(policy: Policy, part: usize) -> PathBuf {
    directory().join(format!("{}.{part}", name(policy)))
}

fn name(policy: Policy) -> String {
    format!("{policy:?}").replace(['(', ')'], "_")
}

/// Counts the rounds of a policy in a process of its own.
pub(crate) fn count(policy: Policy, field: Field) -> io::Result<Vec<Count>> {
    fs::create_dir_all(directory())?;
    let output = Command::new("valgrind")
        // What is inherited would move heap and stack, and with them the counts.
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        // Nor is memory given back, or the free list tidied up, at one contender's expense.
        .env("GLIBC_TUNABLES", "glibc.malloc.trim_threshold=4294967296:glibc.malloc.mxfast=0")
        .arg("--tool=callgrind")
        .args(["--toggle-collect=*_exchange*", "--dump-after=*count_round*"])
        .arg(format!("--callgrind-out-file={}", directory().join(name(policy)).display()))
        .arg(env::current_exe()?)
        .args(command(policy, field))
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr)));
    }
    let read = |(round, number): (Round, usize)| {
        let report = fs::read_to_string(part(policy, number))?;
        Ok((round, total(&report)? / round.requests() as f64))
    };
    Round::of(policy, field).into_iter().zip(1..).map(read).collect()
}

fn total(report: &str) -> io::Result<f64> {
    let total = report.lines().find_map(|line| line.strip_prefix("totals: "));
    let total = total.and_then(|total| total.trim().parse().ok()).filter(|total| *total > 0.0);
    total.ok_or_else(|| io::Error::other("callgrind counted nothing"))
}
