use crate::{plan::Plan, report::Row};

/// Prints what the columns are.
pub(crate) fn print_head(plan: &Plan) {
    println!(
        "Rounds: {}, of {} s for each server. Shown are the median and the quartiles; ratios are \
         to `none`\nin the same round, and that of `none again` is the noise. CPU time is the \
         server's, in microseconds\nfor one request.",
        plan.rounds, plan.seconds
    );
    println!("{:<17}{:>24}{:>24}{:>26}{:>24}", "", "CPU time", "ratio", "requests/s", "ratio");
}

/// Prints a line for each contender of one comparison.
pub(crate) fn print(rows: &[Row]) {
    if let Some(Row { stack, origins, .. }) = rows.first() {
        let plural = if *origins == 1 { "" } else { "s" };
        println!("\n{stack}, {origins} origin{plural}");
    }
    for row in rows {
        println!(
            "  {:<15}{:>24}{:>24}{:>26}{:>24}",
            row.contender,
            row.cpu_micros.shown(2),
            row.cpu_ratio.shown(3),
            row.per_second.shown(0),
            row.throughput_ratio.shown(3),
        );
    }
}
