//! The set as a value.

use http::HeaderValue;
use tower_cors::{OriginPattern, OriginSet};

use crate::{pattern, set};

const PATTERNS: [&str; 6] = [
    "https://example.com",
    "https://*.example.com",
    "https://*.example.com:*",
    "https://example.com:*",
    "http://*.example.com",
    "tauri://localhost",
];

#[test]
fn an_empty_set_matches_nothing() {
    for empty in [OriginSet::default(), set([])] {
        assert_eq!(empty.len(), 0);
        assert!(empty.is_empty());
        assert!(!empty.contains("https://example.com"));
        assert!(!empty.contains(""));
        assert_eq!(format!("{empty:?}"), "{}");
    }
}

#[test]
fn a_set_holds_each_pattern_once() {
    let once = set(PATTERNS);
    assert_eq!(once.len(), PATTERNS.len());
    assert!(!once.is_empty());
    let twice = set([PATTERNS, PATTERNS].concat());
    assert_eq!(twice.len(), PATTERNS.len());
    for origin in ["https://example.com", "https://a.example.com:1", "tauri://localhost"] {
        assert!(once.contains(origin) && twice.contains(origin), "{origin}");
    }
}

#[test]
fn covered_patterns_stay_different_ones() {
    assert_eq!(set(["https://*.example.com", "https://app.example.com"]).len(), 2);
    assert_eq!(set(["https://*.example.com"]).len(), 1);
}

#[test]
fn debug_shows_the_patterns_in_their_order() {
    assert_eq!(
        format!("{:?}", set(PATTERNS)),
        "{\"https://example.com\", \"https://*.example.com\", \"https://*.example.com:*\", \
         \"https://example.com:*\", \"http://*.example.com\", \"tauri://localhost\"}"
    );
}

#[test]
fn a_clone_matches_the_same() {
    let set = set(PATTERNS);
    let clone = set.clone();
    drop(set);
    assert_eq!(clone.len(), PATTERNS.len());
    assert!(clone.contains("https://app.example.com"));
    assert!(!clone.contains("https://example.org"));
}

#[test]
fn origins_come_as_text_bytes_or_header_values() {
    let set = set(["https://example.com"]);
    assert!(set.contains("https://example.com"));
    assert!(set.contains(String::from("https://example.com")));
    assert!(set.contains(b"https://example.com"));
    assert!(set.contains(HeaderValue::from_static("https://example.com")));
    assert!(!set.contains(HeaderValue::from_static("null")));
}

#[test]
fn patterns_are_values() {
    let mut patterns: Vec<OriginPattern> = PATTERNS.map(pattern).into();
    patterns.sort();
    let texts: Vec<&str> = patterns.iter().map(OriginPattern::as_str).collect();
    let mut sorted = PATTERNS;
    sorted.sort_unstable();
    assert_eq!(texts, sorted);
    let set: OriginSet = patterns.into_iter().collect();
    assert_eq!(set.len(), PATTERNS.len());
}

#[test]
fn the_number_of_patterns_changes_no_answer() {
    let many: Vec<String> = (0..10_000).map(|n| format!("https://app{n}.example.com")).collect();
    let set = set(many.iter().map(String::as_str));
    assert_eq!(set.len(), 10_000);
    assert!(many.iter().all(|origin| set.contains(origin)));
    assert!(!set.contains("https://app10000.example.com"));
    assert!(!set.contains("https://app.example.com"));
}
