//! What an origin is: a request's, a configured one, and all configured ones in one look-up
//! structure. Knows nothing of CORS.

mod error;
mod fault;
mod grammar;
mod imitation;
mod key;
mod keys;
mod list;
mod near;
mod parse;
mod pattern;
#[cfg(feature = "public-suffix")]
mod public_suffix;
mod repair;
mod request;
mod set;
mod wildcard;

pub use self::{error::PatternError, pattern::OriginPattern, set::OriginSet};

pub(crate) use self::{
    error::shown,
    fault::Fault,
    list::OriginList,
    near::{Difference, Near},
    parse::{Pattern, Port},
    repair::repair,
    request::Origin,
};

#[cfg(feature = "public-suffix")]
pub(crate) use self::public_suffix::{Standing, standing};
