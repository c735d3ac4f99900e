//! Charts by hand, as a charting crate writes colours into each element: these follow the reader's
//! colour scheme by their classes, and their lines and bars carry their own labels.

mod axis;
mod canvas;
mod end_to_end;
mod origins;
mod scenarios;

use crate::results::Results;

/// A file with a picture.
pub(crate) struct Chart {
    pub(crate) name: &'static str,
    pub(crate) svg: String,
}

/// Draws the charts that there are results for.
pub(crate) fn draw(results: &Results) -> Vec<Chart> {
    let counts = results.instructions.as_ref();
    let charts = [
        ("cost-by-origins.svg", counts.and_then(origins::draw)),
        ("cost-by-scenario.svg", counts.and_then(scenarios::draw)),
        ("throughput-by-origins.svg", results.end_to_end.as_ref().and_then(end_to_end::draw)),
    ];
    let drawn = |(name, svg): (&'static str, Option<String>)| Some(Chart { name, svg: svg? });
    charts.into_iter().filter_map(drawn).collect()
}
