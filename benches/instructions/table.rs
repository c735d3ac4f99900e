use std::io;

use crate::{
    callgrind,
    contender::Contender,
    scenario::{SCENARIOS, Scenario},
};

/// Prints a line for each scenario. Returns how many bounds are exceeded.
pub(crate) fn print() -> io::Result<usize> {
    println!(
        "Instructions for each request; all but the inner service's are over the inner service."
    );
    println!(
        "{:<30}{:>8}{:>8}{:>12}{:>12}{:>9}{:>7}{:>14}",
        "", "inner", "floor", "tower-cors", "tower-http", "x floor", "bound", "x tower-http"
    );
    let mut exceeded = 0;
    for scenario in &SCENARIOS {
        let Counts { inner, floor, ours, theirs } = Counts::of(scenario)?;
        let (ratio, bound) = (ours / floor, scenario.bound);
        print!("{:<30}{inner:>8.0}{floor:>8.0}{ours:>12.0}{theirs:>12.0}", scenario.name);
        let remark = if ratio > bound { "  exceeded" } else { "" };
        println!("{ratio:>9.2}{bound:>7.2}{:>14.3}{remark}", ours / theirs);
        exceeded += usize::from(ratio > bound);
    }
    println!("Callgrind's files, for callgrind_annotate: {}", callgrind::DIRECTORY);
    Ok(exceeded)
}

struct Counts {
    inner: f64,
    floor: f64,
    ours: f64,
    theirs: f64,
}

impl Counts {
    fn of(scenario: &Scenario) -> io::Result<Self> {
        let inner = callgrind::count(scenario, Contender::Inner)?;
        let over = |contender| {
            let over = callgrind::count(scenario, contender)? - inner;
            // A ratio to it would mean nothing.
            let is_more = over > 0.0;
            is_more.then_some(over).ok_or_else(|| {
                let (scenario, contender) = (scenario.name, contender.name());
                io::Error::other(format!(
                    "{scenario}: {contender} takes less than the inner service"
                ))
            })
        };
        Ok(Self {
            inner,
            floor: over(Contender::Floor)?,
            ours: over(Contender::Ours)?,
            theirs: over(Contender::Theirs)?,
        })
    }
}
