use serde::Deserialize;

use super::Quartiles;

/// How many nanoseconds each request took.
#[derive(Deserialize)]
pub(crate) struct Timings {
    pub(crate) date: String,
    #[serde(default)]
    pub(crate) compile: Vec<Compile>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    scenario: String,
    contender: String,
    service: String,
    nanos: Quartiles,
    /// A baseline has none.
    over: Option<Quartiles>,
}

/// How long a layer takes to build.
#[derive(Deserialize)]
pub(crate) struct Compile {
    pub(crate) origins: usize,
    pub(crate) seconds: f64,
}

impl Timings {
    /// The scenarios' names, in the order in which they were timed.
    pub(crate) fn scenarios(&self) -> Vec<&str> {
        super::distinct(self.rows.iter().map(|row| &*row.scenario))
    }

    /// What it took with a clone of the service for each request, the inner service included.
    pub(crate) fn raw(&self, scenario: &str, contender: &str) -> Option<Quartiles> {
        self.find(scenario, contender).map(|row| row.nanos)
    }

    /// What it took over the inner service, of pairs that were timed one after the other.
    pub(crate) fn over(&self, scenario: &str, contender: &str) -> Option<Quartiles> {
        self.find(scenario, contender).and_then(|row| row.over)
    }

    fn find(&self, scenario: &str, contender: &str) -> Option<&Row> {
        let is_meant = |row: &&Row| {
            row.scenario == scenario && row.contender == contender && row.service == "cloned"
        };
        self.rows.iter().find(is_meant)
    }
}
