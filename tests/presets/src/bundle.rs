//! The pages' scripts with their clients, each as one file.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::{process::Command, sync::Mutex};

/// Two at once would fetch into the same directory.
static FETCHING: Mutex<()> = Mutex::const_new(());

fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("clients")
}

/// Whether `npm` and `node` can be run.
pub async fn can_be_made() -> bool {
    for program in ["node", "npm"] {
        let mut command = Command::new(program);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        if !command.status().await.is_ok_and(|status| status.success()) {
            return false;
        }
    }
    true
}

/// Makes one script of a page's script and all that it imports.
///
/// # Errors
///
/// If the clients cannot be fetched, or do not fit together.
pub async fn make(page: &str) -> Result<String, Box<dyn Error>> {
    let guard = FETCHING.lock().await;
    fetch().await?;
    drop(guard);
    let file = format!("{page}.js");
    succeed(Command::new("node_modules/.bin/esbuild").args([
        &file,
        "--bundle",
        "--log-level=error",
    ]))
    .await
}

/// Only what `package-lock.json` names, and nothing of it runs while it is installed.
async fn fetch() -> Result<(), Box<dyn Error>> {
    let wanted = fs::read(clients().join("package-lock.json"))?;
    let mark = clients().join("node_modules/.fetched");
    if fs::read(&mark).is_ok_and(|fetched| fetched == wanted) {
        return Ok(());
    }
    succeed(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
        .await?;
    Ok(fs::write(mark, wanted)?)
}

async fn succeed(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let output =
        command.current_dir(clients()).stdin(Stdio::null()).kill_on_drop(true).output().await?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
