use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Compiles the request path with these features of the crate, and says where the modules are.
pub(crate) fn directory(features: &str) -> Result<PathBuf, Box<dyn Error>> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("panics-{features}"));
    // Cargo leaves the modules of earlier builds behind, and writes none if it has nothing to do.
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let output = Command::new(env!("CARGO"))
        .args(["build", "--release", "--lib", "--package", env!("CARGO_PKG_NAME")])
        .args(["--features", features])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        // Without unwinding no function names what is called when a destructor panics meanwhile.
        .env("RUSTFLAGS", "--emit=llvm-ir -Ccodegen-units=1 -Cpanic=abort")
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(target.join("release/deps"))
}
