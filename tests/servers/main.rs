//! The layer in real servers, over loopback sockets.

mod wire;

mod axum_serve;
mod broken;
mod cache;
mod grpc_web;
mod plain_hyper;
mod raw;
mod scenarios;
mod upgrade;
