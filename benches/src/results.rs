//! What the benchmarks leave for the page that shows them.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Serialize;

/// Where results are left: `target/benches`.
#[must_use]
pub fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/benches")
}

/// Leaves results under a name, in JSON.
///
/// # Errors
///
/// If they cannot be written.
pub fn leave(name: &str, results: &impl Serialize) -> io::Result<()> {
    fs::create_dir_all(directory())?;
    fs::write(directory().join(name), serde_json::to_vec_pretty(results)?)
}

/// Today's date in Greenwich, as `2026-11-24`.
///
/// # Errors
///
/// If there is no `date` to ask.
pub fn today() -> io::Result<String> {
    let output = Command::new("date").args(["-u", "+%F"]).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
