use crate::{plan::Plan, quartiles::Quartiles, report::Row};

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
            shown(row.cpu_micros, 2),
            shown(row.cpu_ratio, 3),
            shown(row.per_second, 0),
            shown(row.throughput_ratio, 3),
        );
    }
}

fn shown(Quartiles { low, median, high }: Quartiles, digits: usize) -> String {
    format!("{median:.digits$} ({low:.digits$}–{high:.digits$})")
}
