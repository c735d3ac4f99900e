//! Each check on its seeds, and on thousands of inputs that are made from them.

use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, RngSeed, TestRunner},
};
use tower_cors_fuzz::{config, origin, pattern, preflight, seeds::seeds, service};

/// What is written into inputs: bytes that mean something, and some that do not.
const BYTES: &[u8] = b"*.:/,; \t\n\r\"'[]{}@?#%\\-_=<>aZ019\x00\x7f\x80\xff";

/// How an input is made from another: at a place, with the bytes between two places of a third.
#[derive(Clone, Debug)]
enum Mutation {
    Cut(Index, Index),
    Insert(Index, u8),
    Overwrite(Index, u8),
    Splice(Index, Index, Index, Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    prop_oneof![
        (at(), at()).prop_map(|(from, to)| Mutation::Cut(from, to)),
        (at(), select(BYTES)).prop_map(|(place, byte)| Mutation::Insert(place, byte)),
        (at(), select(BYTES)).prop_map(|(place, byte)| Mutation::Overwrite(place, byte)),
        (at(), at(), at(), at())
            .prop_map(|(place, seed, from, to)| { Mutation::Splice(place, seed, from, to) }),
    ]
}

impl Mutation {
    fn apply(&self, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        match self {
            Self::Cut(from, to) => {
                let span = span(input, from, to);
                input.drain(span.start..span.end.min(span.start + 16));
            }
            Self::Insert(place, byte) => input.insert(place.index(input.len() + 1), *byte),
            Self::Overwrite(place, byte) => {
                if !input.is_empty() {
                    *place.get_mut(input) = *byte;
                }
            }
            Self::Splice(place, seed, from, to) => {
                let other = seed.get(seeds);
                let place = place.index(input.len() + 1);
                input.splice(place..place, other[span(other, from, to)].iter().copied());
            }
        }
    }
}

/// The bytes between two places, whichever comes first.
fn span(bytes: &[u8], one: &Index, other: &Index) -> std::ops::Range<usize> {
    let [one, other] = [one, other].map(|place| place.index(bytes.len() + 1));
    one.min(other)..one.max(other)
}

fn run(name: &str, check: fn(&[u8]), cases: u32) {
    let (_, seeds) = seeds().into_iter().find(|(of, _)| *of == name).expect("a check has seeds");
    assert!(seeds.len() >= 20, "{name} has lost its seeds");
    seeds.iter().for_each(|seed| check(seed));

    let config = Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..Config::default()
    };
    let inputs = (any::<Index>(), vec(mutation(), 1..6)).prop_map(|(seed, mutations)| {
        let mut input = seed.get(&seeds).clone();
        mutations.iter().for_each(|mutation| mutation.apply(&mut input, &seeds));
        input
    });
    let checked = TestRunner::new(config).run(&inputs, |input| {
        check(&input);
        Ok(())
    });
    checked.unwrap_or_else(|failure| panic!("{name}: {failure}"));
}

#[test]
fn configurations() {
    run("config", config::check, 4_000);
}

#[test]
fn origins() {
    run("origin", origin::check, 20_000);
}

#[test]
fn patterns() {
    run("pattern", pattern::check, 20_000);
}

#[test]
fn preflights() {
    run("preflight", preflight::check, 4_000);
}

#[test]
fn sequences() {
    run("service", service::check, 4_000);
}
