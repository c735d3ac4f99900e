use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use tower_cors_benches::{Contender, Scenario, Service};

use crate::{
    callgrind,
    round::{Field, Round},
};

/// How many functions are shown.
const MOST: usize = 25;

/// Instructions for a request in each function itself, its callees left out.
type Profile = Vec<(String, f64)>;

/// Prints where the instructions of a scenario go, for the floor and for this crate.
pub(crate) fn print(scenario: &Scenario) -> io::Result<()> {
    let field = Field::Ours;
    callgrind::count(scenario.policy, field)?;
    for contender in [Contender::Floor, Contender::TowerCors] {
        println!(
            "{}, {}: instructions for a request, by function",
            scenario.name,
            contender.name()
        );
        let is_it = |round: &Round| {
            round.contender == contender
                && round.scenario.name == scenario.name
                && round.service == Service::Cloned
        };
        let rounds = Round::of(scenario.policy, field);
        let part = rounds.iter().position(is_it).expect("the round is one of its policy's");
        let requests = rounds[part].requests() as f64;
        let parts = (1..=part + 1).map(|part| callgrind::part(scenario.policy, part));
        for (function, instructions) in read(parts)?.into_iter().take(MOST) {
            println!("{:>9.0}  {function}", instructions / requests);
        }
    }
    Ok(())
}

/// The profile of the last part. A name is written out only where it first occurs, which may be in
/// a part before.
fn read(parts: impl Iterator<Item = PathBuf>) -> io::Result<Profile> {
    let mut names = HashMap::new();
    let mut costs = HashMap::new();
    for part in parts {
        costs = read_part(&part, &mut names)?;
    }
    let named = costs.into_iter().map(|(number, cost)| {
        let name = names.get(&number).cloned().unwrap_or(number);
        (name, cost)
    });
    let mut profile: Profile = named.collect();
    profile.sort_by(|a, b| b.1.total_cmp(&a.1));
    Ok(profile)
}

fn read_part(part: &Path, names: &mut HashMap<String, String>) -> io::Result<HashMap<String, f64>> {
    let mut costs: HashMap<String, f64> = HashMap::new();
    let (mut function, mut is_call) = (String::new(), false);
    for line in fs::read_to_string(part)?.lines() {
        if let Some(name) = line.strip_prefix("fn=").or_else(|| line.strip_prefix("cfn=")) {
            let (number, text) = name.split_once(' ').unwrap_or((name, ""));
            if !text.is_empty() {
                names.insert(number.to_owned(), text.to_owned());
            }
            if line.starts_with("fn=") {
                number.clone_into(&mut function);
            }
        } else if line.starts_with("calls=") {
            is_call = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) {
            // The line behind a call has the cost of the callee.
            let cost = line.rsplit(' ').next().and_then(|cost| cost.parse::<f64>().ok());
            if !is_call {
                *costs.entry(function.clone()).or_default() += cost.unwrap_or(0.0);
            }
            is_call = false;
        }
    }
    Ok(costs)
}
