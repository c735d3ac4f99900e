//! An input is the text of a pattern.

use tower_cors::{CorsLayer, OriginPattern, OriginSet};

use crate::twin;

/// A text is a pattern that matches what it says, or is refused with an advice that holds.
///
/// # Panics
///
/// If it is neither.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match text.parse::<OriginPattern>() {
        Ok(pattern) => assert_means_itself(text, &pattern),
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error:?}");
            if let Some(suggestion) = error.suggestion() {
                assert!(suggestion.parse::<OriginPattern>().is_ok(), "{error}");
            }
        }
    }
    let is_own_word = matches!(text, "*" | "null");
    let builds = CorsLayer::new().dangerously_allow_origins([text]).build().is_ok();
    assert!(is_own_word || builds == text.parse::<OriginPattern>().is_ok(), "{text:?}");
}

fn assert_means_itself(text: &str, pattern: &OriginPattern) {
    assert_eq!(pattern.to_string(), text);
    let set = OriginSet::from_iter([pattern.clone()]);
    assert_eq!(set.contains(text), !text.contains('*'), "{text:?}");
    // Of the longest patterns the origins may be too long.
    if text.len() < 200 {
        let origin = text.replacen("*.", "a.", 1).replacen(":*", ":8081", 1);
        assert!(set.contains(&origin), "{text:?} and {origin:?}");
        let twin = [twin::Pattern::split(text)];
        assert!(twin::matches(&twin, origin.as_bytes()), "{text:?} matches what is no origin");
        let glued = text.replacen("://", "://x", 1);
        assert!(!set.contains(&glued), "{text:?} and {glued:?}");
    }
}
