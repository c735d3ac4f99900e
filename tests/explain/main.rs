//! What `CorsLayer::explain` says about a request, and whether it is true.

mod agreement;
mod headers;
mod malformed;
mod methods;
mod origins;
mod outcomes;
mod presets;
mod setup;
mod table;
