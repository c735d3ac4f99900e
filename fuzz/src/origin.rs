//! An input is a list of patterns, one on each line, and an origin on the last.

use std::collections::BTreeSet;

use tower_cors::{OriginPattern, OriginSet};

use crate::{lines::lines, twin};

/// The set matches as a matcher does that looks at one pattern after the other.
///
/// # Panics
///
/// If it does not.
pub fn check(data: &[u8]) {
    let mut lines = lines(data);
    let origin = lines.next_back().unwrap_or_default();
    let texts = lines.filter_map(|line| std::str::from_utf8(line).ok());
    let patterns: Vec<OriginPattern> = texts.filter_map(|text| text.parse().ok()).collect();
    let twins: Vec<_> = patterns.iter().map(|p| twin::Pattern::split(p.as_str())).collect();

    let set: OriginSet = patterns.iter().cloned().collect();
    let expected = twin::matches(&twins, origin);
    assert_eq!(set.contains(origin), expected, "{patterns:?} and {}", origin.escape_ascii());
    let distinct = patterns.iter().map(OriginPattern::as_str).collect::<BTreeSet<_>>();
    assert_eq!(set.len(), distinct.len(), "{patterns:?}");
}
