//! How lists of methods and headers may be spelled.
//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>

use super::{ACAC, ACAH, ACAM, Blocked, Fate, HOME, Read, put};
use crate::case::Case;

/// Lines of a header.
type Lines = &'static [&'static str];

pub(super) fn cases() -> Vec<Case> {
    let methods = METHODS.iter().map(methods);
    let headers = HEADERS.iter().map(headers);
    let credentials = WITH_CREDENTIALS.iter().map(with_credentials);
    methods.chain(headers).chain(credentials).collect()
}

/// The request is a PUT.
const METHODS: [(Lines, Fate); 20] = [
    (&[], Blocked),
    (&[""], Blocked),
    (&["PUT"], Read),
    (&["DELETE", "PUT"], Read),
    (&["", "PUT"], Read),
    (&["DELETE,PUT"], Read),
    (&["DELETE , PUT"], Read),
    (&["DELETE\t,\tPUT"], Read),
    (&[",,PUT,,"], Read),
    (&[" , DELETE , , PUT , "], Read),
    (&["*"], Read),
    (&["DELETE, *"], Read),
    (&["DELETE", "*"], Read),
    (&["DELETE PUT"], Blocked),
    (&["DELETE; PUT"], Blocked),
    (&["\"PUT\""], Blocked),
    (&["PUT, @"], Blocked),
    (&["PUT", "@"], Blocked),
    (&["**"], Blocked),
    (&["PUT, PUT"], Read),
];

/// The request has `x-a`.
const HEADERS: [(Lines, Fate); 20] = [
    (&[], Blocked),
    (&[""], Blocked),
    (&["x-a"], Read),
    (&["X-A"], Read),
    (&["x-b", "x-a"], Read),
    (&["", "x-a"], Read),
    (&["x-b,x-a"], Read),
    (&["x-b\t, x-a "], Read),
    (&[",,x-a,,"], Read),
    (&["*"], Read),
    (&["x-b, *"], Read),
    (&["x-b", "*"], Read),
    (&["x-b x-a"], Blocked),
    (&["x-b; x-a"], Blocked),
    (&["\"x-a\""], Blocked),
    (&["x-a, @"], Blocked),
    (&["x-a", "@"], Blocked),
    (&["x-*"], Blocked),
    (&["x-a: 1"], Blocked),
    (&["x-a, x-a"], Read),
];

/// Credentials mode, header, value, request's header, outcome.
const WITH_CREDENTIALS: [(&str, &str, &str, Fate); 8] = [
    ("include", "*", "x-a", Blocked),
    ("include", "*, x-a", "x-a", Read),
    ("include", "*", "*", Read),
    ("same-origin", "*", "authorization", Blocked),
    ("same-origin", "*, authorization", "authorization", Read),
    ("same-origin", "Authorization", "authorization", Read),
    ("include", "*", "authorization", Blocked),
    ("include", "authorization", "authorization", Read),
];

fn methods((lines, fate): &(Lines, Fate)) -> Case {
    let mut answer = vec![HOME];
    answer.extend(lines.iter().map(|line| (ACAM, *line)));
    put(format!("allow-methods {lines:?}"), *fate).preflight(204, &answer)
}

fn headers((lines, fate): &(Lines, Fate)) -> Case {
    let mut answer = vec![HOME];
    answer.extend(lines.iter().map(|line| (ACAH, *line)));
    with_header(format!("allow-headers {lines:?}"), "x-a", *fate).preflight(204, &answer)
}

fn with_credentials((mode, allowed, name, fate): &(&'static str, &str, &str, Fate)) -> Case {
    let allow = [HOME, (ACAC, "true")];
    with_header(format!("allow-headers {allowed} for {name}, credentials {mode}"), name, *fate)
        .credentials(mode)
        .preflight(204, &[HOME, (ACAC, "true"), (ACAH, allowed)])
        .actual(200, &allow)
}

fn with_header(name: String, header: &str, fate: Fate) -> Case {
    let preflight = format!("OPTIONS api/0 home GET {header}");
    let case = Case::new(name).header(header, "1");
    match fate {
        Blocked => case.blocked().asks(&[&preflight]),
        Read => case.asks(&[&preflight, "GET api/0 home"]),
    }
}
