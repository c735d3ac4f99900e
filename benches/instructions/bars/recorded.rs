//! The ratios to the floor when they were last written down, so that a slower path does not land
//! below a bar unseen.

use std::{
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

use tower_cors_benches::{Contender, Scenario, Service, scenarios};

use super::{MARGIN, OF_FLOOR};
use crate::table::Table;

/// By how much two builds of the same sources have differed.
const NOISE: f64 = 1.055;
/// For the hash of many as well, which is keyed anew in each process.
const MARGIN_OF_MANY: f64 = 1.15;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions/recorded.tsv")
}

pub(crate) fn record(table: &Table) -> io::Result<()> {
    let mut text = String::from("# times the floor's instructions, service cloned and kept\n");
    for scenario in scenarios() {
        let ratio = |service| {
            let over = |contender| table.over(&scenario, contender, service);
            over(Contender::TowerCors).zip(over(Contender::Floor)).map(|(ours, floor)| ours / floor)
        };
        if let Some((cloned, kept)) = ratio(Service::Cloned).zip(ratio(Service::Kept)) {
            writeln!(text, "{}\t{cloned:.3}\t{kept:.3}", scenario.name)
                .map_err(io::Error::other)?;
        }
    }
    fs::write(file(), text)
}

pub(super) fn read() -> io::Result<String> {
    fs::read_to_string(file())
}

/// How many times the floor's instructions a scenario may take: what was reached, and the margin.
/// Where the bar is met by more than noise it stands.
pub(super) fn most(recorded: &str, scenario: &Scenario, service: Service) -> io::Result<f64> {
    let unknown = || io::Error::other(format!("{} is not recorded", scenario.name));
    let mut lines = recorded.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let line = lines.find(|line| line[0] == scenario.name).ok_or_else(unknown)?;
    let column = if service == Service::Cloned { 1 } else { 2 };
    let ratio: f64 = line.get(column).and_then(|ratio| ratio.parse().ok()).ok_or_else(unknown)?;
    let most = ratio * if scenario.policy.count() == 1 { MARGIN } else { MARGIN_OF_MANY };
    let is_met = ratio * NOISE <= OF_FLOOR && scenario.policy.count() == 1;
    Ok(if is_met { most.min(OF_FLOOR) } else { most })
}
