//! The example of several policies: its answers, from a service to a running process, and the
//! mistakes that its shape avoids.

#[path = "../../examples/routes/app.rs"]
mod app;

mod answers;
mod exchange;
mod matching;
mod nesting;
#[cfg(feature = "testing")]
mod pages;
#[cfg(unix)]
mod running;
mod traps;
