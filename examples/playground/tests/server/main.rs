//! The playground's server, through real sockets on free ports.

mod answers;
mod cases;
mod codes;
mod command;
mod fixes;
mod flood;
mod guard;
mod policies;
mod ports;
mod predictions;
mod races;
mod remarks;
mod shared_cache;
mod site;
mod visitor;
