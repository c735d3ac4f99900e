//! Matchers as people write them. Each allows what a policy lists, and some hostile row as well.

use std::str;

use crate::{
    hosts::{address, host_of, is_loopback, site, wrapped_port},
    pattern::{Pattern, Port},
    reading::{
        cut, decoded, ignoring_case, lenient, narrowed, normalized, skeleton, stripped, trimmed,
    },
};

/// A header as a matcher gets to see it.
pub(crate) struct Value {
    lines: Vec<Vec<u8>>,
    /// All lines as one, the way that most frameworks show them.
    text: String,
}

/// Whether a matcher takes a header for what the pattern allows.
pub(crate) type Matcher = fn(&Pattern, &Value) -> bool;

/// Of origins, methods and header names.
pub(crate) const MATCHERS: &[(&str, Matcher)] = &[
    ("allocating-for-each", |_, value| value.text.matches(',').count() >= 250),
    ("apex", is_apex),
    ("backtracking", |_, value| longest_run(&value.text) >= 1_000),
    ("by-eye", looks_the_same),
    ("contained", |pattern, value| pattern.text.contains(&value.text)),
    ("contains", |pattern, value| value.text.contains(pattern.host)),
    ("cutting", |pattern, value| pattern.is(cut(&value.text))),
    ("decoding", is_decoded),
    ("dot-unescaped", is_unescaped),
    ("first-line", |pattern, value| is_line(pattern, value, value.lines.first())),
    ("folding-case", |pattern, value| ignoring_case(pattern.text) == ignoring_case(&value.text)),
    ("host-only", is_host),
    ("last-line", |pattern, value| is_line(pattern, value, value.lines.last())),
    ("lenient-url", |pattern, value| pattern.is(&lenient(&value.text))),
    ("loopback", |p, value| is_loopback(p.host) && is_loopback(host_of(&value.text))),
    ("narrowing", |pattern, value| is_read(pattern, &narrowed(&value.lines.join(&b","[..])))),
    ("normalizing", |pattern, value| is_read(pattern, &normalized(&value.text))),
    ("null", |_, value| value.text.to_lowercase().contains("null")),
    ("numeric", is_address),
    ("port-unchecked", has_any_port),
    ("prefix", |p, value| !p.has_subdomains && value.text.starts_with(&p.plain())),
    ("same-site", is_same_site),
    ("splitting", is_in_list),
    ("stripping", |pattern, value| pattern.is(&stripped(&value.text))),
    ("suffix", ends_with_host),
    ("trimming", |pattern, value| pattern.is(&trimmed(&value.text))),
    ("unanchored", is_found),
    ("unescaped", |_, value| value.text.contains(SPECIAL)),
    ("wrapping-port", has_wrapped_port),
    // Named by those that fool no other.
    ("reflecting", |_, _| true),
];

/// What means something to whoever shows, logs or asks without escaping.
const SPECIAL: [char; 13] =
    ['<', '\n', '\r', '\u{1b}', '=', '"', '%', '$', '{', '\u{202e}', '\'', '[', ')'];

impl Value {
    pub(crate) fn new(lines: Vec<Vec<u8>>) -> Self {
        let text = String::from_utf8_lossy(&lines.join(&b", "[..])).into_owned();
        Self { lines, text }
    }
}

fn is_apex(pattern: &Pattern, value: &Value) -> bool {
    let apex = [pattern.scheme, pattern.host].concat();
    pattern.has_subdomains && pattern.without_port(&value.text) == Some(&apex)
}

/// What makes a pattern with repetitions try again and again.
fn longest_run(text: &str) -> usize {
    let is_repeated = |c: char| matches!(c, ' ' | '\t' | '-' | 'a' | '.');
    text.split(|c| !is_repeated(c)).map(str::len).max().unwrap_or(0)
}

fn looks_the_same(pattern: &Pattern, value: &Value) -> bool {
    let seen = skeleton(&value.text);
    pattern.is(&seen) || skeleton(pattern.text) == seen
}

fn is_decoded(pattern: &Pattern, value: &Value) -> bool {
    let once = decoded(&value.text);
    is_read(pattern, &once) || is_read(pattern, &decoded(&once))
}

/// As it is, cut off, or as a URL.
fn is_read(pattern: &Pattern, text: &str) -> bool {
    pattern.is(text) || pattern.is(cut(text)) || pattern.is(&lenient(text))
}

fn is_unescaped(pattern: &Pattern, value: &Value) -> bool {
    let text = match pattern.port {
        Port::Any => pattern.without_port(&value.text).unwrap_or(&value.text),
        Port::Fixed(_) => &value.text,
    };
    if !pattern.has_subdomains {
        return is_any_for_dot(pattern.plain().as_bytes(), text.as_bytes());
    }
    let end = format!(".{}{}", pattern.host, pattern.fixed_port());
    let at = text.len().saturating_sub(end.len());
    let has_label = text.starts_with(pattern.scheme) && at > pattern.scheme.len();
    has_label && is_any_for_dot(end.as_bytes(), &text.as_bytes()[at..])
}

fn is_any_for_dot(pattern: &[u8], value: &[u8]) -> bool {
    let fits = |(expected, byte): (&u8, &u8)| *expected == b'.' || expected == byte;
    pattern.len() == value.len() && pattern.iter().zip(value).all(fits)
}

fn is_line(pattern: &Pattern, value: &Value, line: Option<&Vec<u8>>) -> bool {
    let line = line.and_then(|line| str::from_utf8(line).ok());
    value.lines.len() > 1 && line.is_some_and(|line| pattern.is(line))
}

fn is_host(pattern: &Pattern, value: &Value) -> bool {
    let host = host_of(&value.text);
    let is_below = || host.strip_suffix(pattern.host).is_some_and(|below| below.ends_with('.'));
    host == pattern.host || (pattern.has_subdomains && is_below())
}

fn is_address(pattern: &Pattern, value: &Value) -> bool {
    let own = address(pattern.host);
    own.is_some() && own == address(host_of(&value.text))
}

fn has_any_port(pattern: &Pattern, value: &Value) -> bool {
    let text = value.text.strip_prefix(pattern.scheme);
    let port = text.and_then(|text| text.strip_prefix(pattern.host));
    pattern.port == Port::Any && port.is_some_and(|port| port.starts_with(':'))
}

fn is_same_site(pattern: &Pattern, value: &Value) -> bool {
    let own = site(pattern.host);
    own.is_some() && own == site(host_of(&value.text))
}

fn is_in_list(pattern: &Pattern, value: &Value) -> bool {
    value.text.split([',', ' ', ';', '|', '\t', '\n', '\r']).any(|part| pattern.is(part))
}

fn ends_with_host(pattern: &Pattern, value: &Value) -> bool {
    pattern.without_port(&value.text).is_some_and(|text| text.ends_with(pattern.host))
}

/// Searched for, not compared.
fn is_found(pattern: &Pattern, value: &Value) -> bool {
    if pattern.has_subdomains {
        let end = [".", pattern.host].concat();
        value.text.starts_with(pattern.scheme) && value.text.contains(&end)
    } else {
        value.text.contains(&pattern.plain())
    }
}

fn has_wrapped_port(pattern: &Pattern, value: &Value) -> bool {
    let own = wrapped_port(pattern.text);
    own.is_some() && host_of(&value.text) == pattern.host && own == wrapped_port(&value.text)
}
