//! Refusals in the log: one event each, and nothing compiled in without the feature `tracing`.

#[cfg(feature = "tracing")]
mod events;
#[cfg(all(feature = "reload", feature = "tracing"))]
mod reload;
#[cfg(not(feature = "tracing"))]
mod silence;

#[cfg(feature = "tracing")]
pub(crate) use self::events::{observe, warnings};
#[cfg(all(feature = "reload", feature = "tracing"))]
pub(crate) use self::reload::change;
#[cfg(all(feature = "reload", not(feature = "tracing")))]
pub(crate) use self::silence::change;
#[cfg(not(feature = "tracing"))]
pub(crate) use self::silence::{observe, warnings};
