//! As much of LLVM's export as is needed: <https://llvm.org/docs/CommandGuide/llvm-cov.html#llvm-cov-export>.

use std::{
    collections::BTreeMap,
    ops::{Range, RangeInclusive},
};

use serde_json::Value;

/// How often each line ran, by its number; lines without code are left out.
pub(crate) fn lines(file: &Value) -> Option<BTreeMap<usize, u64>> {
    let segments: Vec<_> = rows(&file["segments"])?.map(Segment::read).collect::<Option<_>>()?;
    let mut lines = BTreeMap::new();
    let mut before: Option<&Segment> = None;
    for number in span(&segments) {
        let mut here = segments.iter().filter(|segment| segment.line == number);
        let begun = here.clone().filter(|segment| segment.begins).map(|segment| segment.count);
        let lasting = before.filter(|segment| segment.counts).map(|segment| segment.count);
        if let Some(count) = begun.chain(lasting).max() {
            lines.insert(number, count);
        }
        before = here.next_back().or(before);
    }
    Some(lines)
}

fn span(segments: &[Segment]) -> RangeInclusive<usize> {
    let numbers = || segments.iter().map(|segment| segment.line);
    numbers().min().unwrap_or(1)..=numbers().max().unwrap_or(0)
}

/// A place where another count begins.
struct Segment {
    line: usize,
    count: u64,
    counts: bool,
    /// Code begins here, not the space between two statements.
    begins: bool,
}

impl Segment {
    fn read(row: &[Value]) -> Option<Self> {
        let [line, _, count, counts, begins, is_space] = row else { return None };
        let (line, counts) = (number(line)?, counts.as_bool()?);
        let begins = counts && begins.as_bool()? && !is_space.as_bool()?;
        Some(Self { line, count: count.as_u64()?, counts, begins })
    }
}

/// A condition, and how often it held and failed.
pub(crate) struct Condition {
    pub(crate) line: usize,
    /// In bytes; beyond the line's end if the condition goes on in the next.
    pub(crate) columns: Range<usize>,
    pub(crate) held: u64,
    pub(crate) failed: u64,
}

/// The conditions in their order, each once: a generic function's instances are added up.
pub(crate) fn conditions(file: &Value) -> Option<Vec<Condition>> {
    let mut counts = BTreeMap::new();
    for row in rows(&file["branches"])? {
        let [line, column, end_line, end_column, held, failed, ..] = row else { return None };
        let (line, end_line) = (number(line)?, number(end_line)?);
        let end = if line == end_line { number(end_column)? - 1 } else { usize::MAX };
        let (all_held, all_failed) =
            counts.entry((line, number(column)? - 1, end)).or_insert((0, 0));
        *all_held += held.as_u64()?;
        *all_failed += failed.as_u64()?;
    }
    let conditions = counts.into_iter().map(|((line, start, end), (held, failed))| Condition {
        line,
        columns: start..end,
        held,
        failed,
    });
    Some(conditions.collect())
}

fn rows(table: &Value) -> Option<impl Iterator<Item = &[Value]>> {
    Some(table.as_array()?.iter().filter_map(|row| Some(row.as_array()?.as_slice())))
}

fn number(value: &Value) -> Option<usize> {
    value.as_u64()?.try_into().ok()
}
