//! Examinations of whole stacks: each usual fault is found and nothing else, and its mended twin
//! is clean.
#![cfg(feature = "testing")]

mod stack;

mod headers;
mod healthy;
mod layers;
mod outside;
mod preflights;
mod reports;
