use std::{io::Result, iter::zip, thread, time::Duration};

use super::{Done, Process, Quartiles};

/// What one server did in one turn.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// The server's CPU time for one request, in microseconds.
    pub cpu_micros: f64,
    /// Requests in a second.
    pub per_second: f64,
}

impl Measured {
    /// Measures a server while it is under load.
    ///
    /// # Errors
    ///
    /// If the load meets errors, or the server is gone.
    pub fn during(server: Process, load: impl FnOnce() -> Result<Done>) -> Result<Self> {
        let before = server.cpu_time()?;
        let done = load()?;
        // The server has the ends of the connections yet to see.
        thread::sleep(Duration::from_millis(20));
        let ran = server.cpu_time()? - before;
        let cpu_micros = ran.as_secs_f64() * 1e6 / done.requests;
        Ok(Self { cpu_micros, per_second: done.per_second })
    }

    /// How many times the figure of the other server in the same round each is.
    #[must_use]
    pub fn ratio(own: &[Self], other: &[Self], figure: fn(&Self) -> f64) -> Quartiles {
        Quartiles::of(zip(own, other).map(|(own, other)| figure(own) / figure(other)))
    }
}

/// Whose turn it is in a round: rotated, and backwards every other time, lest one always follow
/// another.
#[must_use]
pub fn turns(count: usize, round: usize) -> Vec<usize> {
    let mut turns: Vec<usize> = (0..count).collect();
    turns.rotate_left(round / 2 % count);
    if round % 2 == 1 {
        turns.reverse();
    }
    turns
}
