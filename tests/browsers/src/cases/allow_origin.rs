//! Spellings of `access-control-allow-origin`. <https://fetch.spec.whatwg.org/#concept-cors-check>

use super::{ACAM, ACAO, Blocked, Fate, HOME, Read, put};
use crate::{case::Case, places::Page};

/// Lines of the header.
type Lines = &'static [&'static str];

pub(super) fn cases() -> Vec<Case> {
    let actual = FOR_HOME.iter().map(actual);
    let preflight = FOR_HOME.iter().map(|(lines, fate)| preflight(lines, *fate));
    let pages = FOR_OTHERS.iter().map(other);
    actual.chain(preflight).chain(pages).chain(halves()).collect()
}

const FOR_HOME: [(Lines, Fate); 22] = [
    (&["{home}"], Read),
    (&["*"], Read),
    (&[" {home} "], Read),
    (&["\t*\t"], Read),
    (&[], Blocked),
    (&[""], Blocked),
    (&["null"], Blocked),
    (&["{stranger}"], Blocked),
    (&["{home}/"], Blocked),
    (&["HTTP://LOCALHOST"], Blocked),
    (&["http://localhost"], Blocked),
    (&["localhost"], Blocked),
    (&["http://*"], Blocked),
    (&["http://localhost:*"], Blocked),
    (&["{home}, {stranger}"], Blocked),
    (&["{home} {stranger}"], Blocked),
    (&["{home}, *"], Blocked),
    (&["{home}", "{home}"], Blocked),
    (&["{home}", "{stranger}"], Blocked),
    (&["*", "*"], Blocked),
    (&["*", "{home}"], Blocked),
    (&["\"{home}\""], Blocked),
];

/// Page, its origin in the server's eyes, value, outcome of a GET.
const FOR_OTHERS: [(Page, &str, &str, Fate); 13] = [
    (Page::Stranger, "stranger", "{stranger}", Read),
    (Page::Stranger, "stranger", "*", Read),
    (Page::Stranger, "stranger", "{home}", Blocked),
    (Page::Subdomain, "subdomain", "{subdomain}", Read),
    (Page::Subdomain, "subdomain", "{stranger}", Blocked),
    (Page::Sandboxed, "null", "null", Read),
    (Page::Sandboxed, "null", "*", Read),
    (Page::Sandboxed, "null", "Null", Blocked),
    (Page::Sandboxed, "null", "NULL", Blocked),
    (Page::Sandboxed, "null", "{home}", Blocked),
    (Page::Sandboxed, "null", "\"null\"", Blocked),
    (Page::Sandboxed, "null", "null, null", Blocked),
    (Page::Sandboxed, "null", "", Blocked),
];

fn allow(lines: Lines) -> Vec<(&'static str, &'static str)> {
    lines.iter().map(|line| (ACAO, *line)).collect()
}

fn actual((lines, fate): &(Lines, Fate)) -> Case {
    let case = Case::new(format!("allow-origin {lines:?}")).actual(200, &allow(lines));
    match fate {
        Blocked => case.blocked(),
        Read => case,
    }
}

fn preflight(lines: Lines, fate: Fate) -> Case {
    let answer = [allow(lines), vec![(ACAM, "PUT")]].concat();
    put(format!("preflight's allow-origin {lines:?}"), fate).preflight(204, &answer)
}

fn other((page, origin, value, fate): &(Page, &str, &str, Fate)) -> Case {
    let case = Case::new(format!("allow-origin {value:?} for {}", page.name()))
        .page(*page)
        .actual(200, &[(ACAO, value)])
        .asks(&[&format!("GET api/0 {origin}")]);
    match fate {
        Blocked => case.blocked(),
        Read => case,
    }
}

/// Both answers are judged, each by itself.
fn halves() -> [Case; 5] {
    let exact = [HOME, (ACAM, "PUT")];
    let any = [(ACAO, "*"), (ACAM, "PUT")];
    let both = |name: &str| put(name.to_owned(), Read);
    [
        both("allow-origin * on the preflight, exact on the response").preflight(204, &any),
        both("allow-origin exact on the preflight, * on the response")
            .preflight(204, &exact)
            .actual(200, &[(ACAO, "*")]),
        both("allow-origin on the preflight alone")
            .preflight(204, &exact)
            .actual(200, &[])
            .blocked(),
        both("allow-origin twice on the response alone")
            .preflight(204, &exact)
            .actual(200, &[HOME, HOME])
            .blocked(),
        Case::new("preflight from the sandbox")
            .page(Page::Sandboxed)
            .method("PUT")
            .preflight(204, &[(ACAO, "null"), (ACAM, "PUT")])
            .actual(200, &[(ACAO, "null")])
            .asks(&["OPTIONS api/0 null PUT", "PUT api/0 null"]),
    ]
}
