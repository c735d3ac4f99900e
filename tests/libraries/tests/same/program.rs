//! A server in another language.

use std::{
    env, fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::Mutex,
    time::timeout,
};

/// Two at once would fetch into the same directory.
static FETCHING: Mutex<()> = Mutex::const_new(());

/// Killed when dropped.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    _process: Child,
}

impl Program {
    /// Starts it, and waits for the line with its port.
    pub(crate) async fn start(command: &mut Command) -> Self {
        let mut process =
            command.stdout(Stdio::piped()).kill_on_drop(true).spawn().expect("it is installed");
        let mut lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let line = timeout(Duration::from_secs(60), lines.next_line()).await;
        let line = line.expect("it starts in time").expect("its output is text");
        let port = line.expect("it tells its port").parse().expect("a port is a number");
        Self { address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)), _process: process }
    }
}

/// Where the files for a library are.
pub(crate) fn directory(library: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(library)
}

/// Whether a library is there, or could be fetched as its lock file says; if not, says what to install.
pub(crate) async fn is_fetched(lock: &Path, command: &mut Command, remedy: &str) -> bool {
    let _guard = FETCHING.lock().await;
    let wanted = fs::read(lock).expect("the lock file is there");
    let mark = lock.with_file_name(".fetched");
    if fs::read(&mark).is_ok_and(|fetched| fetched == wanted) {
        return true;
    }
    let directory = lock.parent().expect("a file is in a directory");
    let output = command.current_dir(directory).stdin(Stdio::null()).output().await;
    let is_fetched = output.as_ref().is_ok_and(|output| output.status.success());
    if is_fetched {
        fs::write(mark, wanted).expect("the directory is ours");
    } else {
        let is_required = env::var("TOWER_CORS_LIBRARIES").is_ok_and(|value| value == "required");
        assert!(!is_required, "{command:?}: {output:?}: {remedy}");
        eprintln!("skipped: {command:?}: {remedy}");
    }
    is_fetched
}
