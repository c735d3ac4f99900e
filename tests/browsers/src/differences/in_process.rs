//! `tower_cors::testing`.

use std::iter;

use super::Difference;
use crate::case::READ;

/// Where the browser in process differs from the engine whose profile it has. They stand before
/// those of the [engines](super::engines()); `standard` is the table itself.
#[must_use]
pub fn in_process() -> Vec<Difference> {
    let control = CONTROL.iter().map(|case| Difference {
        case,
        engines: ALL,
        seen: ("blocked", &[]),
        why: "the http crate has no values with control characters",
    });
    iter::once(SPELLINGS).chain(control).collect()
}

const ALL: &[&str] = &["chromium", "firefox", "webkit", "standard"];

const CONTROL: [&str; 2] =
    ["unsafe header accept: \"a\\u{7f}b\"", "unsafe header accept: \"a\\u{1}b\""];

const SPELLINGS: Difference = Difference {
    case: "headers X-B: 1, x-a: 1, x-b: 2, allowed x-a,x-b",
    engines: &["firefox"],
    seen: (READ, &["OPTIONS api/0 home GET x-a,x-b", "GET api/0 home"]),
    why: "no header is named twice",
};
