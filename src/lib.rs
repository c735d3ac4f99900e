//! CORS for tower.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod origin;

mod classify;
mod config;
mod decide;
mod decorate;
mod denial;
mod future;
mod layer;
mod policy;
mod same_origin;
mod service;
mod verdict;

pub use self::{
    config::{
        AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, Any, ConfigError, Enforce,
        ExposeHeaders, MaxAge, Problem, Vary, Warning, preflight_request_headers,
    },
    denial::Denial,
    future::ResponseFuture,
    layer::CorsLayer,
    origin::{OriginPattern, OriginSet, PatternError},
    service::Cors,
};
