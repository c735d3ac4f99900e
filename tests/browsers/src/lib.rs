//! What Chromium, Firefox and `WebKit` do with the CORS answers of a server: a [table](cases) of
//! fetches with their outcomes by the Fetch standard, the [differences] of the engines, and the
//! layer of tower-cors itself [in front of real pages](layered).
//!
//! ```sh
//! cargo test -p tower-cors-browsers -- --nocapture
//! ```
//!
//! An engine that is not installed is skipped, with the line that installs it, unless
//! `TOWER_CORS_BROWSERS=chromium,firefox,webkit` names it.

pub mod places;

pub mod case;

pub mod answer;

pub mod cases;

pub mod layered;

pub mod differences;

pub mod judge;

pub mod server;

pub mod engine;

pub mod run;
