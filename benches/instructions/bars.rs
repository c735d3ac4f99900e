//! What the layer may cost at most.

mod growth;
mod recorded;

use tower_cors_benches::{Contender, Kind, Scenario, Service, scenarios};

pub(crate) use self::{growth::crossed_by_tracing, recorded::record};
use crate::table::Table;

/// How many times the floor's instructions.
const OF_FLOOR: f64 = 1.25;
/// How many times the instructions of `tower_http::cors`.
const OF_THEIRS: f64 = 0.5;
/// For another build, whose functions are inlined otherwise, and whose allocator has other pieces to
/// join.
const MARGIN: f64 = 1.08;

/// The bars that are crossed, in words.
pub(crate) fn crossed(table: &Table) -> std::io::Result<Vec<String>> {
    let recorded = recorded::read()?;
    let mut crossed = growth::crossed(table);
    for scenario in scenarios() {
        for service in Service::ALL {
            let over = |contender| table.over(&scenario, contender, service);
            let (Some(floor), Some(ours), Some(theirs)) =
                (over(Contender::Floor), over(Contender::TowerCors), over(Contender::TowerHttp))
            else {
                continue;
            };
            let place = format!("{}, service {}", scenario.name, service.name());
            let mut hold = |what: &str, ratio: f64, bar: f64| {
                if ratio > bar {
                    crossed.push(format!(
                        "{place}: {ratio:.3} times {what}, where {bar:.3} is the bar"
                    ));
                }
            };
            hold("the floor's", ours / floor, recorded::most(&recorded, &scenario, service)?);
            hold("tower-http's", ours / theirs, of_theirs(&scenario));
        }
    }
    Ok(crossed)
}

/// Where a bar is not met, as the page of performance tells, or not in every build: things may not
/// get worse.
const NOT_MET: [(&str, f64); 8] = [
    ("1 wildcard, hostile host", 1.95),
    ("1 wildcard, miss", 1.1),
    ("10 wildcards, hostile host", 1.75),
    ("6 inner headers", 0.52),
    ("async predicate", 0.53),
    ("method of 1 MiB", 0.53),
    ("preflight, method refused", 0.52),
    ("preflight, header refused", 0.65),
];

fn of_theirs(scenario: &Scenario) -> f64 {
    let not_met = NOT_MET.into_iter().find(|(name, _)| *name == scenario.name);
    match (not_met, scenario.kind) {
        (Some((_, bar)), _) => bar,
        // A denial has its reason in the extensions.
        (None, Kind::Denied) => 1.0,
        // They do not look at the names.
        _ if scenario.name == "preflight, 100 headers" => f64::INFINITY,
        // The map that grows takes more than all the rest.
        _ if scenario.overflows() => 1.0,
        _ => OF_THEIRS,
    }
}
