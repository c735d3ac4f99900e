//! Guides.

#[cfg(feature = "serde")]
#[doc = include_str!("../docs/configuration.md")]
pub mod configuration {}

#[doc = include_str!("../docs/enforcement.md")]
pub mod enforcement {}

#[doc = include_str!("../docs/migrating.md")]
pub mod migrating {}

#[doc = include_str!("../docs/troubleshooting.md")]
pub mod troubleshooting {}
