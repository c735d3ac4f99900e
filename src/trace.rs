//! Refusals in the log: one event each, and nothing compiled in without the feature `tracing`.

#[cfg(feature = "tracing")]
mod events;
#[cfg(not(feature = "tracing"))]
mod silence;

#[cfg(feature = "tracing")]
pub(crate) use self::events::{observe, warnings};
#[cfg(not(feature = "tracing"))]
pub(crate) use self::silence::{observe, warnings};
