//! Whether the public API is what `public-api.txt` says, so that each change of it is in a diff.

use std::{collections::HashSet, env};

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

/// The lines of one text that another lacks.
fn missing(text: &str, other: &str) -> String {
    let lines: HashSet<&str> = other.lines().collect();
    let missing = text.lines().filter(|line| !lines.contains(line));
    missing.flat_map(|line| ["  ", line, "\n"]).collect()
}
