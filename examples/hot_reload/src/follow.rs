use std::path::{Path, PathBuf};

use tokio::fs;
use tower_cors::CorsHandle;

use crate::{config::parse, hangup::Hangups, watch::Watch};

/// Serves what a file says, and the last good of it while it says what is wrong.
pub(crate) struct Follower {
    file: PathBuf,
    /// The text that was read last, good or not; none if there was none to read.
    seen: Option<String>,
    handle: CorsHandle,
}

impl Follower {
    pub(crate) fn new(file: &Path, text: String, handle: CorsHandle) -> Self {
        Self { file: file.to_owned(), seen: Some(text), handle }
    }

    /// Follows edits and hang-ups for ever.
    pub(crate) async fn follow(mut self, mut watch: Watch, mut hangups: Hangups) {
        loop {
            let is_asked = tokio::select! {
                () = watch.edited() => false,
                () = hangups.next() => true,
            };
            // The directory may be another one by now, of the same name. Before the file is read,
            // so that no edit falls between.
            if let Err(error) = watch.renew() {
                tracing::error!("edits are not seen until the next SIGHUP: {error}");
            }
            self.read(is_asked).await;
        }
    }

    /// What is as it was is passed over, unless somebody asks.
    async fn read(&mut self, is_asked: bool) {
        let read = fs::read_to_string(&self.file).await;
        let seen = read.as_ref().ok().cloned();
        if seen == self.seen && !is_asked {
            return;
        }
        self.seen = seen;
        match read {
            Ok(text) => self.reload(&text),
            Err(error) => self.refuse(&[error.to_string()]),
        }
    }

    fn reload(&self, text: &str) {
        let layer = match parse(text) {
            Ok(layer) => layer,
            Err(error) => return self.refuse(&[error]),
        };
        // The change is logged by tower-cors, whose feature `tracing` is on.
        if let Err(error) = self.handle.reload(layer) {
            self.refuse(error.problems());
        }
    }

    fn refuse(&self, problems: &[impl ToString]) {
        let file = self.file.display();
        for problem in problems {
            tracing::error!("{file}: {}", problem.to_string());
        }
        tracing::error!(problems = problems.len(), "{file}: ignored, the policy stays as it was");
    }
}
