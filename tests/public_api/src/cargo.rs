//! What cargo and the nightly compiler tell about the crate.

use std::{
    env,
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// The nightly toolchain that is used: `TOWER_CORS_NIGHTLY`, or else `nightly`.
fn nightly() -> String {
    env::var("TOWER_CORS_NIGHTLY").unwrap_or_else(|_| "nightly".to_owned())
}

/// Tells whether the nightly toolchain is not installed.
#[must_use]
pub fn nightly_is_missing() -> bool {
    let version = Command::new("rustup").args(["run", &nightly(), "rustc", "--version"]).output();
    !version.is_ok_and(|version| version.status.success())
}

/// The features of the crate, but for `default`.
pub(crate) fn features() -> Result<Vec<String>, Box<dyn Error>> {
    let mut cargo = Command::new("cargo");
    let metadata = output(cargo.args(["metadata", "--format-version=1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_slice(&metadata)?;
    let packages = metadata["packages"].as_array().ok_or("cargo lists no packages")?;
    let package = packages.iter().find(|package| package["name"] == "tower-cors");
    let features = package.ok_or("tower-cors is not listed")?["features"].as_object();
    let names = features.ok_or("tower-cors has no features")?.keys();
    Ok(names.filter(|name| *name != "default").cloned().collect())
}

/// Documents the crate with these features, and returns where the JSON is.
pub(crate) fn rustdoc(features: &[&str]) -> Result<PathBuf, Box<dyn Error>> {
    let target = workspace().join("target/public-api");
    let mut cargo = Command::new("rustup");
    cargo.args(["run", &nightly(), "cargo", "rustdoc", "--quiet", "-p", "tower-cors", "--lib"]);
    cargo.arg("--target-dir").arg(&target).arg("--no-default-features").args(features);
    output(cargo.args(["--", "-Zunstable-options", "--output-format=json", "--cap-lints=allow"]))?;
    Ok(target.join("doc/tower_cors.json"))
}

fn workspace() -> &'static Path {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    ancestors.into_iter().nth(2).expect("the package is two folders below the workspace")
}

fn output(command: &mut Command) -> Result<Vec<u8>, Box<dyn Error>> {
    let output = command.current_dir(workspace()).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
}
