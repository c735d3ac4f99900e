use serde::Serialize;

/// The middle of some numbers, and their lower and upper quartile.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Quartiles {
    pub(crate) low: f64,
    pub(crate) median: f64,
    pub(crate) high: f64,
}

impl Quartiles {
    pub(crate) fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = numbers.collect();
        sorted.sort_by(f64::total_cmp);
        let [low, median, high] = [0.25, 0.5, 0.75].map(|part| quantile(&sorted, part));
        Self { low, median, high }
    }
}

/// Between two numbers, what is as far from both as `part` says.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let position = part * (sorted.len() - 1) as f64;
    let [below, above] = [position.floor(), position.ceil()].map(|at| sorted[at as usize]);
    below + (above - below) * position.fract()
}
