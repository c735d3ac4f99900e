use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// `SIGHUP`, by which programs are told to read their configuration again.
#[cfg(unix)]
pub(crate) struct Hangups(Signal);

/// Takes it over: it ends a program otherwise.
#[cfg(unix)]
pub(crate) fn hangups() -> io::Result<Hangups> {
    signal(SignalKind::hangup()).map(Hangups)
}

#[cfg(unix)]
impl Hangups {
    pub(crate) async fn next(&mut self) {
        self.0.recv().await;
    }
}

/// There is no such signal elsewhere.
#[cfg(not(unix))]
pub(crate) struct Hangups;

#[cfg(not(unix))]
pub(crate) fn hangups() -> io::Result<Hangups> {
    Ok(Hangups)
}

#[cfg(not(unix))]
impl Hangups {
    pub(crate) async fn next(&mut self) {
        std::future::pending().await
    }
}
