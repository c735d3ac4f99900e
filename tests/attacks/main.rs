//! Attacks on servers, caches, logs and configuration files. `docs/attacks.md` says what was tried.

#[path = "../hostile/callgrind.rs"]
mod callgrind;
#[cfg(feature = "serde")]
mod files;
mod http2;
mod net;
mod nginx;
mod page;
mod poisoning;
mod raw;
mod timing;
