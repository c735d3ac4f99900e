use std::{
    io::Result,
    thread,
    time::{Duration, Instant},
};

use tower_cors_benches::live::{Process, Quartiles};

const MEBIBYTE: f64 = 1024.0 * 1024.0;
/// How much more the last third may have than the first: what an allocator keeps varies.
pub(crate) const MARGIN: f64 = 8.0;

/// What a process had in memory, in mebibytes.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) first_third: Quartiles,
    pub(crate) last_third: Quartiles,
    pub(crate) most: f64,
}

impl Memory {
    /// Looks at it while there is load, the tenth in the beginning left out: each second, or more
    /// often if the load is short.
    pub(crate) fn watch(process: Process, load: Duration, start: Instant) -> Result<Self> {
        let every = (load / 60).min(Duration::from_secs(1));
        thread::sleep(load / 10);
        let mut samples = Vec::new();
        while start.elapsed() < load {
            samples.push(process.resident()? as f64 / MEBIBYTE);
            thread::sleep(every);
        }
        let third = samples.len().div_ceil(3);
        let (first, last) = (&samples[..third], &samples[samples.len() - third..]);
        Ok(Self {
            first_third: Quartiles::of(first.iter().copied()),
            last_third: Quartiles::of(last.iter().copied()),
            most: samples.iter().copied().fold(0.0, f64::max),
        })
    }

    pub(crate) fn is_flat(&self) -> bool {
        self.last_third.median <= self.first_third.median + MARGIN
    }
}
