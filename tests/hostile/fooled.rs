//! The rows bite: each fools the naive matchers that it names, and these allow what they should.

use crate::{
    naive::{MATCHERS, Matcher, Value},
    pattern::Pattern,
    table::{Row, headers, methods, origins},
    victims::{LISTED_HEADERS, LISTED_METHODS, Trust, victims},
};

/// How much smaller a megabyte is here: a matcher is fooled by less.
const SMALLER: usize = 64;

/// Each is fooled by so many rows at least.
const ROWS_FOR_EACH: usize = 3;

fn patterns(texts: impl IntoIterator<Item = &'static str>) -> Vec<Pattern> {
    texts.into_iter().map(Pattern::new).collect()
}

/// The matchers that take a header for allowed. Where nothing is listed, they look at it alone.
fn fooled(patterns: &[Pattern], lines: Vec<Vec<u8>>) -> Vec<&'static str> {
    let value = Value::new(lines);
    let none = [Pattern::new("nothing is listed")];
    let patterns = if patterns.is_empty() { &none } else { patterns };
    let allowing = |(name, allows): &(&'static str, Matcher)| {
        patterns.iter().any(|pattern| allows(pattern, &value)).then_some(*name)
    };
    MATCHERS.iter().filter_map(allowing).collect()
}

fn check(rows: &[Row], listed_at: impl Fn(&str) -> Vec<Pattern>) {
    for row in rows {
        let mut fooled = fooled(&listed_at(row.victim), row.scaled(SMALLER));
        if fooled != ["reflecting"] {
            fooled.retain(|name| *name != "reflecting");
        }
        assert_eq!(row.fools, fooled, "{} fools others than it names", row.name);
    }
}

#[test]
fn origins_fool_those_that_they_name() {
    let victims = victims();
    check(&origins(), |name| {
        let victim = victims.iter().find(|victim| victim.name == name);
        patterns(victim.expect("it is known").patterns().iter().copied())
    });
}

#[test]
fn methods_and_names_fool_those_that_they_name() {
    check(&methods(), |victim| match victim {
        "listed" => patterns(LISTED_METHODS.split(',')),
        "none" => patterns(["GET", "HEAD", "POST"]),
        _ => vec![],
    });
    check(&headers(), |victim| match victim {
        "listed" => patterns(LISTED_HEADERS.split(',')),
        _ => vec![],
    });
}

#[test]
fn every_matcher_is_fooled_by_several_rows() {
    let rows = [origins(), methods(), headers()];
    for (name, _) in MATCHERS {
        let fooling = rows.iter().flatten().filter(|row| row.fools.contains(name)).count();
        assert!(fooling >= ROWS_FOR_EACH, "{name} is fooled by {fooling} rows");
    }
}

/// A matcher that refuses what is allowed would be noticed, and stands for none in use. Not meant
/// are those that allow something besides, or do not compare at all.
#[test]
fn naive_matchers_allow_what_they_should() {
    const BESIDES: [&str; 12] = [
        "allocating-for-each",
        "apex",
        "backtracking",
        "first-line",
        "last-line",
        "loopback",
        "null",
        "numeric",
        "port-unchecked",
        "same-site",
        "unescaped",
        "wrapping-port",
    ];
    // For origins without wildcards.
    const PLAIN: [&str; 4] = ["contained", "dot-unescaped", "folding-case", "prefix"];
    for victim in victims() {
        let Trust::Listed { patterns: texts, benign } = victim.trust else { continue };
        let allowing = fooled(&patterns(texts.iter().copied()), vec![benign.into()]);
        for (name, _) in MATCHERS.iter().filter(|(name, _)| !BESIDES.contains(name)) {
            let is_meant = texts.contains(&benign) || !PLAIN.contains(name);
            assert!(!is_meant || allowing.contains(name), "{name} at {}", victim.name);
        }
    }
}
