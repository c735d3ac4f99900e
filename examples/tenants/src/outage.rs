use std::{
    fmt,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long the log is left alone after a line.
const PAUSE: Duration = Duration::from_secs(10);

/// Tells the log that the database does not answer: at once, and then seldom, because strangers
/// decide how often it is asked.
#[derive(Debug, Default)]
pub(crate) struct Outage(Mutex<Told>);

#[derive(Debug, Default)]
struct Told {
    last: Option<Instant>,
    left_out: u64,
}

impl Outage {
    pub(crate) fn tell(&self, error: &dyn fmt::Display) {
        if let Some(left_out) = self.left_out(Instant::now()) {
            tracing::error!(%error, left_out, "origins cannot be looked up: denied");
        }
    }

    /// How many failures were kept from the log since its last line, if it is time for the next.
    fn left_out(&self, now: Instant) -> Option<u64> {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.last.is_some_and(|last| now < last + PAUSE) {
            told.left_out += 1;
            return None;
        }
        let left_out = told.left_out;
        *told = Told { last: Some(now), left_out: 0 };
        Some(left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_told_at_once_and_then_seldom() {
        let outage = Outage::default();
        let start = Instant::now();
        let told: Vec<_> =
            [0, 1, 9, 10, 11, 30].map(|s| outage.left_out(start + Duration::from_secs(s))).into();
        assert_eq!(told, [Some(0), None, None, Some(2), None, Some(1)]);
    }
}
