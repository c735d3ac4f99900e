//! Several policies in one layer: which one a request gets, and that nothing else differs from a
//! layer with that policy alone.

mod agreement;
mod answers;
mod conditions;
mod debug;
mod explaining;
mod harness;
mod hosts;
mod predicates;
mod problems;
mod setters;
mod warnings;
mod wire;
