//! What the tests of `tower-cors` do not reach: `uncovered.tsv` lists it, each with the reason why.
//!
//! A line is covered if any of it ran, in whatever instance of a generic function; a condition has two
//! branches, and each counts. Tests inside of `src/` do not count.

mod event;
mod export;
mod report;

pub use event::{Event, LIST, What, listed};
pub use report::Report;

use std::path::Path;

/// Returns the folder of the workspace.
#[must_use]
pub fn workspace() -> &'static Path {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    ancestors.into_iter().nth(2).expect("the package is two folders below the workspace")
}
