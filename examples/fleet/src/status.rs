use serde::Serialize;
use tokio::sync::watch;

/// What `/healthz` tells.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Status {
    /// The version that is served; none if it is not from Redis.
    pub(crate) version: Option<u64>,
    pub(crate) redis: Redis,
}

/// Whether Redis can be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Redis {
    Away,
    Here,
    /// It has not been tried yet.
    Unknown,
}

impl Status {
    pub(crate) fn channel() -> (watch::Sender<Self>, watch::Receiver<Self>) {
        watch::channel(Self { version: None, redis: Redis::Unknown })
    }
}
