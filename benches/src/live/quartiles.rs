use serde::Serialize;

/// The middle of some numbers, and their lower and upper quartile.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Quartiles {
    /// The lower quartile.
    pub low: f64,
    /// The middle.
    pub median: f64,
    /// The upper quartile.
    pub high: f64,
}

impl Quartiles {
    /// Those of at least one number.
    #[must_use]
    pub fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = numbers.collect();
        sorted.sort_by(f64::total_cmp);
        let [low, median, high] = [0.25, 0.5, 0.75].map(|part| quantile(&sorted, part));
        Self { low, median, high }
    }

    /// As text with so many digits behind the point: `1.00 (0.98–1.03)`.
    #[must_use]
    pub fn shown(self, digits: usize) -> String {
        let Self { low, median, high } = self;
        format!("{median:.digits$} ({low:.digits$}–{high:.digits$})")
    }
}

/// Between two numbers, what is as far from both as `part` says.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let position = part * (sorted.len() - 1) as f64;
    let [below, above] = [position.floor(), position.ceil()].map(|at| sorted[at as usize]);
    below + (above - below) * position.fract()
}
