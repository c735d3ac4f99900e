use std::num::NonZero;

use crate::{
    case::Kind,
    checker::Found,
    contest::{Contest, Row},
    memory::MARGIN,
    soak::Soaked,
};

/// One answer of so many is compared at least.
const ONE_IN: f64 = 100.0;

/// Prints what came of everything at once, and returns what must not have come.
pub(crate) fn soaked(soaked: &Soaked, seconds: NonZero<u32>) -> Vec<&'static str> {
    let Soaked { http1, http2, found, reloads, memory } = soaked;
    let generated = http1.requests + http2.requests;
    let per_second = generated / f64::from(seconds.get());
    println!("\nEverything at once, {seconds} s");
    println!(
        "  {} requests by wrk, {} by h2load; {per_second:.0} in a second",
        http1.requests, http2.requests
    );
    print_checks(found, generated);
    println!(
        "  reloads: {}, of {} ms each; policies held: {} at most, {} in the end",
        reloads.count,
        reloads.millis.shown(1),
        reloads.most_alive,
        reloads.left_alive
    );
    println!(
        "  memory, MiB: {} in the first third, {} in the last (bar: {MARGIN} more), {:.1} at most",
        memory.first_third.shown(1),
        memory.last_third.shown(1),
        memory.most
    );
    let faults = [
        (found.wrong > 0, "answers are wrong"),
        ((found.checked() as f64) < generated / ONE_IN, "too few answers were compared"),
        (reloads.left_alive != 1, "something holds policies that were replaced"),
        (!memory.is_flat(), "memory grows"),
    ];
    faults.into_iter().filter_map(|(is_so, fault)| is_so.then_some(fault)).collect()
}

fn print_checks(found: &Found, generated: f64) {
    let checked = found.checked();
    println!(
        "  {checked} answers compared, one for each {:.0} of these; {} came while the policy \
         changed\n  wrong: {}",
        generated / checked as f64,
        found.across_reloads,
        found.wrong
    );
    for wrong in &found.shown {
        println!("    {wrong}");
    }
    for (kind, counts) in &found.kinds {
        println!("    {:<32}{:>9}, allowed {:>9}", kind.name(), counts.checked, counts.allowed);
    }
}

/// Prints what a contest's columns are.
pub(crate) fn contests_head(rounds: NonZero<u32>) {
    println!(
        "\nIn turn, rounds of 1 s each: {rounds}. Median and quartiles; ratios are to the first in the \
         same round, or to\nthe headers by hand. Bars: with the layer 0.97 of the throughput by hand, \
         and hostile requests 1 of the CPU\ntime of the first; held is the better quartile."
    );
    let columns = ["CPU time, µs", "ratio", "requests/s", "ratio", "ratio to by hand"];
    let [cpu, cpu_ratio, per_second, ratio, by_hand] = columns;
    println!("{:<26}{cpu:>22}{cpu_ratio:>22}{per_second:>24}{ratio:>22}{by_hand:>22}", "");
}

/// Prints the rows of a contest, and returns those that are beyond the bar.
pub(crate) fn contest(contest: &Contest<'_>, rows: &[Row]) -> Vec<String> {
    println!("{}", contest.name);
    for row in rows {
        println!(
            "  {:<24}{:>22}{:>22}{:>24}{:>22}{:>22}",
            row.name,
            row.cpu_micros.shown(2),
            row.cpu_ratio.shown(3),
            row.per_second.shown(0),
            row.throughput_ratio.shown(3),
            row.by_hand.map_or_else(String::new, |ratio| ratio.shown(3)),
        );
    }
    let beyond = rows.iter().filter(|row| !row.is_within);
    beyond.map(|row| format!("{}: {}", contest.name, row.name)).collect()
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual, of a listed page",
            Self::ActualOfStranger => "actual, of a stranger",
            Self::HostileMethod => "preflight, hostile method",
            Self::HostileNames => "preflight, hostile names",
            Self::HostileOrigin => "actual, hostile origin",
            Self::HostileOriginPreflight => "preflight, hostile origin",
            Self::Preflight => "preflight, of a listed page",
            Self::PreflightOfStranger => "preflight, of a stranger",
            Self::WithoutOrigin => "without Origin",
        }
    }
}
