use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

const INTERVAL_MILLIS: u64 = 1_000;

/// Lets one in a second through, and counts the others.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    opens_at_millis: AtomicU64,
    left_out: AtomicU64,
}

impl Gate {
    /// How many were left out since the last one, if this one may pass.
    pub(crate) fn pass(&self) -> Option<u64> {
        let now = u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX);
        let opens_at = self.opens_at_millis.load(Ordering::Relaxed);
        let passes = now >= opens_at && self.close_until(opens_at, now + INTERVAL_MILLIS);
        if passes {
            Some(self.left_out.swap(0, Ordering::Relaxed))
        } else {
            self.left_out.fetch_add(1, Ordering::Relaxed);
            None
        }
    }

    fn close_until(&self, opened_at: u64, opens_at: u64) -> bool {
        let (success, failure) = (Ordering::Relaxed, Ordering::Relaxed);
        self.opens_at_millis.compare_exchange(opened_at, opens_at, success, failure).is_ok()
    }
}
