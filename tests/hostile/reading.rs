//! What readers make of a value before they compare it.

/// Up to the first byte that is not visible ASCII.
pub(crate) fn cut(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_graphic()).unwrap_or(text.len());
    &text[..end]
}

/// Percent signs and the like decoded, as Latin-1.
pub(crate) fn decoded(text: &str) -> String {
    let text = text.replace("&#46;", ".").replace("\\u002e", ".").replace("=2E", ".");
    let mut decoded = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let code = (c == '%').then(|| rest.as_str().get(..2)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(char::from(byte));
                rest = rest.as_str()[2..].chars();
            }
            None => decoded.push(c),
        }
    }
    decoded.trim_end_matches(['%', '2']).to_owned()
}

pub(crate) fn ignoring_case(text: &str) -> String {
    text.to_uppercase().to_lowercase()
}

/// The origin of what a tolerant URL parser makes of it.
pub(crate) fn lenient(text: &str) -> String {
    let text = text.trim().replace('\\', "/").replace(['\t', '\n', '\r'], "").to_lowercase();
    let text =
        text.rsplit_once(":https:").map_or(text.clone(), |(_, rest)| format!("https:{rest}"));
    let text =
        text.strip_prefix("https://https").map_or(text.clone(), |rest| format!("https{rest}"));
    let (scheme, rest) = text.split_once(':').unwrap_or(("https", &text));
    let (scheme, rest) =
        if rest.bytes().next().is_some_and(|b| b.is_ascii_digit()) && !rest.contains('/') {
            ("https", text.as_str())
        } else {
            (scheme, rest)
        };
    let rest = rest.trim_start_matches('/');
    let authority = rest.split(['/', '?', '#', '!']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    let port = port.trim_start_matches(['0', '+']).trim();
    let default = if scheme == "http" { "80" } else { "443" };
    let port = if port.is_empty() || port == default { String::new() } else { format!(":{port}") };
    format!("{scheme}://{}{port}", host.trim_end_matches('.'))
}

/// Seven bits of each byte.
pub(crate) fn narrowed(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(byte & 0x7f)).collect()
}

/// Mapped as host names with Unicode are, as far as the rows need it.
pub(crate) fn normalized(text: &str) -> String {
    let map = |c: char| match u32::from(c) {
        0xad | 0x200b..=0x200d | 0x2060 | 0xfe0f | 0xfeff | 0x308 => None,
        0x3002 | 0xff61 => Some('.'),
        0xff01..=0xff5e => char::from_u32(u32::from(c) - 0xfee0),
        0x24d0..=0x24e9 => char::from_u32(u32::from(c) - 0x24d0 + 0x61),
        0x2460..=0x2468 => char::from_u32(u32::from(c) - 0x2460 + 0x31),
        0x1d41a..=0x1d433 => char::from_u32(u32::from(c) - 0x1d41a + 0x61),
        0x660..=0x669 => char::from_u32(u32::from(c) - 0x660 + 0x30),
        0x2044 | 0x2215 => Some('/'),
        _ => Some(c),
    };
    text.chars().filter_map(map).collect()
}

/// What it looks like.
pub(crate) fn skeleton(text: &str) -> String {
    let (text, port) = match text.rfind(':').filter(|at| !text[*at..].starts_with("://")) {
        Some(colon) => text.split_at(colon),
        None => (text, ""),
    };
    let decode = |label: &str| match label.split("://").collect::<Vec<_>>()[..] {
        [scheme, host] => format!("{scheme}://{}", shown(host)),
        _ => shown(label),
    };
    let shown = text.split('.').map(decode).collect::<Vec<_>>().join(".");
    let plain = |c: char| match c {
        'а' | 'α' | 'ɑ' | 'ạ' => 'a',
        'е' | 'é' => 'e',
        'о' | 'ο' | '0' => 'o',
        'р' => 'p',
        'Р' => 'P',
        'с' => 'c',
        'ѕ' => 's',
        'х' => 'x',
        'ⅼ' | '1' => 'l',
        c => c,
    };
    shown.chars().map(plain).collect::<String>().replace("rn", "m").replace("vv", "w") + port
}

/// A label as browsers may show it.
fn shown(label: &str) -> String {
    label.strip_prefix("xn--").and_then(punycode).unwrap_or_else(|| label.to_owned())
}

/// <https://www.rfc-editor.org/rfc/rfc3492#section-6.2>
fn punycode(text: &str) -> Option<String> {
    let (plain, digits) = text.rsplit_once('-').unwrap_or(("", text));
    let mut output: Vec<char> = plain.chars().collect();
    let (mut code, mut at, mut bias) = (128u32, 0u32, 72u32);
    let mut digits = digits.bytes().peekable();
    while digits.peek().is_some() {
        let (start, mut weight, mut base) = (at, 1u32, 36u32);
        loop {
            let digit = match digits.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = base.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            base += 36;
        }
        let len = u32::try_from(output.len()).ok()? + 1;
        bias = adapted(at - start, len, start == 0);
        code = code.checked_add(at / len)?;
        at %= len;
        output.insert(at as usize, char::from_u32(code)?);
        at += 1;
    }
    Some(output.into_iter().collect())
}

fn adapted(delta: u32, len: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / len;
    let mut bias = 0;
    while delta > 455 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

/// Without what no host has.
pub(crate) fn stripped(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || "-._:/[]".contains(*c)).collect()
}

pub(crate) fn trimmed(text: &str) -> String {
    let is_rest =
        |c: char| c.is_whitespace() || c.is_control() || "/.,;:'\"<>()\\?#\u{feff}".contains(c);
    text.trim_matches(is_rest).to_owned()
}
