//! Real engines.

use super::{Difference, redirects::REDIRECTS};
use crate::case::READ;

/// Where an engine differs from the table.
#[must_use]
pub fn engines() -> Vec<Difference> {
    let hints = HINTS.iter().map(|case| Difference {
        case,
        engines: &["chromium"],
        seen: (READ, &["GET api/0 home"]),
        why: "Chromium's list of safelisted headers is longer",
    });
    let ages = UNPARSED.iter().map(|case| Difference {
        case,
        engines: &["firefox"],
        seen: (READ, &["OPTIONS api/0 home PUT", "PUT api/0 home"]),
        why: "Firefox remembers nothing where the value is no number",
    });
    REQUESTS.iter().chain(&CACHES).chain(&REDIRECTS).copied().chain(hints).chain(ages).collect()
}

const HINTS: [&str; 9] = [
    "unsafe header device-memory: \"4\"",
    "unsafe header downlink: \"1\"",
    "unsafe header dpr: \"2\"",
    "unsafe header ect: \"4g\"",
    "unsafe header intervention: \"1\"",
    "unsafe header rtt: \"50\"",
    "unsafe header save-data: \"on\"",
    "unsafe header viewport-width: \"100\"",
    "unsafe header width: \"100\"",
];

const UNPARSED: [&str; 6] = [
    "max-age [\"junk\"]",
    "max-age [\"1.5\"]",
    "max-age [\"600s\"]",
    "max-age [\"+600\"]",
    "max-age [\"600, 600\"]",
    "max-age [\"600\", \"600\"]",
];

const REQUESTS: [Difference; 3] = [
    Difference {
        case: "allow-headers * for authorization, credentials same-origin",
        engines: &["chromium", "firefox", "webkit"],
        seen: (READ, &["OPTIONS api/0 home GET authorization", "GET api/0 home"]),
        why: "* covers Authorization in all engines",
    },
    Difference {
        case: "unsafe header user-agent: \"x\"",
        engines: &["chromium"],
        seen: (READ, &["GET api/0 home"]),
        why: "Chromium leaves out the User-Agent of a script",
    },
    Difference {
        case: "headers X-B: 1, x-a: 1, x-b: 2, allowed x-a,x-b",
        engines: &["firefox"],
        seen: (READ, &["OPTIONS api/0 home GET x-a,x-b,x-b", "GET api/0 home"]),
        why: "Firefox names a header twice that is set in two spellings",
    },
];

const CACHES: [Difference; 13] = [
    Difference {
        case: "max-age [\"-1\"]",
        engines: &["chromium", "firefox", "webkit"],
        seen: (READ, &["OPTIONS api/0 home PUT", "PUT api/0 home"]),
        why: "a negative age switches the cache off, where the standard does not parse it",
    },
    Difference {
        case: "remembered preflight, response not allowed",
        engines: &["chromium", "webkit"],
        seen: ("blocked", &["PUT api/0 home"]),
        why: "a response that fails the CORS check does not clear the cache",
    },
    Difference {
        case: "remembered preflight, redirect to nowhere",
        engines: &["chromium", "webkit"],
        seen: ("blocked", &["PUT api/0 home"]),
        why: "a response that leads nowhere does not clear the cache",
    },
    Difference {
        case: "redirect of a PUT, any allowed there, again and again",
        engines: &["chromium", "webkit"],
        seen: (READ, &["OPTIONS far/1 null PUT", "PUT far/1 null"]),
        why: "nothing is remembered for an origin that a redirect has tainted",
    },
    Difference {
        case: "remembered preflight, in the sandbox",
        engines: &["chromium"],
        seen: (READ, &["OPTIONS api/0 null PUT", "PUT api/0 null"]),
        why: "Chromium remembers nothing for an opaque origin",
    },
    Difference {
        case: "remembered preflight, any method",
        engines: &["firefox"],
        seen: (READ, &["OPTIONS api/0 home PUT", "PUT api/0 home"]),
        why: "Firefox does not remember what a * allows",
    },
    Difference {
        case: "remembered preflight, any header",
        engines: &["firefox"],
        seen: (READ, &["OPTIONS api/0 home GET x-a", "GET api/0 home"]),
        why: "Firefox does not remember what a * allows",
    },
    Difference {
        case: "remembered preflight, PUT after DELETE, all allowed",
        engines: &["firefox"],
        seen: (READ, &["OPTIONS api/0 home PUT", "PUT api/0 home"]),
        why: "Firefox does not remember what a * allows",
    },
    Difference {
        case: "remembered preflight, PUT after DELETE with include, all allowed",
        engines: &["chromium"],
        seen: (READ, &["OPTIONS api/0 home PUT", "PUT api/0 home"]),
        why: "a * that came with credentials stays a literal one for requests without",
    },
    Difference {
        case: "remembered preflight, PUT after DELETE with include, all allowed",
        engines: &["firefox"],
        seen: (READ, &["OPTIONS api/0 home PUT", "PUT api/0 home"]),
        why: "Firefox does not remember what a * allows",
    },
    Difference {
        case: "remembered preflight, HEAD with a header",
        engines: &["firefox"],
        seen: (
            "200 - content-length content-type",
            &["OPTIONS api/0 home HEAD x-a", "HEAD api/0 home"],
        ),
        why: "Firefox wants a remembered answer to list HEAD",
    },
    Difference {
        case: "remembered preflight, PUT after PUT with include, same-origin",
        engines: &["firefox"],
        seen: (READ, &["OPTIONS api/0 home PUT", "PUT api/0 home"]),
        why: "Firefox remembers requests with and without credentials apart",
    },
    Difference {
        case: "remembered preflight, PUT after PUT with include, omit",
        engines: &["firefox"],
        seen: (READ, &["OPTIONS api/0 home PUT", "PUT api/0 home"]),
        why: "Firefox remembers requests with and without credentials apart",
    },
];
