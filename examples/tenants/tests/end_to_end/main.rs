//! The service over real sockets, with a database in a real file, which is changed, locked, removed
//! and replaced while clients ask.

// Elsewhere an open file can be neither removed nor replaced.
#![cfg(unix)]

mod answers;
mod browser;
mod changes;
mod client;
mod command;
mod flood;
mod load;
mod locked;
mod patterns;
mod removed;
mod site;
