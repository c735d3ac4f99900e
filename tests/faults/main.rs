//! What goes wrong around the layer: inner services, clients and predicates that fail, panic, wait or
//! go away, and what is dropped or polled when nobody should. The layer holds nothing back, passes on
//! what is not its own, and serves the next request.
//!
//! Errors of the inner service, its readiness, limits and upgrades are in `tests/stacks` and
//! `tests/servers`; what can panic in the compiled code is in `tests/panics`.

mod lasting;
// The servers of loopback are the same.
#[allow(dead_code)]
#[path = "../servers/wire.rs"]
mod wire;

mod bodies;
mod clients;
mod dropped;
mod finished;
mod inner;
mod predicates;
mod resets;
mod streamed;
