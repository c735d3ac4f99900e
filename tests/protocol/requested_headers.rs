//! What a preflight's answer says of request headers, and how much of what is asked it reads.

use http::{
    HeaderName,
    header::{AUTHORIZATION, CONTENT_TYPE},
    request,
};
use tower_cors::{AllowHeaders, Any, CorsLayer, Denial};

use crate::harness::{
    ACAC, ACAH, ACRH, ALLOW_APP, APP, Line, Row, SAFELISTED, VARY, answers, check, preflight,
};

const VARY_ACRH: Line<'static> = ("vary", "origin, access-control-request-headers");
const DENIED: Option<Denial> = Some(Denial::HeaderNotAllowed);
const KIB: usize = 1024;

fn listed(headers: impl Into<AllowHeaders>) -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).allow_headers(headers)
}

fn list() -> CorsLayer {
    listed([CONTENT_TYPE, HeaderName::from_static("x-a"), HeaderName::from_static("x-b")])
}

fn mirror() -> CorsLayer {
    listed(AllowHeaders::mirror_request())
}

fn ask<V: AsRef<[u8]>>(lines: impl IntoIterator<Item = V>) -> request::Builder {
    let ask = preflight(APP, "GET");
    lines.into_iter().fold(ask, |ask, line| ask.header(ACRH, line.as_ref()))
}

fn row(
    name: &str,
    config: CorsLayer,
    ask: request::Builder,
    allowed: Option<&str>,
    vary: Line<'_>,
    denial: Option<Denial>,
) -> Row {
    let mut lines = vec![ALLOW_APP, SAFELISTED, vary];
    lines.extend(allowed.map(|names| (ACAH, names)));
    Row::new(
        format!("preflight for headers: {name}"),
        config,
        ask,
        answers(204, &lines).denied(denial),
    )
    .covers(&["S11", "S19"])
}

/// The lines of a request, what a mirror makes of them, and the refusals of a list and a mirror.
type Asked = (&'static str, &'static [&'static [u8]], Option<&'static str>, [Option<Denial>; 2]);

const ASKED: &[Asked] = &[
    ("no line", &[], None, [None, None]),
    ("empty line", &[b""], None, [None, None]),
    ("only empty elements", &[b" ,, ,\t,"], None, [None, None]),
    ("one", &[b"x-a"], Some("x-a"), [None, None]),
    ("sorted, without blanks", &[b"content-type,x-a,x-b"], Some("content-type,x-a,x-b"), [None; 2]),
    ("not sorted", &[b"x-b,content-type,x-a"], Some("x-b,content-type,x-a"), [None, None]),
    (
        "blanks and tabs",
        &[b" x-a ,\tx-b\t, \t content-type"],
        Some("x-a,x-b,content-type"),
        [None; 2],
    ),
    ("empty elements", &[b",x-a,,x-b,"], Some("x-a,x-b"), [None, None]),
    ("two lines", &[b"x-a", b"x-b"], Some("x-a,x-b"), [None, None]),
    ("three lines, one empty", &[b"x-a,", b"", b", x-b"], Some("x-a,x-b"), [None, None]),
    ("not listed", &[b"x-a,x-evil"], Some("x-a,x-evil"), [DENIED, None]),
    ("not listed, second line", &[b"x-a", b"x-evil"], Some("x-a,x-evil"), [DENIED, None]),
    ("longer than a listed one", &[b"x-ab"], Some("x-ab"), [DENIED, None]),
    ("authorization", &[b"authorization"], Some("authorization"), [DENIED, None]),
    ("safelisted name", &[b"accept"], Some("accept"), [DENIED, None]),
    ("every token character", &[b"!#$%&'*+-.^_`|~09"], Some("!#$%&'*+-.^_`|~09"), [DENIED, None]),
    ("star", &[b"*"], None, [DENIED, DENIED]),
    ("star beside a name", &[b"x-a,*"], Some("x-a"), [DENIED, DENIED]),
    ("no token", &[b"x a"], None, [DENIED, DENIED]),
    ("no token beside a name", &[b"x-a,x:b"], Some("x-a"), [DENIED, DENIED]),
    ("obs-text", &[b"x-a,\xff"], Some("x-a"), [DENIED, DENIED]),
    ("quoted", &[b"\"x-a\""], None, [DENIED, DENIED]),
];

fn tolerance() -> Vec<Row> {
    let mut rows = vec![];
    for &(name, lines, echo, [by_list, by_mirror]) in ASKED {
        let all = Some("content-type,x-a,x-b");
        rows.push(row(&format!("list: {name}"), list(), ask(lines), all, VARY, by_list));
        rows.push(
            row(&format!("mirror: {name}"), mirror(), ask(lines), echo, VARY_ACRH, by_mirror)
                .covers(&["S5", "S11", "S19", "S20", "D8"]),
        );
        let star = Some("*,authorization");
        // What no field name can be is no name that `*` covers.
        let by_any = if name.starts_with("star") { None } else { by_mirror };
        rows.push(
            row(&format!("any: {name}"), listed(Any), ask(lines), star, VARY, by_any)
                .covers(&["S11", "D18"]),
        );
    }
    rows
}

fn with_case() -> Vec<Row> {
    let (all, star) = (Some("content-type,x-a,x-b"), Some("*,authorization"));
    let upper = || ask(["X-A, Content-TYPE"]);
    let twice = || ask(["x-a,x-b,x-a", "x-a"]);
    vec![
        row("list: upper case", list(), upper(), all, VARY, None),
        row("mirror: upper case", mirror(), upper(), Some("x-a,content-type"), VARY_ACRH, None),
        row("list: twice", list(), twice(), all, VARY, None),
        row("mirror: twice", mirror(), twice(), Some("x-a,x-b,x-a,x-a"), VARY_ACRH, None),
        row("any: twice", listed(Any), twice(), star, VARY, None),
        row("none listed", listed(AllowHeaders::list([])), ask(["x-a"]), None, VARY, DENIED),
        row(
            "none listed, none asked",
            CorsLayer::new().allow_origins([APP]),
            ask([""; 0]),
            None,
            VARY,
            None,
        ),
        row(
            "authorization listed",
            listed([AUTHORIZATION]),
            ask(["authorization"]),
            Some("authorization"),
            VARY,
            None,
        ),
        Row::new(
            "preflight for headers: any with credentials",
            listed(Any).allow_credentials(true),
            ask(["authorization, x-a"]),
            answers(
                204,
                &[ALLOW_APP, (ACAC, "true"), SAFELISTED, (ACAH, "authorization,x-a"), VARY_ACRH],
            ),
        )
        .covers(&["S5", "S11"]),
        Row::new(
            "preflight for headers: any with credentials, star",
            listed(Any).allow_credentials(true),
            ask(["*"]),
            answers(204, &[ALLOW_APP, (ACAC, "true"), SAFELISTED, VARY_ACRH]).denied(DENIED),
        )
        .covers(&["S5"]),
        Row::new(
            "preflight for a method and a header that are not allowed",
            list(),
            preflight(APP, "PUT").header(ACRH, "x-evil"),
            answers(204, &[ALLOW_APP, SAFELISTED, (ACAH, "content-type,x-a,x-b"), VARY])
                .denied(Denial::MethodNotAllowed),
        ),
    ]
}

/// `count` names, the first listed and the others not.
fn names(count: usize) -> String {
    (1..count).fold("x-a".to_owned(), |names, i| format!("{names},n{i}"))
}

/// A name that no list has, of this length.
fn long(length: usize) -> String {
    "n".repeat(length)
}

fn bounds() -> Vec<Row> {
    let within: Vec<(&str, Vec<String>)> = vec![
        ("256 names", vec![names(256)]),
        ("256 names on many lines", names(256).split(',').map(str::to_owned).collect()),
        ("8 KiB", vec![format!("x-a,{}", long(8 * KIB - 4))]),
        ("8 KiB on two lines", vec!["x-a".to_owned(), long(8 * KIB - 4)]),
    ];
    let beyond: Vec<(&str, Vec<String>)> = vec![
        ("257 names", vec![names(257)]),
        ("257 names on many lines", names(257).split(',').map(str::to_owned).collect()),
        ("10,000 names", vec![names(10_000)]),
        ("8 KiB and a byte", vec![format!("x-a,{}", long(8 * KIB - 3))]),
        ("9 KiB on two lines", vec![format!("x-a,{}", long(4 * KIB)), long(5 * KIB)]),
        ("8 KiB and a byte of blanks", vec![format!("x-evil{}", " ".repeat(8 * KIB - 5))]),
        ("8 KiB and a byte of commas", vec![format!("x-evil{}", ",".repeat(8 * KIB - 5))]),
        ("1 MiB of commas", vec![",".repeat(KIB * KIB)]),
        ("a name of 64 KiB", vec![long(64 * KIB)]),
    ];
    let (all, star) = (Some("content-type,x-a,x-b"), Some("*,authorization"));
    let mut rows = vec![];
    for (name, lines) in within {
        let echo = lines.join(",");
        let name = |policy: &str| format!("{policy}: {name}");
        rows.extend([
            row(&name("list"), list(), ask(&lines), all, VARY, DENIED),
            row(&name("any"), listed(Any), ask(&lines), star, VARY, None),
            row(&name("mirror"), mirror(), ask(&lines), Some(&echo), VARY_ACRH, None),
        ]);
    }
    for (name, lines) in beyond {
        let name = |policy: &str| format!("{policy}: {name}");
        rows.extend([
            row(&name("list"), list(), ask(&lines), all, VARY, None),
            row(&name("any"), listed(Any), ask(&lines), star, VARY, None),
            row(&name("mirror"), mirror(), ask(&lines), None, VARY_ACRH, DENIED),
        ]);
    }
    let empty = || ask([format!("x-a{}", ",".repeat(300))]);
    rows.push(row("list: 300 empty elements", list(), empty(), all, VARY, None));
    rows.push(row("mirror: 300 empty elements", mirror(), empty(), Some("x-a"), VARY_ACRH, None));
    rows
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = tolerance();
    rows.extend(with_case());
    rows.extend(bounds());
    rows
}

#[test]
fn requested_headers() {
    check(&rows());
}
