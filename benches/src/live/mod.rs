//! Real servers in processes of their own, the programs that put them under load, and what comes of it.

mod cores;
mod generator;
mod measured;
mod quartiles;
mod server;

pub use self::{
    cores::Core,
    generator::{BROWSER, Done, Generator},
    measured::{Measured, turns},
    quartiles::Quartiles,
    server::{Process, Server},
};
