//! Origins per tenant behind [`AllowOrigin::async_predicate`](tower_cors::AllowOrigin::async_predicate).
//!
//! `main.rs` tells the story; each file is one thing to take into a service of your own.

mod app;
mod cache;
mod origin;
mod outage;
mod store;
mod tenant;

pub use crate::{
    app::app,
    cache::{Limits, OriginCache},
    origin::TenantOrigin,
    store::Store,
    tenant::{NotATenant, Tenant},
};
