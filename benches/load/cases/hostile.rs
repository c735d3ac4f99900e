use http::{
    HeaderValue, Method,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};

use super::corpus::{self, Row};
use crate::{
    case::{Asker, Case, Kind},
    policy::Page,
};

/// A megabyte is sent as eight kilobytes, which servers take in one head.
const DIVISOR: usize = 128;
/// HTTP/2 counts 32 bytes for each line, and servers have a limit for all of them.
const LONGEST: usize = 10 * 1024;
const FOR_EACH_LINE: usize = 32;
const MOST_LINES: usize = 60;
/// The policies whose patterns are here, too.
const VICTIMS: [&str; 3] = ["any-port", "exact", "wildcard"];

/// The hostile values of the tests, as requests.
pub(crate) struct Hostile {
    pub(crate) cases: Vec<Case>,
    /// How many rows HTTP does not carry as they are, or servers do not take.
    pub(crate) left_out: usize,
}

pub(crate) fn hostile() -> Hostile {
    let mut hostile = Hostile { cases: Vec::new(), left_out: 0 };
    let is_made_for_these = |row: &Row| VICTIMS.contains(&row.victim);
    for row in corpus::origins().into_iter().filter(is_made_for_these) {
        hostile.add(&row, of_origin);
    }
    for row in corpus::methods() {
        hostile.add(&row, |row, values| vec![of_method(row, values)]);
    }
    for row in corpus::headers() {
        hostile.add(&row, |row, values| vec![of_names(row, values)]);
    }
    hostile
}

impl Hostile {
    fn add(&mut self, row: &Row, cases: fn(&Row, Vec<HeaderValue>) -> Vec<Case>) {
        match sendable(&row.scaled(DIVISOR)) {
            Some(values) => self.cases.extend(cases(row, values)),
            None => self.left_out += 1,
        }
    }
}

/// The values, unless they would arrive as others or not at all.
fn sendable(lines: &[Vec<u8>]) -> Option<Vec<HeaderValue>> {
    let is_trimmed = |line: &Vec<u8>| line.trim_ascii().len() != line.len();
    let size: usize = lines.iter().map(|line| line.len() + FOR_EACH_LINE).sum();
    if lines.len() > MOST_LINES || size > LONGEST || lines.iter().any(is_trimmed) {
        return None;
    }
    lines.iter().map(|line| HeaderValue::from_bytes(line).ok()).collect()
}

fn of_origin(row: &Row, values: Vec<HeaderValue>) -> Vec<Case> {
    let actual = Case::new(row.name, Kind::HostileOrigin, Asker::Stranger, Method::GET);
    let preflight =
        Case::new(row.name, Kind::HostileOriginPreflight, Asker::Stranger, Method::OPTIONS)
            .with(ACCESS_CONTROL_REQUEST_METHOD, "PUT")
            .with(ACCESS_CONTROL_REQUEST_HEADERS, "content-type");
    vec![actual.with_lines(&ORIGIN, values.clone()), preflight.with_lines(&ORIGIN, values)]
}

fn of_method(row: &Row, values: Vec<HeaderValue>) -> Case {
    of_app(row, Kind::HostileMethod).with_lines(&ACCESS_CONTROL_REQUEST_METHOD, values)
}

fn of_names(row: &Row, values: Vec<HeaderValue>) -> Case {
    of_app(row, Kind::HostileNames)
        .with(ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .with_lines(&ACCESS_CONTROL_REQUEST_HEADERS, values)
}

fn of_app(row: &Row, kind: Kind) -> Case {
    Case::new(row.name, kind, Asker::Page(Page::App), Method::OPTIONS)
        .with(ORIGIN, Page::App.origin())
}
