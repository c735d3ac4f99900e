//! What the guide says.

use std::collections::BTreeSet;

const GUIDE: &str = include_str!("../../docs/where-to-put-the-layer.md");

const TROUBLESHOOTING: &str = include_str!("../../docs/troubleshooting.md");

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

/// There a test holds them to what Chromium says.
#[test]
fn its_words_are_those_of_the_console() {
    let page = TROUBLESHOOTING.replace("\\*", "*");
    let quoted: String = page.lines().filter(|line| line.starts_with("| ")).collect();
    for (name, symptom) in rows() {
        let (_, words) = symptom.split_once(": ").expect("a status, and what the console says");
        assert!(quoted.contains(words), "{name}: {words}");
    }
}
