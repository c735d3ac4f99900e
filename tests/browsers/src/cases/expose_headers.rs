//! Which response headers a script can read.
//! <https://fetch.spec.whatwg.org/#concept-filtered-response-cors>

use super::{ACAC, ACEH, HOME};
use crate::case::Case;

/// Lines of the header.
type Lines = &'static [&'static str];

pub(super) fn cases() -> Vec<Case> {
    let exposed = ROWS.iter().map(exposed);
    exposed.chain([safelisted(), on_the_preflight()]).collect()
}

const ALL: &str = "access-control-allow-credentials access-control-allow-origin \
                   access-control-expose-headers content-length content-type etag x-a x-b";
const BOTH: &str = "content-length content-type x-a x-b";
const NONE: &str = "content-length content-type";
const ONE: &str = "content-length content-type x-a";

/// Credentials mode, lines, what is readable of `etag`, `set-cookie`, `x-a`, `x-b` and the rest.
const ROWS: [(&str, Lines, &str); 24] = [
    ("omit", &[], NONE),
    ("omit", &[""], NONE),
    ("omit", &["x-a"], ONE),
    ("omit", &["X-A"], ONE),
    ("omit", &["x-a,x-b"], BOTH),
    ("omit", &["x-a\t, x-b "], BOTH),
    ("omit", &[",, x-a ,, x-b ,"], BOTH),
    ("omit", &["x-a", "x-b"], BOTH),
    ("omit", &["x-a", ""], ONE),
    ("omit", &["x-c"], NONE),
    ("omit", &["x-a, x-c"], ONE),
    ("omit", &["content-type"], NONE),
    ("omit", &["etag"], "content-length content-type etag"),
    ("omit", &["set-cookie"], NONE),
    ("omit", &["x-a, set-cookie, set-cookie2"], ONE),
    (
        "omit",
        &["access-control-allow-origin"],
        "access-control-allow-origin content-length content-type",
    ),
    ("omit", &["*"], ALL),
    ("omit", &["x-a", "*"], ALL),
    ("omit", &["x-a x-b"], NONE),
    ("omit", &["x-a; x-b"], NONE),
    ("omit", &["x-a, @"], NONE),
    ("include", &["x-a"], ONE),
    ("include", &["*"], NONE),
    ("include", &["*, x-a"], ONE),
];

fn exposed((mode, lines, readable): &(&'static str, Lines, &str)) -> Case {
    let mut answer = vec![HOME, (ACAC, "true"), ("etag", "\"1\""), ("set-cookie", "a=b")];
    answer.extend([("x-a", "1"), ("x-b", "2")]);
    answer.extend(lines.iter().map(|line| (ACEH, *line)));
    Case::new(format!("expose-headers {lines:?}, credentials {mode}"))
        .credentials(mode)
        .actual(200, &answer)
        .tells(&format!("200 ok {readable}"))
}

fn safelisted() -> Case {
    let answer = [
        HOME,
        ("age", "1"),
        ("cache-control", "no-store"),
        ("content-language", "en"),
        ("etag", "\"1\""),
        ("expires", "0"),
        ("last-modified", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("link", "</>"),
        ("pragma", "no-cache"),
        ("server", "x"),
        ("vary", "origin"),
    ];
    let readable = "200 ok cache-control content-language content-length content-type expires \
                    last-modified pragma";
    Case::new("safelisted response headers").actual(200, &answer).tells(readable)
}

fn on_the_preflight() -> Case {
    Case::new("expose-headers on the preflight alone")
        .header("x-a", "1")
        .preflight(204, &[HOME, ("access-control-allow-headers", "x-a"), (ACEH, "x-b")])
        .actual(200, &[HOME, ("x-b", "1")])
        .asks(&["OPTIONS api/0 home GET x-a", "GET api/0 home"])
}
