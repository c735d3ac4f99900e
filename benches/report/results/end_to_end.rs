use serde::Deserialize;

use super::Quartiles;

/// What real servers did under load.
#[derive(Deserialize)]
pub(crate) struct EndToEnd {
    pub(crate) date: String,
    pub(crate) rounds: u32,
    pub(crate) seconds: f64,
    pub(crate) rows: Vec<Row>,
}

/// One contender on one stack. The ratios are to the server without CORS in the same round.
#[derive(Deserialize)]
pub(crate) struct Row {
    pub(crate) stack: String,
    pub(crate) origins: usize,
    pub(crate) contender: String,
    pub(crate) cpu_micros: Quartiles,
    pub(crate) per_second: Quartiles,
    pub(crate) cpu_ratio: Quartiles,
    pub(crate) throughput_ratio: Quartiles,
}

impl EndToEnd {
    /// The stacks' names, in the order in which they ran.
    pub(crate) fn stacks(&self) -> Vec<&str> {
        super::distinct(self.rows.iter().map(|row| &*row.stack))
    }

    /// The numbers of origins that were allowed, least first.
    pub(crate) fn origins(&self) -> Vec<usize> {
        let mut origins: Vec<usize> = self.rows.iter().map(|row| row.origins).collect();
        origins.sort_unstable();
        origins.dedup();
        origins
    }

    /// How many percent more of the server's CPU time each request took than without CORS.
    pub(crate) fn added(&self, stack: &str, origins: usize, contender: &str) -> Option<Quartiles> {
        let is_meant =
            |row: &&Row| row.stack == stack && row.origins == origins && row.contender == contender;
        let Quartiles { low, median, high } = self.rows.iter().find(is_meant)?.cpu_ratio;
        let [low, median, high] = [low, median, high].map(|ratio| (ratio - 1.0) * 100.0);
        Some(Quartiles { low, median, high })
    }
}
