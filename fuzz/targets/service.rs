//! Runs the check under libFuzzer, or on the files that are named as arguments.

#![cfg_attr(fuzzing, no_main)]

use tower_cors_fuzz::service::check;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| check(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    tower_cors_fuzz::replay(check)
}
