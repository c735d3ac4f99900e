//! Guides, which are read in `docs/`, too. There their links lead to files and to docs.rs; here what
//! `guide/links.md` says of a link comes first, and counts.

#[cfg(feature = "serde")]
#[doc = include_str!("guide/links.md")]
#[doc = include_str!("../docs/configuration.md")]
pub mod configuration {}

#[doc = include_str!("guide/links.md")]
#[doc = include_str!("../docs/cors-in-ten-minutes.md")]
pub mod cors_in_ten_minutes {}

#[doc = include_str!("guide/links.md")]
#[doc = include_str!("../docs/enforcement.md")]
pub mod enforcement {}

#[doc = include_str!("guide/links.md")]
#[doc = include_str!("../docs/local-network-access.md")]
pub mod local_network_access {}

#[doc = include_str!("guide/links.md")]
#[doc = include_str!("../docs/migrating.md")]
pub mod migrating {}

#[doc = include_str!("guide/links.md")]
#[doc = include_str!("../docs/production-checklist.md")]
pub mod production_checklist {}

#[doc = include_str!("guide/links.md")]
#[doc = include_str!("../docs/troubleshooting.md")]
pub mod troubleshooting {}

#[doc = include_str!("guide/links.md")]
#[doc = include_str!("../docs/where-to-put-the-layer.md")]
pub mod where_to_put_the_layer {}
