//! The layer in real stacks: any body, under and over other middleware, in axum, in itself.

mod answers;

mod auth;
mod axum_routes;
mod backpressure;
mod bodies;
mod errors;
mod middleware;
mod nested;
