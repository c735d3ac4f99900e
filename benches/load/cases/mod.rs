//! What is sent.

// The tables of the tests.
#[allow(dead_code)]
#[path = "../../../tests/hostile/table.rs"]
mod corpus;
mod honest;
mod hostile;

use crate::case::Case;

pub(crate) use self::{
    honest::{actual, honest, longer, preflights, refused_preflights},
    hostile::hostile,
};

/// An honest request before each hostile one.
pub(crate) fn in_turn(honest: &[Case], hostile: &[Case]) -> Vec<Case> {
    let pairs = honest.iter().cycle().zip(hostile);
    pairs.flat_map(|(honest, hostile)| [honest.clone(), hostile.clone()]).collect()
}
