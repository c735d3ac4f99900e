use std::{convert::Infallible, io, time::Duration};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use futures_util::StreamExt;
use redis::RedisResult;
use tokio::time::{sleep, timeout};

use crate::{
    serving::Serving,
    store::{Store, Stored},
};

/// How long a message may be lost, or a connection dead, before anyone notices.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// How long to wait before Redis is tried again, at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Serves what Redis says.
pub(crate) struct Follower {
    store: Store,
    serving: Serving,
}

impl Follower {
    pub(crate) fn new(store: Store, serving: Serving) -> Self {
        Self { store, serving }
    }

    /// Follows Redis for ever, whether it is there or not.
    pub(crate) async fn follow(mut self) {
        let mut pauses = backoff();
        loop {
            let Err(error) = self.follow_connected(&mut pauses).await;
            self.serving.lost(&error);
            sleep(pauses.next().unwrap_or(LONGEST_PAUSE)).await;
        }
    }

    /// Follows Redis for as long as it can be read.
    async fn follow_connected(
        &mut self,
        pauses: &mut ExponentialBackoff,
    ) -> RedisResult<Infallible> {
        // Before the policy is read, so that none is published between.
        let mut messages = self.store.subscribe().await?;
        let mut connection = self.store.connect().await?;
        loop {
            self.serving.found(Stored::read(&mut connection).await?);
            *pauses = backoff();
            // What a message says does not matter: it may be late.
            if let Ok(None) = timeout(LOOK_AGAIN, messages.next()).await {
                return Err(io::Error::from(io::ErrorKind::ConnectionAborted).into());
            }
        }
    }
}

/// Longer and longer pauses, none like another server's: or all would come back at once.
fn backoff() -> ExponentialBackoff {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(100))
        .with_max_delay(LONGEST_PAUSE)
        .with_jitter()
        .without_max_times()
        .build()
}
