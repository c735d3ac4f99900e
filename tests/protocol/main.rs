//! The protocol table: a configuration, a request and the inner service's response, and the whole
//! answer to them, absences included.

mod answers;
mod async_predicates;
mod authority;
mod auto_traits;
mod classification;
mod coverage;
mod credentials;
mod dangerous;
mod enforced_policies;
mod enforced_presets;
mod enforcement;
mod expose;
mod harness;
mod max_age;
mod methods;
mod origins;
mod ownership;
mod patterns;
mod predicates;
mod presets;
mod repeated_origin;
mod requested_headers;
mod same_origin;
mod statuses;
mod vary;
