use crate::{
    number::{count, duration, grouped, spread, times},
    page::Values,
    results::{Counts, EndToEnd, Quartiles, Results, Row, Timings},
    table::Table,
};

/// All that the page's placeholders stand for and that there are results for.
pub(crate) fn values(results: &Results) -> Values {
    let mut values = Values::new();
    if let Some(counts) = &results.instructions {
        values.insert("instructions.date", counts.date.clone());
        values.insert("instructions.cloned", instructions(counts).to_string());
        values.insert("instructions.kept", instructions_kept(counts).to_string());
    }
    if let Some(counts) = &results.allocations {
        values.insert("allocations.date", counts.date.clone());
        values.insert("allocations", allocations(counts).to_string());
        values.insert("memory", memory(counts).to_string());
    }
    if let Some(timings) = &results.time {
        values.insert("time.date", timings.date.clone());
        values.insert("time", time(timings).to_string());
        values.insert("compile", compile(timings).to_string());
    }
    if let (Some(on), Some(off)) = (&results.tracing, &results.instructions) {
        values.insert("tracing.date", on.date.clone());
        values.insert("tracing", tracing(on, off).to_string());
    }
    if let Some(measured) = &results.end_to_end {
        values.insert("e2e.date", measured.date.clone());
        values.insert("e2e.rounds", measured.rounds.to_string());
        values.insert("e2e.seconds", count(measured.seconds));
        values.insert("e2e", end_to_end(measured).to_string());
    }
    values
}

fn instructions(counts: &Counts) -> Table {
    let mut table = Table::new(&[
        "service cloned",
        "inner",
        "floor",
        "tower-cors",
        "x floor",
        "tower-http",
        "x tower-http",
        "hyper-cors",
        "actix-cors",
    ]);
    for scenario in counts.scenarios() {
        let inner = counts.raw(scenario, "inner", "cloned");
        let others = ["hyper-cors", "actix-cors"].map(|it| counts.over(scenario, it, "cloned"));
        let numbers = [whole(inner)].into_iter().chain(compared(counts, scenario, "cloned"));
        table.row(scenario, numbers.chain(others.map(whole)));
    }
    table
}

fn instructions_kept(counts: &Counts) -> Table {
    let mut table = Table::new(&[
        "service kept",
        "floor",
        "tower-cors",
        "x floor",
        "tower-http",
        "x tower-http",
    ]);
    for scenario in counts.scenarios() {
        table.row(scenario, compared(counts, scenario, "kept"));
    }
    table
}

/// The floor, tower-cors and its ratio to the floor, tower-http and the ratio to that.
fn compared(counts: &Counts, scenario: &str, service: &str) -> [Option<String>; 5] {
    let [floor, ours, theirs] =
        ["floor", "tower-cors", "tower-http"].map(|it| counts.over(scenario, it, service));
    let ratio = |of: Option<f64>| times(ours?, of?);
    [whole(floor), whole(ours), ratio(floor), whole(theirs), ratio(theirs)]
}

fn whole(value: Option<f64>) -> Option<String> {
    value.map(|value| grouped(value, 0))
}

fn allocations(counts: &Counts) -> Table {
    const SHOWN: [&str; 5] = ["floor", "tower-cors", "tower-http", "hyper-cors", "actix-cors"];
    let mut table = Table::new(&[&["service cloned"], &SHOWN[..]].concat());
    for scenario in counts.scenarios() {
        table.row(scenario, SHOWN.map(|it| counts.over(scenario, it, "cloned").map(count)));
    }
    table
}

fn time(timings: &Timings) -> Table {
    const SHOWN: [&str; 5] = ["floor", "tower-cors", "tower-http", "hyper-cors", "actix-cors"];
    let mut table = Table::new(&[&["service cloned, ns", "inner"], &SHOWN[..]].concat());
    for scenario in timings.scenarios() {
        let inner = timings.raw(scenario, "inner");
        let over = SHOWN.map(|it| timings.over(scenario, it));
        table.row(scenario, [inner].into_iter().chain(over).map(|nanos| nanos.map(nanoseconds)));
    }
    table
}

fn nanoseconds(nanos: Quartiles) -> String {
    spread(nanos, usize::from(nanos.median.abs() < 100.0))
}

fn tracing(on: &Counts, off: &Counts) -> Table {
    let mut table = Table::new(&["tower-cors, service cloned", "off", "on", "more"]);
    for scenario in on.scenarios() {
        let [without, with] = [off, on].map(|it| it.over(scenario, "tower-cors", "cloned"));
        let more = without.zip(with).filter(|(without, _)| *without > 0.0);
        let percent = |(without, with): (f64, f64)| (with / without - 1.0) * 100.0;
        let more = more.map(|both| format!("{}%", grouped(percent(both), 1)));
        table.row(scenario, [whole(without), whole(with), more]);
    }
    table
}

fn memory(counts: &Counts) -> Table {
    let mut table = Table::new(&["origins", "bytes for each origin, beyond its text"]);
    for row in &counts.memory {
        table.row(&grouped(row.origins as f64, 0), [Some(grouped(row.bytes_per_origin, 1))]);
    }
    table
}

fn compile(timings: &Timings) -> Table {
    let mut table = Table::new(&["origins", "time to build the layer"]);
    for row in &timings.compile {
        table.row(&grouped(row.origins as f64, 0), [Some(duration(row.seconds))]);
    }
    table
}

fn end_to_end(measured: &EndToEnd) -> Table {
    let mut table =
        Table::new(&["server", "origins", "CPU time, µs", "x none", "requests/s", "x none"]);
    for Row { stack, origins, contender, cpu_micros, per_second, cpu_ratio, throughput_ratio } in
        &measured.rows
    {
        table.row(
            &format!("{stack}: {contender}"),
            [
                grouped(*origins as f64, 0),
                spread(*cpu_micros, 2),
                spread(*cpu_ratio, 3),
                spread(*per_second, 0),
                spread(*throughput_ratio, 3),
            ]
            .map(Some),
        );
    }
    table
}
