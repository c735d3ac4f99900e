use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, ModifyKind},
};
use tokio::{sync::watch, time::sleep};

/// How long an edit takes: saving a file is several steps.
const SETTLING: Duration = Duration::from_millis(100);

/// Tells when something happened in the directory of a file.
///
/// The file itself is not watched: a watch goes with the file and not with its name, so it would be
/// lost where the file is replaced.
pub(crate) struct Watch {
    watcher: RecommendedWatcher,
    directory: PathBuf,
    edits: watch::Receiver<()>,
}

impl Watch {
    pub(crate) fn of(file: &Path) -> notify::Result<Self> {
        let parent = file.parent().filter(|parent| *parent != Path::new(""));
        let directory = parent.unwrap_or(Path::new(".")).to_owned();
        let (edit, edits) = watch::channel(());
        let watcher = notify::recommended_watcher(move |event| {
            if may_be_edit(&event) {
                edit.send_replace(());
            }
        })?;
        let mut watch = Self { watcher, directory, edits };
        watch.start()?;
        Ok(watch)
    }

    /// Waits for an edit that nobody has waited for yet, until it has settled. Those that follow
    /// one another count as one.
    pub(crate) async fn edited(&mut self) {
        self.edits.changed().await.expect("the watcher holds the sender");
        // Not until it is quiet: a directory where something is written all the time never is.
        sleep(SETTLING).await;
        self.edits.mark_unchanged();
    }

    /// Watches the directory that has the name now.
    pub(crate) fn renew(&mut self) -> notify::Result<()> {
        // An error is that of a watch which is lost already.
        drop(self.watcher.unwatch(&self.directory));
        self.start()
    }

    fn start(&mut self) -> notify::Result<()> {
        self.watcher.watch(&self.directory, RecursiveMode::NonRecursive)
    }
}

/// Whoever reads causes events too. Which file an event is about does not matter: it may be a link
/// on the way to the one that is read.
fn may_be_edit(event: &notify::Result<Event>) -> bool {
    let Ok(event) = event else {
        return true;
    };
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        // Half an edit. Linux tells when the file is closed.
        EventKind::Modify(ModifyKind::Data(_)) => !cfg!(target_os = "linux"),
        _ => true,
    }
}
