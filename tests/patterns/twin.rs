//! A matcher too simple to be wrong, which looks at every pattern.

/// Whether one of these valid patterns matches the origin.
pub(crate) fn matches(patterns: &[Pattern], origin: &[u8]) -> bool {
    read_origin(origin)
        .is_some_and(|origin| patterns.iter().any(|pattern| pattern.matches(&origin)))
}

#[derive(Debug)]
pub(crate) struct Pattern {
    scheme: String,
    host: String,
    port: Option<String>,
}

struct Origin {
    scheme: String,
    host: String,
    port: Option<String>,
}

impl Pattern {
    pub(crate) fn split(text: &str) -> Self {
        let (scheme, host, port) = split(text).expect("a valid pattern has a scheme");
        Self { scheme, host, port }
    }

    fn matches(&self, origin: &Origin) -> bool {
        let is_port = self.port == origin.port || self.port.as_deref() == Some("*");
        self.scheme == origin.scheme && is_port && self.matches_host(&origin.host)
    }

    fn matches_host(&self, host: &str) -> bool {
        let Some(parent) = self.host.strip_prefix("*.") else {
            return self.host == host;
        };
        let (parent, labels): (Vec<_>, Vec<_>) =
            (parent.split('.').collect(), host.split('.').collect());
        labels.len() > parent.len() && labels.ends_with(&parent)
    }
}

fn split(text: &str) -> Option<(String, String, Option<String>)> {
    let (scheme, rest) = text.split_once("://")?;
    let host_len = if rest.starts_with('[') {
        rest.find(']')? + 1
    } else {
        rest.find(':').unwrap_or(rest.len())
    };
    let (host, port) = rest.split_at(host_len);
    let port = match port.strip_prefix(':') {
        Some(port) => Some(port.to_owned()),
        None if port.is_empty() => None,
        None => return None,
    };
    Some((scheme.into(), host.into(), port))
}

fn read_origin(origin: &[u8]) -> Option<Origin> {
    let text = std::str::from_utf8(origin).ok().filter(|text| text.len() <= 326)?;
    let (scheme, host, port) = split(text)?;
    let is_valid = is_scheme(&scheme) && is_host(&scheme, &host);
    let is_valid = is_valid && port.as_ref().is_none_or(|port| is_port(&scheme, port));
    is_valid.then_some(Origin { scheme, host, port })
}

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "0123456789";

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|first| LOWER.contains(first))
        && scheme.chars().all(|c| LOWER.contains(c) || DIGITS.contains(c) || "+-.".contains(c))
}

fn is_port(scheme: &str, port: &str) -> bool {
    let default = [("ftp", 21), ("http", 80), ("https", 443), ("ws", 80), ("wss", 443)];
    let number: u16 = port.parse().unwrap_or(0);
    number > 0 && port == number.to_string() && !default.contains(&(scheme, number))
}

fn is_host(scheme: &str, host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        return address.strip_suffix(']').is_some_and(is_ipv6);
    }
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        let is_short = !label.is_empty() && label.len() < 64;
        is_short
            && label.chars().all(|c| LOWER.contains(c) || DIGITS.contains(c) || "-_".contains(c))
    };
    let is_number = |label: &str| match label.strip_prefix("0x") {
        Some(hex) => hex.chars().all(|c| c.is_ascii_hexdigit()),
        None => label.chars().all(|c| DIGITS.contains(c)),
    };
    let ends_in_number =
        is_number(labels[labels.len() - 1]) && (scheme == "http" || scheme == "https");
    let is_byte = |label: &&str| (0..=255).any(|byte| byte.to_string() == **label);
    host.len() < 254
        && labels.iter().all(is_label)
        && (!ends_in_number || (labels.len() == 4 && labels.iter().all(is_byte)))
}

/// Writes every address that the text could stand for, and compares.
fn is_ipv6(text: &str) -> bool {
    let groups: Option<Vec<u16>> = match text.split_once("::") {
        None => read_groups(text),
        Some((high, low)) => read_groups(high).zip(read_groups(low)).map(|(high, low)| {
            let zeros = 8_usize.saturating_sub(high.len() + low.len());
            [high, vec![0; zeros], low].concat()
        }),
    };
    groups.is_some_and(|groups| groups.len() == 8 && write_ipv6(&groups) == text)
}

fn read_groups(text: &str) -> Option<Vec<u16>> {
    let groups = text.split(':').filter(|_| !text.is_empty());
    groups.map(|group| u16::from_str_radix(group, 16).ok()).collect()
}

/// Leaves out the first of the longest runs of two zeros or more.
fn write_ipv6(groups: &[u16]) -> String {
    let write = |groups: &[u16]| {
        groups.iter().map(|group| format!("{group:x}")).collect::<Vec<_>>().join(":")
    };
    for len in (2..=groups.len()).rev() {
        for start in 0..=groups.len() - len {
            let end = start + len;
            if groups[start..end].iter().all(|group| *group == 0) {
                return format!("{}::{}", write(&groups[..start]), write(&groups[end..]));
            }
        }
    }
    write(groups)
}
