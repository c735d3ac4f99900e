//! The directory and the processes of one browser.

use std::{
    env, fs, io,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{self, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

use tokio::process::{Child, Command};

use super::Kind;

/// Inherited by whatever a browser starts, so that all of it can be found again.
const MARK: &str = "TOWER_CORS_BROWSERS_HOME";

static HOMES: AtomicU32 = AtomicU32::new(0);

/// Ends its processes and is removed when dropped.
#[derive(Debug)]
pub(super) struct Home {
    path: PathBuf,
    children: Vec<Child>,
}

impl Home {
    pub(super) fn new(kind: Kind) -> io::Result<Self> {
        let number = HOMES.fetch_add(1, Ordering::Relaxed);
        let name = format!("tower-cors-browsers-{}-{number}-{kind}", process::id());
        let path = env::temp_dir().join(name);
        fs::create_dir(&path)?;
        Ok(Self { path, children: Vec::new() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Starts a program at home: nothing of it stays in the user's own directories.
    pub(super) fn start(&mut self, command: &mut Command) -> io::Result<&mut Child> {
        for name in ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", MARK]
        {
            command.env(name, &self.path);
        }
        command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let at = self.children.len();
        self.children.push(command.spawn()?);
        Ok(&mut self.children[at])
    }

    /// The processes that were started here, children's children included.
    fn inhabitants(&self) -> Vec<String> {
        let mark = format!("{MARK}={}", self.path.display());
        let is_marked = |directory: &Path| {
            let environment = fs::read(directory.join("environ")).unwrap_or_default();
            environment.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes())
        };
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let marked = processes.filter(|process| is_marked(&process.path()));
        let ids = marked.filter_map(|process| process.file_name().into_string().ok());
        ids.filter(|id| id.parse::<u32>().is_ok()).collect()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A process may start another between the look and the kill, so look again.
        for _ in 0..50 {
            let inhabitants = self.inhabitants();
            if inhabitants.is_empty() {
                break;
            }
            let kill = process::Command::new("kill").arg("-KILL").args(inhabitants).output();
            kill.map_or_else(|error| eprintln!("kill: {error}"), drop);
            thread::sleep(Duration::from_millis(20));
        }
        // What is being killed may still write.
        for _ in 0..50 {
            match fs::remove_dir_all(&self.path) {
                Err(_) if self.path.exists() => thread::sleep(Duration::from_millis(20)),
                _ => return,
            }
        }
        eprintln!("home: {} stays", self.path.display());
    }
}

/// A port that nobody listens on.
pub(super) fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
