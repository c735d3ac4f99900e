//! What the layer does, judged over generated policies: by what pages can read, and by the duties
//! of a server.
#![cfg(feature = "testing")]

mod breakages;
mod fetch;
mod generator;
mod origins;
mod policy;
mod properties;
mod raw;
mod raws;
mod reading;
mod server;
mod trial;

use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner},
};

/// The same cases on every run.
fn check<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let verdict = TestRunner::new_with_rng(config, random).run(strategy, test);
    verdict.unwrap_or_else(|error| panic!("{error}"));
}
