//! Which methods are announced, under which name, and which are never sent.
//! <https://fetch.spec.whatwg.org/#methods>

use super::{ACAM, Blocked, Fate, HOME, Read};
use crate::case::Case;

pub(super) fn cases() -> Vec<Case> {
    let safelisted = SAFELISTED.iter().map(safelisted);
    let announced = ANNOUNCED.iter().map(announced);
    let forbidden = FORBIDDEN.iter().map(|method| {
        Case::new(format!("forbidden method {method}")).method(method).blocked().asks(&[])
    });
    safelisted.chain(announced).chain(forbidden).chain([head()]).collect()
}

/// As the script spells it, and as the server sees it.
const SAFELISTED: [(&str, &str); 5] =
    [("GET", "GET"), ("get", "GET"), ("Get", "GET"), ("POST", "POST"), ("post", "POST")];

const FORBIDDEN: [&str; 5] = ["CONNECT", "TRACE", "TRACK", "trace", "Connect"];

/// As the script spells it, what is allowed, and as the server sees it.
const ANNOUNCED: [(&str, &str, &str, Fate); 22] = [
    ("PUT", "PUT", "PUT", Read),
    ("put", "PUT", "PUT", Read),
    ("Put", "PUT", "PUT", Read),
    ("PUT", "put", "PUT", Blocked),
    ("PUT", "DELETE", "PUT", Blocked),
    ("PUT", "GET,HEAD,POST", "PUT", Blocked),
    ("DELETE", "DELETE", "DELETE", Read),
    ("delete", "DELETE", "DELETE", Read),
    ("DELETE", "PUT,DELETE", "DELETE", Read),
    ("OPTIONS", "OPTIONS", "OPTIONS", Read),
    ("options", "OPTIONS", "OPTIONS", Read),
    ("OPTIONS", "PUT", "OPTIONS", Blocked),
    ("PATCH", "PATCH", "PATCH", Read),
    ("PATCH", "patch", "PATCH", Blocked),
    ("patch", "PATCH", "patch", Blocked),
    ("patch", "patch", "patch", Read),
    ("patch", "*", "patch", Read),
    ("CHICKEN", "CHICKEN", "CHICKEN", Read),
    ("chicken", "CHICKEN", "chicken", Blocked),
    ("CHICKEN", "*", "CHICKEN", Read),
    ("X-Y_Z.1!", "X-Y_Z.1!", "X-Y_Z.1!", Read),
    ("*", "*", "*", Read),
];

fn safelisted((method, sent): &(&str, &str)) -> Case {
    let request = format!("{sent} api/0 home");
    Case::new(format!("method {method}")).method(method).asks(&[&request])
}

fn announced((method, allowed, sent, fate): &(&str, &str, &str, Fate)) -> Case {
    let preflight = format!("OPTIONS api/0 home {sent}");
    let actual = format!("{sent} api/0 home");
    let case = Case::new(format!("method {method}, allowed {allowed}"))
        .method(method)
        .preflight(204, &[HOME, (ACAM, allowed)]);
    match fate {
        Blocked => case.blocked().asks(&[&preflight]),
        Read => case.asks(&[&preflight, &actual]),
    }
}

fn head() -> Case {
    let told = "200 - content-length content-type";
    Case::new("method HEAD").method("HEAD").tells(told).asks(&["HEAD api/0 home"])
}
