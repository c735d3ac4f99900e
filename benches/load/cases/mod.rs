//! What is sent.

// The tables of the tests.
#[allow(dead_code)]
#[path = "../../../tests/hostile/table.rs"]
mod corpus;
mod honest;
mod hostile;

pub(crate) use self::{
    honest::{actual, allowed_preflights, honest},
    hostile::hostile,
};
