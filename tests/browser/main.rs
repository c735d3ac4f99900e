//! The browser of the feature `testing` against servers that say what a row tells them to.
#![cfg(feature = "testing")]

mod server;

mod announcing;
mod caching;
mod checking;
mod credentials;
mod elsewhere;
mod exposing;
mod judging;
mod metadata;
mod printing;
mod redirects;
mod requesting;
mod scripts;
mod stacks;
