//! Hostile values of the headers that a CORS layer reads, each with the reason why it is dangerous
//! and the attack that it stands for: none is ever allowed, none costs more than linear work, and
//! none gets into a log as it is. `docs/threat-model.md` refers to the rows by their names.

mod advisories;
mod allocations;
mod callgrind;
mod corpus;
mod explained;
mod fooled;
mod hosts;
mod instructions;
mod naive;
mod origins;
mod pattern;
mod preflights;
mod reading;
mod served;
mod table;
#[cfg(feature = "tracing")]
mod traced;
mod victims;
