//! Redirects in real engines.

use super::Difference;
use crate::case::READ;

pub(super) const REDIRECTS: [Difference; 11] = [
    Difference {
        case: "redirect 303 of a PUT",
        engines: &["firefox", "webkit"],
        seen: (
            READ,
            &[
                "OPTIONS api/0 home PUT",
                "PUT api/0 home",
                "OPTIONS api/1 home GET",
                "GET api/1 home",
            ],
        ),
        why: "what was announced once is announced again after a redirect",
    },
    Difference {
        case: "redirect 303 of JSON",
        engines: &["firefox"],
        seen: (
            READ,
            &[
                "OPTIONS api/0 home POST content-type",
                "POST api/0 home",
                "OPTIONS api/1 home GET",
                "GET api/1 home",
            ],
        ),
        why: "what was announced once is announced again after a redirect",
    },
    Difference {
        case: "redirect 303 of JSON",
        engines: &["webkit"],
        seen: (
            "blocked",
            &[
                "OPTIONS api/0 home POST content-type",
                "POST api/0 home",
                "OPTIONS api/1 home GET content-type",
            ],
        ),
        why: "WebKit announces headers that stay behind",
    },
    Difference {
        case: "redirect 303 of JSON from home",
        engines: &["firefox"],
        seen: (READ, &["POST home/0 home", "OPTIONS api/1 home GET", "GET api/1 home"]),
        why: "Firefox has a preflight for headers that stay behind",
    },
    Difference {
        case: "redirect 303 of JSON from home",
        engines: &["webkit"],
        seen: ("blocked", &["POST home/0 home", "OPTIONS api/1 home GET content-type"]),
        why: "WebKit announces headers that stay behind",
    },
    Difference {
        case: "redirect with authorization from home",
        engines: &["firefox"],
        seen: (READ, &["GET home/0 -", "OPTIONS api/1 home GET", "GET api/1 home"]),
        why: "Firefox has a preflight for headers that stay behind",
    },
    Difference {
        case: "redirect with authorization from home",
        engines: &["webkit"],
        seen: (READ, &["GET home/0 -", "OPTIONS api/1 home GET authorization", "GET api/1 home"]),
        why: "WebKit announces headers that stay behind",
    },
    Difference {
        case: "redirect of a PUT, not allowed there",
        engines: &["firefox"],
        seen: (
            READ,
            &[
                "OPTIONS api/0 home PUT",
                "PUT api/0 home",
                "OPTIONS far/1 home PUT",
                "PUT far/1 null",
            ],
        ),
        why: "Firefox taints the origin of the request, not that of its preflight",
    },
    Difference {
        case: "redirect of a PUT, null allowed there",
        engines: &["firefox"],
        seen: ("blocked", &["OPTIONS api/0 home PUT", "PUT api/0 home", "OPTIONS far/1 home PUT"]),
        why: "Firefox taints the origin of the request, not that of its preflight",
    },
    Difference {
        case: "redirect with authorization to another host",
        engines: &["firefox"],
        seen: (
            READ,
            &[
                "OPTIONS api/0 home GET authorization",
                "GET api/0 home",
                "OPTIONS far/1 home GET",
                "GET far/1 null",
            ],
        ),
        why: "what was announced once is announced again after a redirect",
    },
    Difference {
        case: "redirect with authorization to another host",
        engines: &["webkit"],
        seen: (
            "blocked",
            &[
                "OPTIONS api/0 home GET authorization",
                "GET api/0 home",
                "OPTIONS far/1 null GET authorization",
            ],
        ),
        why: "WebKit announces headers that stay behind",
    },
];
