//! The layers under test.

use tower_cors::{CorsLayer, Enforce};

/// The one origin that is allowed. No server here has it.
pub(crate) const APP: &str = "https://app.example.com";

/// `Off` is the control: what enforcement is said to keep out has to come in without it.
pub(crate) const MODES: [Enforce; 3] = [Enforce::Off, Enforce::SameOrigin, Enforce::ListedOnly];

pub(crate) fn layer(enforce: Enforce) -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).enforce_origins(enforce)
}

/// For a tool on the user's machine, as the Model Context Protocol has it.
pub(crate) fn local_tool() -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).mcp()
}
