//! The tables: rows of columns between tabs, under a line that names them.

use std::collections::BTreeMap;

/// Counts below this are not scaled: they are about a bound, not about a size.
const LARGE: usize = 50_000;

/// A hostile value.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) written: &'static str,
    /// The policy that it is made for.
    pub(crate) victim: &'static str,
    /// What the layer makes of it: a denial's code for an origin, a form for a method or names.
    pub(crate) kind: &'static str,
    /// The naive matchers that take it for allowed.
    pub(crate) fools: Vec<&'static str>,
    pub(crate) danger: &'static str,
    pub(crate) reference: &'static str,
}

pub(crate) fn origins() -> Vec<Row> {
    rows(include_str!("origins.tsv"), "denial")
}

pub(crate) fn methods() -> Vec<Row> {
    rows(include_str!("methods.tsv"), "form")
}

pub(crate) fn headers() -> Vec<Row> {
    rows(include_str!("headers.tsv"), "form")
}

/// The addresses of what the rows stand for, by their keys.
pub(crate) fn references() -> BTreeMap<&'static str, &'static str> {
    let table = records(include_str!("references.tsv"), &["key", "address", "title"]);
    table.into_iter().map(|record| (record[0], record[1])).collect()
}

fn rows(table: &'static str, kind: &str) -> Vec<Row> {
    let columns = ["name", "value", "victim", kind, "fools", "danger", "reference"];
    let row = |record: Vec<&'static str>| Row {
        name: record[0],
        written: record[1],
        victim: record[2],
        kind: record[3],
        fools: record[4].split_whitespace().collect(),
        danger: record[5],
        reference: record[6],
    };
    records(table, &columns).into_iter().map(row).collect()
}

fn records(table: &'static str, columns: &[&str]) -> Vec<Vec<&'static str>> {
    let mut lines = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    assert_eq!(lines.next().expect("a table has a head"), columns);
    let records: Vec<_> = lines.collect();
    for record in &records {
        assert_eq!(record.len(), columns.len(), "{record:?}");
    }
    records
}

impl Row {
    /// The lines of the header.
    pub(crate) fn lines(&self) -> Vec<Vec<u8>> {
        self.scaled(1)
    }

    /// The lines with each large count divided.
    pub(crate) fn scaled(&self, divisor: usize) -> Vec<Vec<u8>> {
        let mut lines = vec![vec![]];
        let rest = read(self.written.as_bytes(), divisor, &mut lines);
        assert!(rest.is_empty(), "{}: a parenthesis is not opened", self.name);
        lines
    }

    /// Whether a count is divided.
    pub(crate) fn is_large(&self) -> bool {
        let counts = self.written.split('*').filter_map(|text| text.split(')').next());
        counts.filter_map(|count| count.parse().ok()).any(|count: usize| count >= LARGE)
    }
}

/// Reads `\\`, `\xNN`, `\n` (the next line) and `\(text*count)` until the end or the closing of a
/// parenthesis, and returns what is left behind it.
fn read<'a>(mut text: &'a [u8], divisor: usize, lines: &mut Vec<Vec<u8>>) -> &'a [u8] {
    loop {
        text = match text {
            [] | [b'*', b'0'..=b'9', ..] if closes(text) => return text,
            [b'\\', b'\\', rest @ ..] => push(lines, b'\\', rest),
            [b'\\', b'x', high, low, rest @ ..] => push(lines, byte(*high, *low), rest),
            [b'\\', b'n', rest @ ..] => {
                lines.push(vec![]);
                rest
            }
            [b'\\', b'(', rest @ ..] => repeat(rest, divisor, lines),
            [b'\\', ..] => panic!("{}", text.escape_ascii()),
            [byte, rest @ ..] => push(lines, *byte, rest),
            [] => return text,
        };
    }
}

/// Whether a count and a closing parenthesis follow, or nothing does.
fn closes(text: &[u8]) -> bool {
    let digits = text.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
    text.is_empty() || text.get(1 + digits) == Some(&b')')
}

fn push<'a>(lines: &mut [Vec<u8>], byte: u8, rest: &'a [u8]) -> &'a [u8] {
    lines.last_mut().expect("there is always a line").push(byte);
    rest
}

fn byte(high: u8, low: u8) -> u8 {
    let digit = |byte: u8| char::from(byte).to_digit(16).expect("a hexadecimal digit");
    u8::try_from(digit(high) * 16 + digit(low)).expect("two digits fit")
}

fn repeat<'a>(text: &'a [u8], divisor: usize, lines: &mut Vec<Vec<u8>>) -> &'a [u8] {
    let mut inner = vec![vec![]];
    let rest = read(text, divisor, &mut inner);
    let end = rest.iter().position(|byte| *byte == b')').expect("a parenthesis is closed");
    let count = std::str::from_utf8(&rest[1..end]).expect("digits are ASCII");
    let count: usize = count.parse().expect("a count");
    let count = if count < LARGE { count } else { count / divisor };
    if let [line] = &inner[..] {
        lines.last_mut().expect("there is always a line").extend(line.repeat(count));
    } else {
        for _ in 0..count {
            lines.last_mut().expect("there is always a line").extend(&inner[0]);
            lines.extend_from_slice(&inner[1..]);
        }
    }
    &rest[end + 1..]
}

#[test]
fn escapes_are_read() {
    let lines = |written| {
        let row = Row {
            name: "",
            written,
            victim: "",
            kind: "",
            fools: vec![],
            danger: "",
            reference: "",
        };
        row.scaled(10)
    };
    assert_eq!(lines(""), [b""]);
    assert_eq!(lines(r"a\\\x5c\x0a"), [b"a\\\\\n"]);
    assert_eq!(lines(r"a\n\nb"), [&b"a"[..], b"", b"b"]);
    assert_eq!(lines(r"(*)\(ab*3)*1"), [b"(*)ababab*1"]);
    assert_eq!(lines(r"\(\(a*2)\n*2)b"), [&b"aa"[..], b"aa", b"b"]);
    assert_eq!(lines(r"\(a*50000)"), ["a".repeat(5_000).as_bytes()]);
}
