//! What the production checklist says: its commands, and what a policy that gets stricter leaves open.
#![cfg(all(feature = "reload", feature = "testing"))]

#[cfg(unix)]
mod commands;
mod tightening;
