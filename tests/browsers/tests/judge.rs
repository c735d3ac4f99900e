//! What the judge lets pass.

use tower_cors_browsers::{
    case::{Case, READ, Seen},
    differences::Difference,
    judge::judge,
};

const KNOWN: Difference = Difference {
    case: "a",
    engines: &["firefox"],
    seen: ("blocked", &["GET api/0 home"]),
    why: "it is made up",
};

fn seen(told: &str, requests: &[&str]) -> Seen {
    let requests = requests.iter().map(|line| (*line).to_owned());
    Seen { told: told.to_owned(), requests: requests.collect() }
}

#[test]
fn outcome_and_requests_have_to_be_as_expected() {
    let get = ["GET api/0 home"];
    let rows = [
        ("as expected", "chromium", seen(READ, &get), true),
        ("blocked", "chromium", seen("blocked", &get), false),
        ("another header", "chromium", seen("200 ok content-type", &get), false),
        ("another status", "chromium", seen("404 ok content-length content-type", &get), false),
        ("no request", "chromium", seen(READ, &[]), false),
        ("two requests", "chromium", seen(READ, &[get, get].concat()), false),
        ("another origin", "chromium", seen(READ, &["GET api/0 null"]), false),
        ("a known difference", "firefox", seen("blocked", &get), true),
        ("a difference that is none", "firefox", seen(READ, &get), false),
        ("a difference within a difference", "firefox", seen("blocked", &[]), false),
    ];
    for (name, who, seen, passes) in rows {
        let failures = judge(&[Case::new("a")], &[seen], who, &[KNOWN]);
        assert_eq!(failures.is_empty(), passes, "{name}");
    }
}

#[test]
fn differences_without_a_case_or_a_difference_are_void() {
    assert!(!KNOWN.is_void(&[Case::new("a")], &[]));
    assert!(KNOWN.is_void(&[Case::new("b")], &[]));
    let same = Difference { seen: (READ, KNOWN.seen.1), ..KNOWN };
    assert!(same.is_void(&[Case::new("a")], &[]));
    assert!(!same.is_void(&[Case::new("a")], &[KNOWN]));
}
