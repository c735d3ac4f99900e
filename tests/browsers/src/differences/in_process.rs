//! `tower_cors::testing`.

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
    let blank = BLANK.iter().map(|(case, requests)| Difference {
        case,
        engines: ALL,
        seen: ("blocked", requests),
        why: "blanks around a value are lost on the wire, and there is none",
    });
    OTHERS.iter().copied().chain(control).chain(blank).collect()
}

const ALL: &[&str] = &["chromium", "firefox", "webkit", "standard"];

const CONTROL: [&str; 2] =
    ["unsafe header accept: \"a\\u{7f}b\"", "unsafe header accept: \"a\\u{1}b\""];

const BLANK: [(&str, &[&str]); 5] = [
    ("allow-origin [\" {home} \"]", &["GET api/0 home"]),
    ("allow-origin [\"\\t*\\t\"]", &["GET api/0 home"]),
    ("preflight's allow-origin [\" {home} \"]", &["OPTIONS api/0 home PUT"]),
    ("preflight's allow-origin [\"\\t*\\t\"]", &["OPTIONS api/0 home PUT"]),
    ("credentials include, {home}, allow-credentials [\" true \"]", &["GET api/0 home"]),
];

const AGAIN: &[&str] = &["OPTIONS api/0 home PUT", "PUT api/0 home"];

const OTHERS: [Difference; 11] = [
    Difference {
        case: "unsafe header user-agent: \"x\"",
        engines: &["chromium"],
        seen: ("blocked", &["OPTIONS api/0 home GET user-agent"]),
        why: "the User-Agent of a script is not left out",
    },
    Difference {
        case: "headers X-B: 1, x-a: 1, x-b: 2, allowed x-a,x-b",
        engines: &["firefox"],
        seen: (READ, &["OPTIONS api/0 home GET x-a,x-b", "GET api/0 home"]),
        why: "no header is named twice",
    },
    Difference {
        case: "max-age [\" 600 \"]",
        engines: &["firefox"],
        seen: (READ, AGAIN),
        why: "blanks around a value are lost on the wire, and there is none",
    },
    Difference {
        case: "max-age [\"\"]",
        engines: &["firefox"],
        seen: (READ, AGAIN),
        why: "an empty value is junk, which Firefox takes for none",
    },
    Difference {
        case: "remembered preflight, response not allowed",
        engines: &["chromium", "webkit"],
        seen: ("blocked", AGAIN),
        why: "every failure clears the cache",
    },
    Difference {
        case: "remembered preflight, PUT after PUT with include, same-origin",
        engines: &["chromium", "webkit"],
        seen: (READ, AGAIN),
        why: "requests with and without credentials are remembered apart",
    },
    Difference {
        case: "remembered preflight, PUT after PUT with include, omit",
        engines: &["chromium", "webkit"],
        seen: (READ, AGAIN),
        why: "requests with and without credentials are remembered apart",
    },
    Difference {
        case: "redirect 303 of a PUT",
        engines: &["firefox", "webkit"],
        seen: (READ, &["OPTIONS api/0 home PUT", "PUT api/0 home", "GET api/1 home"]),
        why: "redirects are followed as the standard says",
    },
    Difference {
        case: "redirect of a PUT, not allowed there",
        engines: &["firefox"],
        seen: ("blocked", &["OPTIONS api/0 home PUT", "PUT api/0 home", "OPTIONS far/1 null PUT"]),
        why: "redirects are followed as the standard says",
    },
    Difference {
        case: "redirect of a PUT, null allowed there",
        engines: &["firefox"],
        seen: (
            READ,
            &[
                "OPTIONS api/0 home PUT",
                "PUT api/0 home",
                "OPTIONS far/1 null PUT",
                "PUT far/1 null",
            ],
        ),
        why: "redirects are followed as the standard says",
    },
    Difference {
        case: "redirect with authorization to another host",
        engines: &["firefox", "webkit"],
        seen: (READ, &["OPTIONS api/0 home GET authorization", "GET api/0 home", "GET far/1 null"]),
        why: "redirects are followed as the standard says",
    },
];
