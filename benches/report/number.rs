use crate::results::Quartiles;

/// With commas between thousands.
pub(crate) fn grouped(value: f64, digits: usize) -> String {
    let plain = format!("{:.digits$}", value.abs());
    let (whole, fraction) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let is_zero = plain.bytes().all(|byte| byte == b'0' || byte == b'.');
    let mut text = String::from(if value < 0.0 && !is_zero { "−" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}

/// Without a fraction where there is none to speak of.
pub(crate) fn count(value: f64) -> String {
    grouped(value, usize::from((value - value.round()).abs() >= 0.05))
}

/// How many times `of` a value is; nothing where that would not mean anything.
pub(crate) fn times(value: f64, of: f64) -> Option<String> {
    let ratio = value / of;
    match ratio {
        _ if of <= 0.0 || value < 0.0 => None,
        _ if ratio > 0.0 && ratio < 0.005 => Some("< 0.01".to_owned()),
        _ => Some(grouped(ratio, 2)),
    }
}

/// A median with its quartiles.
pub(crate) fn spread(Quartiles { low, median, high }: Quartiles, digits: usize) -> String {
    let [low, median, high] = [low, median, high].map(|value| grouped(value, digits));
    format!("{median} ({low}–{high})")
}

/// Seconds in the unit that suits them.
pub(crate) fn duration(seconds: f64) -> String {
    let (value, unit) = match seconds {
        _ if seconds >= 1.0 => (seconds, "s"),
        _ if seconds >= 1e-3 => (seconds * 1e3, "ms"),
        _ => (seconds * 1e6, "µs"),
    };
    format!("{} {unit}", grouped(value, if value < 10.0 { 2 } else { usize::from(value < 100.0) }))
}
