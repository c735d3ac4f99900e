//! Each preset in a page: what its protocol's clients read with it, and how they fail without.

mod connect;
mod grpc_web;
mod mcp;
mod removal;
