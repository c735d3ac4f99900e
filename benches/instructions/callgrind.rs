use std::{env, fs, io, path::Path, process::Command};

use crate::{contender::Contender, scenario::Scenario};

/// Where Callgrind's files are left, for `callgrind_annotate`.
pub(crate) const DIRECTORY: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/instructions");

pub(crate) fn is_installed() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Instructions for each request, counted in a process of its own.
pub(crate) fn count(scenario: &Scenario, contender: Contender) -> io::Result<f64> {
    fs::create_dir_all(DIRECTORY)?;
    let file = format!("{} - {}", scenario.name, contender.name());
    let file = Path::new(DIRECTORY).join(file.replace([' ', ','], "_"));
    // What is inherited would move heap and stack, and with them the counts.
    let path = env::var_os("PATH").unwrap_or_default();
    let output = Command::new("valgrind")
        .env_clear()
        .env("PATH", path)
        .args(["--tool=callgrind", "--toggle-collect=*counted_exchange*"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(env::current_exe()?)
        .args(["--serve", scenario.name, contender.name()])
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr)));
    }
    let total = total(&fs::read_to_string(file)?)
        .ok_or_else(|| io::Error::other("callgrind counted nothing"))?;
    Ok(f64::from(total) / contender.requests(scenario) as f64)
}

fn total(report: &str) -> Option<u32> {
    let total = report.lines().find_map(|line| line.strip_prefix("totals: "))?;
    total.trim().parse().ok().filter(|total| *total > 0)
}
