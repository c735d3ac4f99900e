//! The presets of tower-cors, proven by the clients of their protocols in a page in Chromium.
//!
//! ```sh
//! cargo test -p tower-cors-presets -- --nocapture
//! ```
//!
//! It needs `chromium chromium-driver nodejs npm`; without them it is skipped and says so, unless
//! `TOWER_CORS_BROWSER=required`. `clients/` holds the pages' scripts, and which clients they use:
//! `npm ci` fetches those once.

pub mod traffic;

pub mod names;

pub mod api;

pub mod grpc_web;

pub mod connect;

pub mod mcp;

pub mod bundle;

pub mod stage;
