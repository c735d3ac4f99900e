//! What contends, and on what: the policies, requests and inner services of the benchmarks, and the
//! middleware that serve them. The floor is what a CORS middleware costs at least.

mod contender;
mod floor;
mod inner;
pub mod live;
mod policy;
mod request;
pub mod results;
mod scenario;
mod scenarios;

pub use self::{
    contender::{Contender, Contestant, Entry, Service},
    inner::{Body, Inner},
    policy::{Policy, Who, policies},
    request::{Asks, Requested},
    scenario::{Kind, Scenario},
    scenarios::scenarios,
};
