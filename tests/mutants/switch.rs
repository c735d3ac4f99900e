//! Which mutant is live in this process; added to the crate.

use std::{
    env,
    fs::{File, OpenOptions},
    io::Write,
    sync::{
        LazyLock,
        atomic::{AtomicBool, Ordering},
    },
};

static LIVE: LazyLock<Option<usize>> = LazyLock::new(|| env::var("MUTANT").ok()?.parse().ok());

static REACHED: LazyLock<Option<File>> = LazyLock::new(|| {
    let path = env::var_os("MUTANTS_REACHED")?;
    OpenOptions::new().append(true).create(true).open(path).ok()
});

static IS_REACHED: [AtomicBool; 10_000] = [const { AtomicBool::new(false) }; 10_000];

// The compiler then tells each place where it is called, and so which mutants are compiled.
#[deprecated]
pub(crate) fn is(mutant: usize) -> bool {
    if let Some(mut reached) = REACHED.as_ref() {
        if !IS_REACHED[mutant].swap(true, Ordering::Relaxed) {
            // All at once, as threads and children write as well.
            reached.write_all(&(mutant as u32).to_ne_bytes()).expect("a file can be written");
        }
    }
    *LIVE == Some(mutant)
}
