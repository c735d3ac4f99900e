use serde::Deserialize;

use super::baseline;

/// What was counted for each request: instructions or allocations.
#[derive(Deserialize)]
pub(crate) struct Counts {
    pub(crate) date: String,
    #[serde(default)]
    pub(crate) memory: Vec<Memory>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    scenario: String,
    contender: String,
    service: String,
    #[serde(alias = "allocations", alias = "instructions")]
    count: f64,
}

/// What a layer keeps, beyond the text of its origins.
#[derive(Deserialize)]
pub(crate) struct Memory {
    pub(crate) origins: usize,
    pub(crate) bytes_per_origin: f64,
}

impl Counts {
    /// The scenarios' names, in the order in which they were counted.
    pub(crate) fn scenarios(&self) -> Vec<&str> {
        super::distinct(self.rows.iter().map(|row| &*row.scenario))
    }

    /// What was counted, the inner service's part included.
    pub(crate) fn raw(&self, scenario: &str, contender: &str, service: &str) -> Option<f64> {
        let is_meant = |row: &&Row| {
            row.scenario == scenario && row.contender == contender && row.service == service
        };
        self.rows.iter().find(is_meant).map(|row| row.count)
    }

    /// What was counted over the inner service.
    pub(crate) fn over(&self, scenario: &str, contender: &str, service: &str) -> Option<f64> {
        let count = self.raw(scenario, contender, service)?;
        Some(count - self.raw(scenario, baseline(contender), service)?)
    }
}
