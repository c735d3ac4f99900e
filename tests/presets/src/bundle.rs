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

/// Fetches the clients that `package-lock.json` names, once; nothing of them runs meanwhile.
///
/// # Errors
///
/// If there is no `npm`, or it cannot fetch them.
pub async fn fetch() -> Result<(), Box<dyn Error>> {
    let _guard = FETCHING.lock().await;
    let wanted = fs::read(clients().join("package-lock.json"))?;
    let mark = clients().join("node_modules/.fetched");
    if fs::read(&mark).is_ok_and(|fetched| fetched == wanted) {
        return Ok(());
    }
    succeed(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
        .await?;
    Ok(fs::write(mark, wanted)?)
}

/// Makes one script of a page's script and all that it imports.
///
/// # Errors
///
/// If the clients do not fit together.
pub async fn make(page: &str) -> Result<String, Box<dyn Error>> {
    let file = format!("{page}.js");
    let arguments = [&file, "--bundle", "--log-level=error"];
    succeed(Command::new(clients().join("node_modules/.bin/esbuild")).args(arguments)).await
}

/// What a program prints that is run among the clients.
async fn succeed(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let output =
        command.current_dir(clients()).stdin(Stdio::null()).kill_on_drop(true).output().await?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
