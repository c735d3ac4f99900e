//! Enforcement against what it is for: browsers, proxies, web sockets and both versions of HTTP.
//! What counts is which requests the application behind the layer ran; and, with a proxy in front,
//! what pages can still read.
//!
//! ```sh
//! cargo test -p tower-cors-enforcement -- --nocapture
//! ```
//!
//! What is not installed is skipped, with the line that installs it: engines unless
//! `TOWER_CORS_BROWSERS=chromium,firefox,webkit` names them, all else unless
//! `TOWER_CORS_ENFORCEMENT=required`.

mod layers;
mod nginx;
mod server;
mod stage;
mod verdict;
mod wire;

mod addresses;
mod http2;
mod in_front;
mod ipv6;
mod mixed;
mod pages;
mod programs;
mod proxy;
mod rebinding;
mod web_sockets;

/// Says what the machine lacks for a test, which is then skipped.
fn lacking(what: &str, remedy: &str) {
    let required = std::env::var("TOWER_CORS_ENFORCEMENT").unwrap_or_default();
    assert!(required != "required", "{what} is required, and missing: {remedy}");
    eprintln!("skipped: {what} is missing: {remedy}");
}
