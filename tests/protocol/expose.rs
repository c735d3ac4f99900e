//! Which response headers are exposed.

use http::{HeaderName, response};
use tower_cors::{AllowCredentials, Any, CorsLayer, Denial, ExposeHeaders};

use crate::harness::{
    ACAC, ACAH, ACAM, ACAO, ACEH, ACMA, ALLOW_APP, APP, EVIL, Line, Row, SAFELISTED, VARY, actual,
    answers, check, fixed, plain, preflight, reply, runs,
};

const CREDENTIALS: Line<'static> = (ACAC, "true");
const KIB: usize = 1024;

fn listed() -> CorsLayer {
    let names = ["x-b", "x-request-id"].map(HeaderName::from_static);
    CorsLayer::new().allow_origins([APP]).expose_headers(names)
}

fn any() -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).expose_headers(Any)
}

fn present() -> CorsLayer {
    any().allow_credentials(true)
}

fn with(names: impl IntoIterator<Item = impl AsRef<str>>) -> response::Builder {
    names.into_iter().fold(reply(200), |reply, name| reply.header(name.as_ref(), "1"))
}

fn exposes(name: &str, config: CorsLayer, exposed: Option<&str>) -> Row {
    let mut lines = vec![ALLOW_APP, VARY];
    lines.extend(exposed.map(|names| (ACEH, names)));
    Row::new(format!("exposed: {name}"), config, actual(APP), runs(&lines)).covers(&["S13"])
}

/// Of a policy with credentials that exposes what is there.
fn exposes_present(name: &str, inner: response::Builder, exposed: Option<&str>) -> Row {
    let mut lines = vec![ALLOW_APP, CREDENTIALS, VARY];
    lines.extend(exposed.map(|names| (ACEH, names)));
    Row::new(format!("exposed as present: {name}"), present(), actual(APP), runs(&lines))
        .inner(inner)
        .covers(&["S5", "S13"])
}

fn constant() -> Vec<Row> {
    let both = Some("x-b,x-request-id");
    let mut rows = vec![
        exposes("none listed", CorsLayer::new().allow_origins([APP]), None),
        exposes("empty list", listed().expose_headers(ExposeHeaders::list([])), None),
        exposes("listed, absent", listed(), both),
        exposes("listed, present", listed(), both).inner(with(["x-b", "x-c"])),
        exposes("listed, 304", listed(), both).inner(reply(304)),
        exposes("any", any(), Some("*")).inner(with(["x-b"])),
        exposes("any, 304", any(), Some("*")).inner(reply(304)),
        exposes("any, 500", any(), Some("*")).inner(reply(500)),
    ];
    for (name, config, exposed) in [("listed", listed(), "x-b,x-request-id"), ("any", any(), "*")] {
        rows.push(Row::new(
            format!("exposed: {name}, HEAD"),
            config.clone(),
            actual(APP).method("HEAD"),
            runs(&[ALLOW_APP, (ACEH, exposed), VARY]),
        ));
        rows.push(
            Row::new(
                format!("exposed: {name}, preflight"),
                config.clone(),
                preflight(APP, "GET"),
                answers(204, &[ALLOW_APP, SAFELISTED, VARY]),
            )
            .covers(&["S13"]),
        );
        rows.push(
            Row::new(
                format!("exposed: {name}, stranger"),
                config.clone(),
                actual(EVIL),
                runs(&[VARY]).denied(Denial::OriginNotAllowed),
            )
            .inner(with(["x-b"])),
        );
        rows.push(
            Row::new(format!("exposed: {name}, not CORS"), config, plain("GET"), runs(&[VARY]))
                .inner(with(["x-b"]))
                .covers(&["D3"]),
        );
    }
    rows.push(Row::new(
        "exposed: any to any origin, not CORS",
        CorsLayer::new().allow_origin(Any).expose_headers(Any),
        plain("GET"),
        runs(&[(ACAO, "*"), (ACEH, "*")]),
    ));
    rows
}

fn names_present() -> Vec<Row> {
    // As many of sixteen bytes and a comma as 4 KiB hold, to the byte.
    let full: Vec<_> = (0..241).map(|i| format!("x-{i:014}")).collect();
    let all = full.join(",");
    assert_eq!(all.len(), 4 * KIB);
    let byte_more = [&full[..240], &["x".repeat(17)]].concat();
    let all_but_one = full[..240].join(",");
    let one_more: Vec<_> = full.iter().cloned().chain(["x-onemore".to_owned()]).collect();
    let long = "x".repeat(4 * KIB);
    let too_long = "x".repeat(4 * KIB + 1);
    let mut rows = vec![
        exposes_present("none", reply(200), None),
        exposes_present("one", with(["x-b"]), Some("x-b")),
        exposes_present("two", with(["x-b", "x-c"]), Some("x-b,x-c")),
        exposes_present("one in two lines", with(["x-b", "x-b", "x-c"]), Some("x-b,x-c")),
        exposes_present("authorization", with(["authorization"]), Some("authorization")),
        exposes_present("a header named *", with(["*", "x-b"]), Some("x-b")),
        exposes_present("4 KiB", with(&full), Some(&all)),
        exposes_present("4 KiB and a byte", with(&byte_more), Some(&all_but_one)),
        exposes_present("4 KiB and one more", with(&one_more), Some(&all)),
        exposes_present("a name of 4 KiB", with([&long]), Some(&long)),
        exposes_present("a name of 4 KiB and a byte", with([&too_long]), None),
        exposes_present("on 304", with(["x-b"]).status(304), None),
        exposes_present("on 206", with(["content-range"]).status(206), Some("content-range")),
        exposes_present("on 302", with(["location"]).status(302), Some("location")),
        exposes_present("on 500", with(["x-b"]).status(500), Some("x-b")),
        exposes_present(
            "beside what the inner service exposes",
            with(["x-b"]).header(ACEH, "x-c").header(ACEH, "*"),
            Some("x-b"),
        ),
    ];
    // No page can read them, needs to be told of them, or has a use for them.
    for name in [
        "set-cookie",
        "set-cookie2",
        ACAC,
        ACAH,
        ACAM,
        ACAO,
        ACEH,
        ACMA,
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ] {
        let inner = with([name, "x-b", name]);
        rows.push(exposes_present(&format!("beside {name}"), inner, Some("x-b")));
        rows.push(exposes_present(&format!("only {name}"), with([name]), None));
    }
    rows.push(
        Row::new(
            "exposed as present: beside vary",
            present(),
            actual(APP),
            runs(&[ALLOW_APP, CREDENTIALS, ("vary", "accept"), VARY, (ACEH, "x-b")]),
        )
        .inner(reply(200).header("vary", "accept").header("x-b", "1")),
    );
    rows
}

fn of_requests() -> Vec<Row> {
    let predicate =
        |answer| any().allow_credentials(AllowCredentials::predicate(move |_, _| answer));
    let to_all = || fixed().allow_credentials(true).expose_headers(Any);
    vec![
        Row::new(
            "exposed as present: HEAD",
            present(),
            actual(APP).method("HEAD"),
            runs(&[ALLOW_APP, CREDENTIALS, VARY]),
        )
        .inner(with(["x-b"])),
        Row::new(
            "exposed as present: fixed, not CORS",
            to_all(),
            plain("GET"),
            runs(&[ALLOW_APP, CREDENTIALS, (ACEH, "x-b")]),
        )
        .inner(with(["x-b"])),
        Row::new(
            "exposed as present: fixed, not CORS, HEAD",
            to_all(),
            plain("HEAD"),
            runs(&[ALLOW_APP, CREDENTIALS]),
        )
        .inner(with(["x-b"])),
        Row::new(
            "exposed as present: fixed, not CORS, 304",
            to_all(),
            plain("GET"),
            runs(&[ALLOW_APP, CREDENTIALS]),
        )
        .inner(with(["x-b"]).status(304)),
        Row::new(
            "exposed as present: POST",
            present(),
            actual(APP).method("POST"),
            runs(&[ALLOW_APP, CREDENTIALS, (ACEH, "x-b"), VARY]),
        )
        .inner(with(["x-b"])),
        Row::new(
            "exposed as present: preflight",
            present(),
            preflight(APP, "GET"),
            answers(204, &[ALLOW_APP, CREDENTIALS, SAFELISTED, VARY]),
        )
        .inner(with(["x-b"])),
        Row::new(
            "exposed as present: stranger",
            present(),
            actual(EVIL),
            runs(&[VARY]).denied(Denial::OriginNotAllowed),
        )
        .inner(with(["x-b"])),
        Row::new("exposed as present: not CORS", present(), plain("GET"), runs(&[VARY]))
            .inner(with(["x-b"])),
        Row::new(
            "exposed as present: credentials by predicate, yes",
            predicate(true),
            actual(APP),
            runs(&[ALLOW_APP, CREDENTIALS, (ACEH, "x-b"), VARY]),
        )
        .inner(with(["x-b"])),
        Row::new(
            "exposed as present: credentials by predicate, no",
            predicate(false),
            actual(APP),
            runs(&[ALLOW_APP, (ACEH, "x-b"), VARY]),
        )
        .inner(with(["x-b"])),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = constant();
    rows.extend(names_present());
    rows.extend(of_requests());
    rows
}

#[test]
fn expose() {
    check(&rows());
}
