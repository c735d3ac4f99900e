//! Spellings of `access-control-allow-credentials`, and the credentials modes.
//! <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>

use super::{ACAC, ACAM, ACAO, Blocked, Fate, HOME, Read, put};
use crate::{case::Case, places::Page};

/// Lines of the header.
type Lines = &'static [&'static str];

pub(super) fn cases() -> Vec<Case> {
    let actual = ROWS.iter().map(actual);
    let preflight = PREFLIGHTS.iter().map(|(lines, fate)| preflight(lines, *fate));
    actual.chain(preflight).chain(halves()).collect()
}

/// Credentials mode, allowed origin, lines, outcome of a GET.
const ROWS: [(&str, &str, Lines, Fate); 21] = [
    ("include", "{home}", &["true"], Read),
    ("include", "{home}", &[" true "], Read),
    ("include", "{home}", &[], Blocked),
    ("include", "{home}", &[""], Blocked),
    ("include", "{home}", &["True"], Blocked),
    ("include", "{home}", &["TRUE"], Blocked),
    ("include", "{home}", &["false"], Blocked),
    ("include", "{home}", &["1"], Blocked),
    ("include", "{home}", &["*"], Blocked),
    ("include", "{home}", &["\"true\""], Blocked),
    ("include", "{home}", &["true, true"], Blocked),
    ("include", "{home}", &["true", "true"], Blocked),
    ("include", "{home}", &["true", "false"], Blocked),
    ("include", "*", &["true"], Blocked),
    ("include", "*", &[], Blocked),
    ("include", "{home}/", &["true"], Blocked),
    ("same-origin", "*", &["true"], Read),
    ("same-origin", "{home}", &["junk"], Read),
    ("omit", "*", &["true"], Read),
    ("omit", "{home}", &["false", "true"], Read),
    ("omit", "{home}", &[], Read),
];

/// Lines of the preflight of a PUT with credentials.
const PREFLIGHTS: [(Lines, Fate); 5] = [
    (&["true"], Read),
    (&[], Blocked),
    (&["True"], Blocked),
    (&["true", "true"], Blocked),
    (&["false"], Blocked),
];

fn actual((mode, origin, lines, fate): &(&'static str, &'static str, Lines, Fate)) -> Case {
    let mut answer = vec![(ACAO, *origin)];
    answer.extend(lines.iter().map(|line| (ACAC, *line)));
    let case = Case::new(format!("credentials {mode}, {origin}, allow-credentials {lines:?}"))
        .credentials(mode)
        .actual(200, &answer);
    match fate {
        Blocked => case.blocked(),
        Read => case,
    }
}

fn preflight(lines: Lines, fate: Fate) -> Case {
    let mut answer = vec![HOME, (ACAM, "PUT")];
    answer.extend(lines.iter().map(|line| (ACAC, *line)));
    put(format!("preflight's allow-credentials {lines:?}"), fate)
        .credentials("include")
        .preflight(204, &answer)
        .actual(200, &[HOME, (ACAC, "true")])
}

fn halves() -> [Case; 5] {
    let allow = [HOME, (ACAC, "true"), (ACAM, "PUT")];
    let with = |name: &str, fate| put(name.to_owned(), fate).credentials("include");
    [
        with("allow-credentials on the preflight alone", Read).preflight(204, &allow).blocked(),
        with("allow-methods * with credentials", Blocked)
            .preflight(204, &[HOME, (ACAC, "true"), (ACAM, "*")]),
        with("allow-methods * and PUT with credentials", Read)
            .preflight(204, &[HOME, (ACAC, "true"), (ACAM, "*, PUT")])
            .actual(200, &allow),
        with("preflight's allow-origin * with credentials", Blocked)
            .preflight(204, &[(ACAO, "*"), (ACAC, "true"), (ACAM, "PUT")]),
        Case::new("credentials from the sandbox")
            .page(Page::Sandboxed)
            .credentials("include")
            .actual(200, &[(ACAO, "null"), (ACAC, "true")])
            .asks(&["GET api/0 null"]),
    ]
}
