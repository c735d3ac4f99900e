//! Whether a fetch that follows at once is announced again.
//! <https://fetch.spec.whatwg.org/#cors-preflight-cache>

use super::{ACAC, ACAH, ACAM, ACAO, ACMA, HOME, Read, put};
use crate::{
    case::{Answer, Case},
    places::Page,
};

/// Lines of the header.
type Lines = &'static [&'static str];

/// Firefox begins to remember a URL's preflights after some fetches only.
const TIMES: usize = 8;

pub(super) fn cases() -> Vec<Case> {
    ROWS.iter()
        .map(|(lines, is_remembered)| aged(lines, *is_remembered))
        .chain(special())
        .chain(after_another())
        .collect()
}

/// Whether the last of several PUTs goes without a preflight. Where the value does not parse, 5
/// seconds hold.
const ROWS: [(Lines, bool); 17] = [
    (&[], true),
    (&["600"], true),
    (&["5"], true),
    (&["86400"], true),
    (&["99999999999999999999"], true),
    (&["0600"], true),
    (&[" 600 "], true),
    (&["0"], false),
    (&["00"], false),
    (&["-1"], true),
    (&[""], true),
    (&["junk"], true),
    (&["1.5"], true),
    (&["600s"], true),
    (&["+600"], true),
    (&["600, 600"], true),
    (&["600", "600"], true),
];

fn aged(lines: Lines, is_remembered: bool) -> Case {
    let mut answer = vec![HOME, (ACAM, "PUT")];
    answer.extend(lines.iter().map(|line| (ACMA, *line)));
    let case = put(format!("max-age {lines:?}"), Read).times(TIMES).preflight(204, &answer);
    if is_remembered { case.asks(&["PUT api/0 home"]) } else { case }
}

fn special() -> [Case; 14] {
    let age = (ACMA, "600");
    let again = |name: &str| put(format!("remembered preflight, {name}"), Read).times(TIMES);
    let remembered = |name: &str| again(name).asks(&["PUT api/0 home"]);
    let header = |name: &str, allowed| {
        again(name)
            .method("GET")
            .header("x-a", "1")
            .preflight(204, &[HOME, (ACAH, allowed), age])
            .asks(&["GET api/0 home"])
    };
    let with = [HOME, (ACAC, "true"), (ACAM, "PUT"), age];
    [
        remembered("any method").preflight(204, &[HOME, (ACAM, "*"), age]),
        remembered("any origin").preflight(204, &[(ACAO, "*"), (ACAM, "PUT"), age]),
        again("in the sandbox")
            .page(Page::Sandboxed)
            .preflight(204, &[(ACAO, "null"), (ACAM, "PUT"), age])
            .actual(200, &[(ACAO, "null")])
            .asks(&["PUT api/0 null"]),
        remembered("with credentials")
            .credentials("include")
            .preflight(204, &with)
            .actual(200, &[HOME, (ACAC, "true")]),
        header("header", "X-A"),
        header("any header", "*"),
        header("HEAD with a header", "x-a")
            .method("HEAD")
            .tells("200 - content-length content-type")
            .asks(&["HEAD api/0 home"]),
        header("POST with a header", "x-a").method("POST").asks(&["POST api/0 home"]),
        header("header, allowed beside any", "x-a, *"),
        // A failure clears what was remembered.
        again("response not allowed")
            .preflight(204, &[HOME, (ACAM, "PUT"), age])
            .actual(200, &[])
            .blocked(),
        // So does one for which no header is to blame.
        again("redirect to nowhere")
            .preflight(204, &[HOME, (ACAM, "PUT"), age])
            .actual(302, &[HOME, ("location", "http://[/")])
            .blocked(),
        remembered("error status")
            .preflight(204, &[HOME, (ACAM, "PUT"), age])
            .actual(500, &[HOME])
            .tells("500 ok content-length content-type"),
        remembered("status 200").preflight(200, &[HOME, (ACAM, "PUT"), age]),
        remembered("of a redirect's target")
            .preflight(204, &[HOME, (ACAM, "PUT"), age])
            .actual(307, &[HOME, ("location", "{api}{case}/1")])
            .then(Answer::new(204, &[HOME, (ACAM, "PUT"), age]), Answer::new(200, &[HOME]))
            .asks(&["PUT api/1 home"]),
    ]
}

/// A PUT after other requests of the same URL.
fn after_another() -> [Case; 11] {
    let age = (ACMA, "600");
    let after =
        |name: &str| put(format!("remembered preflight, PUT after {name}"), Read).times(TIMES);
    let method = |case: Case, method: &str| case.earlier(|fetch| fetch.method = method.into());
    let credentials = |case: Case, mode| case.earlier(|fetch| fetch.credentials = mode);
    let remembered = ["PUT api/0 home"];
    let with = [HOME, (ACAC, "true"), (ACAM, "PUT"), age];
    [
        method(after("DELETE, both allowed"), "DELETE")
            .preflight(204, &[HOME, (ACAM, "DELETE, PUT"), age])
            .asks(&remembered),
        method(after("DELETE, all allowed"), "DELETE")
            .preflight(204, &[HOME, (ACAM, "*"), age])
            .asks(&remembered),
        credentials(after("DELETE with include, all allowed"), "include")
            .earlier(|fetch| fetch.method = "DELETE".into())
            .preflight(204, &[HOME, (ACAC, "true"), (ACAM, "*, DELETE"), age])
            .actual(200, &with)
            .asks(&remembered),
        after("GET with a header")
            .earlier(|fetch| fetch.method = "GET".into())
            .earlier(|fetch| fetch.headers.push(("x-a".into(), "1".into())))
            .preflight(204, &[HOME, (ACAM, "PUT"), (ACAH, "x-a"), age])
            .asks(&remembered),
        credentials(after("PUT with include, same-origin"), "include")
            .preflight(204, &with)
            .actual(200, &with)
            .asks(&remembered),
        credentials(after("PUT with omit, include").credentials("include"), "omit")
            .preflight(204, &with)
            .actual(200, &with),
        credentials(after("PUT with include, omit").credentials("omit"), "include")
            .preflight(204, &with)
            .actual(200, &with)
            .asks(&remembered),
        credentials(after("PUT with same-origin, omit").credentials("omit"), "same-origin")
            .preflight(204, &with)
            .asks(&remembered),
        credentials(after("PUT with omit, same-origin"), "omit")
            .preflight(204, &with)
            .asks(&remembered),
        credentials(after("PUT with same-origin, include").credentials("include"), "same-origin")
            .preflight(204, &with)
            .actual(200, &with),
        after("PUT that asked for less")
            .header("x-a", "1")
            .earlier(|fetch| fetch.headers.clear())
            .preflight(204, &[HOME, (ACAM, "PUT"), (ACAH, "x-a"), age])
            .asks(&remembered),
    ]
}
