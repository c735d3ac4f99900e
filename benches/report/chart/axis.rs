/// Where values are between two places, in pixels.
pub(super) struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    is_logarithmic: bool,
}

/// The part of the values that an axis shows whole, however far apart they are.
const SHOWN_WHOLE: f64 = 0.8;

impl Axis {
    /// Equal distances are equal factors.
    pub(super) fn logarithmic(low: f64, high: f64, from: f64, to: f64) -> Self {
        Self { low: low.log10(), high: high.log10(), from, to, is_logarithmic: true }
    }

    /// Begins at `low`, or at zero if that is less, and ends where the values do, but for those far
    /// beyond the others.
    pub(super) fn cut(low: f64, values: &[f64], from: f64, to: f64) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let most = sorted[((sorted.len() - 1) as f64 * SHOWN_WHOLE) as usize].max(1.0);
        let end = sorted.into_iter().filter(|value| *value <= 2.0 * most).fold(most, f64::max);
        let step = step(end);
        let low = (low.min(0.0) / step).floor() * step;
        Self { low, high: (end / step).ceil() * step, from, to, is_logarithmic: false }
    }

    /// Where a value is, or the end of the axis that it is beyond.
    pub(super) fn at(&self, value: f64) -> f64 {
        let value = if self.is_logarithmic { value.log10() } else { value };
        let part = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        self.from + part * (self.to - self.from)
    }

    pub(super) fn is_cut(&self, value: f64) -> bool {
        value > self.high
    }

    /// Round values from end to end.
    pub(super) fn ticks(&self) -> Vec<f64> {
        if self.is_logarithmic {
            let decades = self.low.ceil() as i32..=self.high.floor() as i32;
            return decades.map(|decade| 10_f64.powi(decade)).collect();
        }
        let step = step(self.high);
        let count = ((self.high - self.low) / step).round() as usize;
        (0..=count).map(|nth| self.low + nth as f64 * step).collect()
    }
}

/// A round number of which about five make `length`.
fn step(length: f64) -> f64 {
    let decade = 10_f64.powf((length / 5.0).log10().floor());
    let round = [1.0, 2.0, 5.0].map(|factor| factor * decade);
    round.into_iter().find(|step| length / step <= 5.0).unwrap_or(10.0 * decade)
}
