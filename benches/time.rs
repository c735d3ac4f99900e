//! How long the layer takes for a request, over the inner service, beside other middleware.
//!
//! The machine's speed drifts by more than what is measured, and no harness of the known ones serves
//! the contenders in turn: here they are, a batch each in every round, and what counts is the median
//! of the differences within a round.

use std::{env, io, time::Instant};

use serde::Serialize;
use tower_cors_benches::{
    Contender, Contestant, Policy, Scenario, Service, policies, results, scenarios,
};

/// How many requests are served in one batch.
const BATCH: usize = 64;

#[derive(Serialize)]
struct Row {
    scenario: &'static str,
    contender: &'static str,
    service: &'static str,
    nanos: Quartiles,
    over: Quartiles,
}

#[derive(Clone, Copy, Serialize)]
struct Quartiles {
    low: f64,
    median: f64,
    high: f64,
}

#[derive(Serialize)]
struct Compile {
    origins: usize,
    seconds: f64,
}

#[derive(Serialize)]
struct Results {
    date: String,
    rows: Vec<Row>,
    compile: Vec<Compile>,
}

/// A contender in a race, and its nanoseconds for a request in each round.
struct Runner {
    contender: Contender,
    contestant: Box<dyn Contestant>,
    nanos: Vec<f64>,
}

fn main() -> io::Result<()> {
    // Whether it runs is all that a test of it wants to know.
    let is_test = env::args().any(|argument| argument == "--test");
    let rounds = if is_test { 1 } else { 100 };
    let rows: Vec<Row> = policies().into_iter().flat_map(|policy| race(policy, rounds)).collect();
    let compile: Vec<Compile> = [10, 1_000, 100_000, 1_000_000].into_iter().map(compile).collect();
    for Compile { origins, seconds } in &compile {
        println!("{origins:>9} origins are compiled in {seconds:.4} s");
    }
    if is_test {
        return Ok(());
    }
    results::leave("time.json", &Results { date: results::today()?, rows, compile })
}

fn race(policy: Policy, rounds: usize) -> Vec<Row> {
    // Who copies a long list for each request leaves nobody else's in the caches: these run apart.
    let (copying, looking): (Vec<_>, Vec<_>) = Contender::ALL
        .into_iter()
        .filter(|contender| contender.has(policy))
        .partition(|contender| reads_all(*contender, policy));
    let mut rows = race_of(&looking, policy, rounds);
    if !copying.is_empty() {
        let baselines = [Contender::Inner, Contender::ActixWeb];
        let apart = race_of(&[&baselines[..], &copying].concat(), policy, rounds);
        let is_copying =
            |row: &Row| copying.iter().any(|contender| contender.name() == row.contender);
        rows.extend(apart.into_iter().filter(is_copying));
    }
    rows
}

fn reads_all(contender: Contender, policy: Policy) -> bool {
    let may_read_all =
        matches!(contender, Contender::ActixCors | Contender::HyperCors | Contender::TowerHttp);
    may_read_all && policy.count() >= 100_000
}

fn race_of(contenders: &[Contender], policy: Policy, rounds: usize) -> Vec<Row> {
    let enter = |contender: &Contender| (*contender, contender.enter(policy));
    let entries: Vec<_> = contenders.iter().map(enter).collect();
    let mut rows = Vec::new();
    for scenario in scenarios().into_iter().filter(|scenario| scenario.policy == policy) {
        for service in Service::ALL {
            let runners = entries.iter().map(|(contender, entry)| Runner {
                contender: *contender,
                contestant: entry(scenario.inner),
                nanos: Vec::new(),
            });
            rows.extend(run(&scenario, service, runners.collect(), rounds));
        }
    }
    rows
}

fn run(scenario: &Scenario, service: Service, mut runners: Vec<Runner>, rounds: usize) -> Vec<Row> {
    for round in 0..rounds {
        // Nobody is always behind the same one.
        let first = round % runners.len();
        runners.rotate_left(first);
        for runner in &mut runners {
            runner.run(scenario, service, round);
        }
    }
    print!("{:34} {:7}", scenario.name, service.name());
    let rows = runners.iter().filter_map(|runner| {
        let baseline = runner.contender.baseline();
        let base = runners.iter().find(|other| other.contender == baseline)?;
        let over = runner.nanos.iter().zip(&base.nanos).map(|(own, base)| own - base).collect();
        Some(Row {
            scenario: scenario.name,
            contender: runner.contender.name(),
            service: service.name(),
            nanos: Quartiles::of(runner.nanos.clone()),
            over: Quartiles::of(over),
        })
    });
    let mut rows: Vec<Row> = rows.collect();
    let place = |row: &Row| Contender::ALL.iter().position(|known| known.name() == row.contender);
    rows.sort_by_key(place);
    for row in &rows {
        print!("  {} {:+.0} ns", row.contender, row.over.median);
    }
    println!();
    rows
}

impl Runner {
    fn run(&mut self, scenario: &Scenario, service: Service, round: usize) {
        // Who reads a whole list for each request has enough of a few.
        let is_slow = reads_all(self.contender, scenario.policy);
        let batch = if is_slow || scenario.is_huge() { 1 } else { BATCH };
        let requests = (0..batch).map(|nth| scenario.request(round * batch + nth));
        self.contestant.prepare(requests.collect());
        let start = Instant::now();
        self.contestant.serve(service);
        self.nanos.push(start.elapsed().as_nanos() as f64 / batch as f64);
    }
}

impl Quartiles {
    fn of(mut numbers: Vec<f64>) -> Self {
        numbers.sort_by(f64::total_cmp);
        let at = |quarter: usize| numbers[(numbers.len() - 1) * quarter / 4];
        Self { low: at(1), median: at(2), high: at(3) }
    }
}

fn compile(origins: usize) -> Compile {
    let patterns: Vec<String> = Policy::Listed(origins).patterns().collect();
    let layer = tower_cors::CorsLayer::new().allow_origins(&patterns);
    let start = Instant::now();
    let built = layer.build().expect("the settings are valid");
    let seconds = start.elapsed().as_secs_f64();
    drop(built);
    Compile { origins, seconds }
}
