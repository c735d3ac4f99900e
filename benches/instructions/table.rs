use serde::Serialize;
use tower_cors_benches::{Contender, Scenario, Service, scenarios};

use crate::callgrind::Count;

/// All counts.
pub(crate) struct Table(pub(crate) Vec<Count>);

/// A count as it is left for others.
#[derive(Serialize)]
struct Row {
    scenario: &'static str,
    kind: &'static str,
    origins: usize,
    contender: &'static str,
    service: &'static str,
    instructions: f64,
}

#[derive(Serialize)]
pub(crate) struct Results {
    date: String,
    rows: Vec<Row>,
}

impl Table {
    /// Instructions over those of what the contender is measured over.
    pub(crate) fn over(
        &self,
        scenario: &Scenario,
        contender: Contender,
        service: Service,
    ) -> Option<f64> {
        let count = |contender| self.count(scenario, contender, service);
        Some(count(contender)? - count(contender.baseline())?)
    }

    /// Instructions with those of the inner service.
    pub(crate) fn count(
        &self,
        scenario: &Scenario,
        contender: Contender,
        service: Service,
    ) -> Option<f64> {
        let is_it = |(round, _): &&Count| {
            round.scenario.name == scenario.name
                && round.contender == contender
                && round.service == service
        };
        self.0.iter().find(is_it).map(|(_, count)| *count)
    }

    pub(crate) fn print(&self, service: Service) {
        println!(
            "Instructions for each request over the inner service, which is {}:",
            service.name()
        );
        println!(
            "{:<34}{:>8}{:>12}{:>9}{:>14}{:>14}",
            "", "floor", "tower-cors", "x floor", "tower-http", "x tower-http"
        );
        for scenario in scenarios() {
            let over = |contender| self.over(&scenario, contender, service);
            let Some((floor, ours)) = over(Contender::Floor).zip(over(Contender::TowerCors)) else {
                continue;
            };
            print!("{:<34}{floor:>8.0}{ours:>12.0}{:>9.2}", scenario.name, ours / floor);
            match over(Contender::TowerHttp) {
                Some(theirs) => println!("{theirs:>14.0}{:>14.2}", ours / theirs),
                None => println!(),
            }
        }
    }

    pub(crate) fn results(&self, date: String) -> Results {
        let row = |(round, instructions): &Count| Row {
            scenario: round.scenario.name,
            kind: round.scenario.kind.name(),
            origins: round.scenario.policy.count(),
            contender: round.contender.name(),
            service: round.service.name(),
            instructions: *instructions,
        };
        Results { date, rows: self.0.iter().map(row).collect() }
    }
}
