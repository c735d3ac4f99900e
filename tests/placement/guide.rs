//! What the guide says.

use std::collections::BTreeSet;

const GUIDE: &str = include_str!("../../docs/where-to-put-the-layer.md");

/// Of each row that has a symptom: its name and that.
pub(crate) fn rows() -> BTreeSet<(String, String)> {
    GUIDE.lines().filter_map(row).collect()
}

fn row(line: &str) -> Option<(String, String)> {
    let mut cells = line.strip_prefix("| ")?.split(" | ");
    let (name, symptom) = (cells.next()?, cells.next()?);
    let is_head = name.starts_with("---") || name.starts_with("what is");
    (!is_head).then(|| (name.to_owned(), symptom.to_owned()))
}
