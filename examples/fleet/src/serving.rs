use std::{fmt, str};

use tokio::sync::watch;
use tower_cors::{CorsHandle, CorsLayer};

use crate::{
    status::{Redis, Status},
    store::Stored,
};

/// Lua counts no further. Servers that took a larger version would wait for one that never comes.
const LARGEST: u64 = (1 << 53) - 1;

/// What is served, and what is said about it.
pub(crate) struct Serving {
    handle: CorsHandle,
    served: Served,
    /// What Redis held when it was read last, good or not, so that it is told of once.
    seen: Option<Stored>,
    status: watch::Sender<Status>,
}

/// Which policy is served.
pub(crate) enum Served {
    BuiltIn,
    File,
    Stored { version: u64, stored: Stored },
}

impl Serving {
    pub(crate) fn new(handle: CorsHandle, served: Served, status: watch::Sender<Status>) -> Self {
        Self { handle, served, seen: None, status }
    }

    /// Tells that Redis cannot be read, unless it could not before.
    pub(crate) fn lost(&self, error: &dyn fmt::Display) {
        if self.status.borrow().redis != Redis::Away {
            tracing::warn!("Redis cannot be read, {} goes on: {error}", self.served);
            self.status.send_modify(|status| status.redis = Redis::Away);
        }
    }

    /// Serves what Redis holds, if that is good and new. Tells if it is not, and if Redis is back.
    pub(crate) fn found(&mut self, stored: Stored) {
        if self.status.borrow().redis == Redis::Away {
            tracing::info!("Redis is back");
        }
        if self.seen.as_ref() != Some(&stored) {
            self.seen = Some(stored.clone());
            self.consider(stored);
        }
        let version = self.served.version();
        self.status.send_replace(Status { version, redis: Redis::Here });
    }

    fn consider(&mut self, stored: Stored) {
        if stored == Stored::default() {
            return tracing::warn!("Redis holds no policy, {} goes on", self.served);
        }
        if self.served.is(&stored) {
            return;
        }
        let Some(version) = number(stored.version.as_deref()) else {
            return self.refuse(
                "the policy in Redis",
                &["version: this is no number that can be counted on from"],
            );
        };
        if self.served.version().is_some_and(|served| version <= served) {
            let served = &self.served;
            return tracing::warn!(
                "version {version} in Redis is not newer than {served}, which goes on; publish again"
            );
        }
        match self.reload(&stored) {
            Ok(()) => {
                self.served = Served::Stored { version, stored };
                tracing::info!("{} is served", self.served);
            }
            Err(problems) => self.refuse(&format!("version {version} in Redis"), &problems),
        }
    }

    /// The change is logged by tower-cors, whose feature `tracing` is on.
    fn reload(&self, stored: &Stored) -> Result<(), Vec<String>> {
        let cors = stored.cors.as_deref().ok_or_else(|| vec!["cors: there is none".to_owned()])?;
        let layer: CorsLayer =
            serde_json::from_slice(cors).map_err(|error| vec![format!("cors: {error}")])?;
        match self.handle.reload(layer) {
            Ok(_change) => Ok(()),
            Err(error) => Err(error.problems().iter().map(ToString::to_string).collect()),
        }
    }

    fn refuse(&self, what: &str, problems: &[impl fmt::Display]) {
        for problem in problems {
            tracing::error!("{what}: {problem}");
        }
        tracing::error!(problems = problems.len(), "{what} is ignored, {} goes on", self.served);
    }
}

impl Served {
    fn version(&self) -> Option<u64> {
        match self {
            Self::BuiltIn | Self::File => None,
            Self::Stored { version, .. } => Some(*version),
        }
    }

    fn is(&self, other: &Stored) -> bool {
        matches!(self, Self::Stored { stored, .. } if stored == other)
    }
}

impl fmt::Display for Served {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("the built-in policy, which allows nothing,"),
            Self::File => f.write_str("the fallback policy"),
            Self::Stored { version, .. } => write!(f, "version {version}"),
        }
    }
}

fn number(version: Option<&[u8]>) -> Option<u64> {
    let version = str::from_utf8(version?).ok()?.parse().ok()?;
    (version <= LARGEST).then_some(version)
}
