//! The tables themselves.

use std::collections::BTreeSet;

use crate::{
    table::{Row, headers, methods, origins, references},
    victims::{asked, victims},
};

fn check(rows: &[Row], victims: &[&str], kinds: &[&str]) {
    let mut names = BTreeSet::new();
    let mut values = BTreeSet::new();
    for row in rows {
        let Row { name, written, victim, kind, danger, .. } = row;
        assert!(names.insert(name), "{name} is twice there");
        assert!(values.insert((written, victim)), "{name} has another row's value and victim");
        assert!(name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')), "{name}");
        assert!(written.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{name}: {written:?}");
        assert!(victims.contains(victim), "{name}: {victim}");
        assert!(kinds.contains(kind), "{name}: {kind}");
        assert!(danger.contains(' ') && danger.is_ascii(), "{name}: {danger}");
        assert!(!row.fools.is_empty(), "{name} fools nobody");
    }
    for victim in victims {
        assert!(rows.iter().any(|row| row.victim == *victim), "nothing is made for {victim}");
    }
}

#[test]
fn there_are_enough_rows_and_none_twice() {
    let denials = ["origin-not-allowed", "origin-malformed", "origin-null", "-"];
    let names: Vec<_> = victims().iter().map(|victim| victim.name).collect();
    let origins = origins();
    check(&origins, &names, &denials);
    assert!(origins.len() >= 400, "{}", origins.len());

    let names: Vec<_> = asked().iter().map(|(name, _)| *name).collect();
    let (methods, headers) = (methods(), headers());
    check(&methods, &names, &["token", "star", "unusable", "several"]);
    check(&headers, &names, &["token", "star", "unusable", "beyond"]);
    let asked = methods.len() + headers.len();
    assert!(asked >= 150, "{asked}");
}

#[test]
fn every_row_refers_to_something_and_every_reference_is_used() {
    let references = references();
    let rows = [origins(), methods(), headers()];
    let used: BTreeSet<_> = rows.iter().flatten().map(|row| row.reference).collect();
    let known: BTreeSet<_> = references.keys().copied().collect();
    assert_eq!(used, known);
    for address in references.values() {
        assert!(address.starts_with("https://"), "{address}");
    }
}
