//! Whether the public API is what `public-api.txt` says, so that each change of it is in a diff.

use std::{
    collections::{BTreeSet, HashSet},
    env,
};

use tower_cors_public_api::{listing, nightly_is_missing};

const LISTED: &str = include_str!("../public-api.txt");

#[test]
fn the_public_api_is_the_listed_one() {
    if nightly_is_missing() && env::var_os("TOWER_CORS_PUBLIC_API").is_none() {
        eprintln!("skipped: needs `rustup toolchain install nightly --profile minimal`");
        return;
    }
    let listing = listing().expect("cargo and rustdoc list the public API");
    let [taken, added] = [missing(LISTED, &listing), missing(&listing, LISTED)];
    assert!(
        listing == LISTED,
        "taken away, which breaks programs:\n{taken}\nadded:\n{added}\nif meant, write it down: \
         cargo run -p tower-cors-public-api > listing && mv listing tests/public_api/public-api.txt"
    );
}

/// A major version of any of these is one of ours.
#[test]
fn types_of_named_crates_alone_are_part_of_it() {
    let crates: BTreeSet<&str> = LISTED.lines().flat_map(crates_in).collect();
    let always = ["alloc", "core", "http", "tower_cors", "tower_layer", "tower_service"];
    let with_features = ["bytes", "http_body", "schemars", "serde_core", "serde_json"];
    // Its macro writes a bound that nobody can name.
    let unnameable = ["pin_project_lite"];
    assert_eq!(crates, BTreeSet::from_iter([&always[..], &with_features, &unnameable].concat()));
}

/// The first names of the paths in an item.
fn crates_in(item: &str) -> impl Iterator<Item = &str> {
    let paths = item.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':'));
    let names = paths.filter_map(|path| path.split_once("::")).map(|(first, _)| first);
    names.filter(|name| !matches!(*name, "" | "Self"))
}

/// The lines of one text that another lacks.
fn missing(text: &str, other: &str) -> String {
    let lines: HashSet<&str> = other.lines().collect();
    let missing = text.lines().filter(|line| !lines.contains(line));
    missing.flat_map(|line| ["  ", line, "\n"]).collect()
}
