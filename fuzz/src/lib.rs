//! What must hold of `tower-cors` whatever it is given: one check for each kind of input.
//!
//! Inputs are lines of text, so that a finding can be read as it is.

use std::{env, fs, io};

mod answer;
pub mod config;
mod lines;
mod message;
pub mod origin;
pub mod pattern;
pub mod preflight;
pub mod seeds;
pub mod service;
#[path = "../../tests/patterns/twin.rs"]
mod twin;

/// Checks the files that are named as the program's arguments.
///
/// # Errors
///
/// If one cannot be read.
pub fn replay(check: fn(&[u8])) -> io::Result<()> {
    for file in env::args_os().skip(1) {
        check(&fs::read(file)?);
    }
    Ok(())
}
