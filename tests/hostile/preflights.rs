//! Hostile methods and header names in preflights: the true lists for an allowed origin, and nothing
//! for a stranger.

use http::{HeaderValue, StatusCode, header};

use crate::{
    served::{Answer, one, preflight, serve, values},
    table::{Row, headers, methods},
    victims::{APP, LISTED_HEADERS, LISTED_METHODS, asked},
};

const SAFELISTED: &str = "GET,HEAD,POST";

/// What is told, and whether the preflight counts as refused.
type Expected = (Option<Vec<u8>>, bool);

fn expected_method(victim: &str, row: &Row, asked: &[HeaderValue]) -> Expected {
    let tell = |text: &str| Some(text.into());
    match (victim, row.kind) {
        ("listed", _) => (tell(LISTED_METHODS), true),
        ("none", _) => (tell(SAFELISTED), true),
        ("any", kind) => (tell("*"), !matches!(kind, "token" | "star")),
        (_, "token") => (Some(asked[0].as_bytes().into()), false),
        _ => (tell(SAFELISTED), true),
    }
}

fn expected_names(victim: &str, row: &Row, asked: &[HeaderValue]) -> Expected {
    let tell = |text: &str| Some(text.into());
    match (victim, row.kind) {
        ("listed", kind) => (tell(LISTED_HEADERS), kind != "beyond"),
        ("none", kind) => (None, kind != "beyond"),
        ("any", kind) => (tell("*,authorization"), kind == "unusable"),
        (_, "beyond") => (None, true),
        (_, kind) => (repeated(asked), kind != "token"),
    }
}

/// The names that can be repeated, found without the layer.
fn repeated(asked: &[HeaderValue]) -> Option<Vec<u8>> {
    let is_token_byte =
        |byte: &u8| byte.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char::from(*byte));
    let lines: Vec<_> = asked.iter().map(HeaderValue::as_bytes).collect();
    let joined = lines.join(&b","[..]).to_ascii_lowercase();
    let names = joined.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    let usable = names.filter(|name| *name != b"*" && name.iter().all(is_token_byte));
    let names: Vec<_> = usable.filter(|name| !name.is_empty()).collect();
    (!names.is_empty()).then(|| names.join(&b","[..]))
}

fn assert_told(who: &str, answer: &Answer, name: &header::HeaderName, told: Option<&[u8]>) {
    answer.assert_standard();
    assert!(!answer.has_run, "{who}");
    assert_eq!(answer.head.status, StatusCode::NO_CONTENT, "{who}");
    assert_eq!(answer.lines(&header::ACCESS_CONTROL_ALLOW_ORIGIN), [APP.as_bytes()], "{who}");
    assert!(answer.varies_by("origin") && !answer.varies_by("x-hostile"), "{who}");
    let told: Vec<_> = told.into_iter().collect();
    assert_eq!(answer.lines(name), told, "{who}");
}

#[test]
fn hostile_methods_are_told_the_true_list() {
    for (victim, cors) in asked() {
        for row in methods() {
            let who = format!("{} at {victim}", row.name);
            let Some(asked) = values(&row.lines()) else { panic!("{who} cannot be sent") };
            let answer = serve(&cors, preflight(&one(APP), &asked, &[]));
            let (told, is_refused) = expected_method(victim, &row, &asked);
            assert_told(&who, &answer, &header::ACCESS_CONTROL_ALLOW_METHODS, told.as_deref());
            assert_eq!(answer.denial(), is_refused.then_some("method-not-allowed"), "{who}");
        }
    }
}

#[test]
fn hostile_names_are_told_the_true_list() {
    for (victim, cors) in asked() {
        for row in headers() {
            let who = format!("{} at {victim}", row.name);
            let Some(asked) = values(&row.lines()) else { panic!("{who} cannot be sent") };
            let answer = serve(&cors, preflight(&one(APP), &one("GET"), &asked));
            let (told, is_refused) = expected_names(victim, &row, &asked);
            assert_told(&who, &answer, &header::ACCESS_CONTROL_ALLOW_HEADERS, told.as_deref());
            assert_eq!(answer.denial(), is_refused.then_some("header-not-allowed"), "{who}");
        }
    }
}

#[test]
fn a_stranger_is_told_nothing() {
    let stranger = one("https://evil.example");
    for (victim, cors) in asked() {
        let methods = methods().into_iter().map(|row| (row.name, row.lines(), vec![]));
        let names = headers().into_iter().map(|row| (row.name, vec![b"PUT".into()], row.lines()));
        for (name, method, names) in methods.chain(names) {
            let (method, names) = (values(&method), values(&names));
            let asks = preflight(&stranger, &method.expect("sendable"), &names.expect("sendable"));
            let answer = serve(&cors, asks);
            assert_eq!(answer.cors(), [""; 0], "{name} at {victim}");
            assert_eq!(answer.head.status, StatusCode::FORBIDDEN, "{name} at {victim}");
            assert_eq!(answer.denial(), Some("origin-not-allowed"), "{name} at {victim}");
        }
    }
}
