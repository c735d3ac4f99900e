//! How often the layer allocates for a request, over the inner service, and what a million origins
//! weigh. `--check` fails where a bar is crossed.

use std::{env, io, process::ExitCode};

use allocation_counter::{AllocationInfo, measure};
use serde::Serialize;
use tower_cors_benches::{
    Contender, Kind, Policy, Scenario, Service, policies, results, scenarios,
};

/// How many requests are counted.
const REQUESTS: usize = 8;
const MANY: usize = 1_000_000;
/// Of memory for each origin beyond its text.
const MOST_BYTES: f64 = 80.0;

#[derive(Serialize)]
struct Row {
    scenario: &'static str,
    contender: &'static str,
    service: &'static str,
    allocations: f64,
}

#[derive(Serialize)]
struct Memory {
    origins: usize,
    bytes_per_origin: f64,
}

#[derive(Serialize)]
struct Results {
    date: String,
    rows: Vec<Row>,
    memory: [Memory; 1],
}

fn main() -> ExitCode {
    let rows: Vec<Row> = policies().into_iter().flat_map(rows).collect();
    let memory = [Memory { origins: MANY, bytes_per_origin: bytes_per_origin() }];
    print(&rows);
    println!("{MANY} origins: {:.1} bytes each beyond the text", memory[0].bytes_per_origin);
    let mut crossed: Vec<String> =
        scenarios().iter().filter_map(|row| crossed(row, &rows)).collect();
    if memory[0].bytes_per_origin > MOST_BYTES {
        crossed.push(format!("an origin takes more than {MOST_BYTES} bytes beyond its text"));
    }
    let left = leave(rows, memory);
    for complaint in crossed.iter().cloned().chain(left.err().map(|error| error.to_string())) {
        eprintln!("{complaint}");
    }
    let is_check = env::args().any(|argument| argument == "--check");
    if is_check && !crossed.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn leave(rows: Vec<Row>, memory: [Memory; 1]) -> io::Result<()> {
    results::leave("allocations.json", &Results { date: results::today()?, rows, memory })
}

fn rows(policy: Policy) -> Vec<Row> {
    let mut rows = Vec::new();
    for contender in Contender::ALL.into_iter().filter(|contender| contender.has(policy)) {
        let entry = contender.enter(policy);
        for scenario in scenarios().into_iter().filter(|scenario| scenario.policy == policy) {
            for service in Service::ALL {
                let mut contestant = entry(scenario.inner);
                drop(contestant.answer(scenario.request(0)));
                contestant.prepare((0..REQUESTS).map(|nth| scenario.request(nth)).collect());
                let info = measure(|| contestant.serve(service));
                rows.push(Row {
                    scenario: scenario.name,
                    contender: contender.name(),
                    service: service.name(),
                    allocations: info.count_total as f64 / REQUESTS as f64,
                });
            }
        }
    }
    rows
}

/// What stays of a policy once the settings are gone with the layer.
fn bytes_per_origin() -> f64 {
    let policy = Policy::Listed(MANY);
    let text: usize = policy.patterns().map(|origin| origin.len()).sum();
    let mut kept = None;
    let AllocationInfo { bytes_current, .. } =
        measure(|| kept = Some(Contender::TowerCors.enter(policy)));
    drop(kept);
    (bytes_current as f64 - text as f64) / MANY as f64
}

fn over(scenario: &Scenario, contender: Contender, service: Service, rows: &[Row]) -> Option<f64> {
    let count = |contender: Contender| {
        let is_it = |row: &&Row| {
            row.scenario == scenario.name
                && row.contender == contender.name()
                && row.service == service.name()
        };
        rows.iter().find(is_it).map(|row| row.allocations)
    };
    Some(count(contender)? - count(contender.baseline())?)
}

/// The bar that a scenario crosses, in words.
fn crossed(scenario: &Scenario, rows: &[Row]) -> Option<String> {
    let floor = over(scenario, Contender::Floor, Service::Cloned, rows)?;
    let most = match scenario.kind {
        // A box for the answer that is waited for.
        Kind::Allowed if scenario.policy == Policy::AsyncPredicate => floor,
        Kind::Allowed if scenario.overflows() => floor,
        Kind::Allowed | Kind::NotCors | Kind::PreflightAllowed => 0.0,
        // The reason's place among the extensions.
        Kind::Denied | Kind::PreflightRefused => 3.0,
    };
    let crosses = |service: &Service| {
        over(scenario, Contender::TowerCors, *service, rows).is_none_or(|ours| ours > most)
    };
    Service::ALL
        .iter()
        .find(|service| crosses(service))
        .map(|_| format!("{}: more than {most} allocations", scenario.name))
}

fn print(rows: &[Row]) {
    println!("Allocations for each request over the inner service, a clone of which serves it:");
    let contenders = [
        Contender::Floor,
        Contender::TowerCors,
        Contender::TowerHttp,
        Contender::HyperCors,
        Contender::ActixCors,
    ];
    print!("{:34}", "");
    contenders.iter().for_each(|contender| print!("{:>12}", contender.name()));
    println!();
    for scenario in scenarios() {
        print!("{:34}", scenario.name);
        for contender in contenders {
            match over(&scenario, contender, Service::Cloned, rows) {
                Some(count) => print!("{count:>12.1}"),
                None => print!("{:>12}", "–"),
            }
        }
        println!();
    }
}
