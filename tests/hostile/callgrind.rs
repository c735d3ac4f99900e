//! Counts instructions by Callgrind.

use std::{env, error::Error, fs, path::Path, process};

/// Callgrind writes a file when this is left.
#[inline(never)]
pub(crate) fn counted_round(work: impl FnOnce()) {
    counted_work(work);
}

/// Callgrind counts what happens in here.
#[inline(never)]
fn counted_work(work: impl FnOnce()) {
    work();
}

/// Runs an ignored test of this program, and tells the instructions of each of its rounds; nothing
/// if `valgrind` is missing.
pub(crate) fn count(test: &str, rounds: usize) -> Result<Option<Vec<u64>>, Box<dyn Error>> {
    if process::Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("valgrind is missing: instructions are not counted");
        return Ok(None);
    }
    let directory = format!("{}-{}", test.replace("::", "-"), process::id());
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(directory);
    fs::create_dir_all(&directory)?;
    let output = process::Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=*counted_work*"])
        .arg("--dump-after=*counted_round*")
        .arg(format!("--callgrind-out-file={}", directory.join("counted").display()))
        .arg(env::current_exe()?)
        .args(["--exact", test, "--ignored", "--test-threads=1"])
        .output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let parts = (1..=rounds).map(|part| total(&directory.join(format!("counted.{part}"))));
    let counts = parts.collect::<Result<_, _>>()?;
    fs::remove_dir_all(&directory)?;
    Ok(Some(counts))
}

fn total(report: &Path) -> Result<u64, Box<dyn Error>> {
    let report = fs::read_to_string(report)?;
    let total = report.lines().find_map(|line| line.strip_prefix("totals: "));
    Ok(total.ok_or("callgrind counted nothing")?.trim().parse()?)
}
