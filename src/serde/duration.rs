use std::time::Duration;

use super::raw::{EXACT, Raw};

/// Why a value is no duration.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fault {
    Form,
    Overflow,
    Type,
}

/// Reads whole seconds, or a text such as `90s`, `10m` or `1h30m`.
pub(super) fn read(value: &Raw) -> Result<Duration, Fault> {
    let seconds = match (value, value.integer()) {
        (Raw::Text(text), _) => read_text(text)?,
        (_, Some(seconds)) if seconds < 0 => return Err(Fault::Form),
        (_, Some(seconds)) => u64::try_from(seconds).map_err(|_| Fault::Overflow)?,
        (Raw::Float(seconds), None) if *seconds >= EXACT => return Err(Fault::Overflow),
        (Raw::Float(_), None) => return Err(Fault::Form),
        _ => return Err(Fault::Type),
    };
    Ok(Duration::from_secs(seconds))
}

fn read_text(text: &str) -> Result<u64, Fault> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_err(|_| Fault::Overflow);
    }
    let (mut total, mut rest, mut is_empty) = (0_u64, text, true);
    for (unit, seconds) in [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)] {
        let Some((digits, after)) = rest.split_once(unit) else {
            continue;
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Fault::Form);
        }
        let count: u64 = digits.parse().map_err(|_| Fault::Overflow)?;
        let part = count.checked_mul(seconds).ok_or(Fault::Overflow)?;
        total = total.checked_add(part).ok_or(Fault::Overflow)?;
        (rest, is_empty) = (after, false);
    }
    if is_empty || !rest.is_empty() { Err(Fault::Form) } else { Ok(total) }
}
