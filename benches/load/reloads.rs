use std::{
    io::{Error, Result},
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
    time::{Duration, Instant},
};

use tower_cors_benches::live::{Quartiles, Server};

use crate::policy::{POLICIES, Policy};

const EVERY: Duration = Duration::from_millis(100);
/// How long what is under way may hold an old policy.
const LONGEST: Duration = Duration::from_secs(10);

/// Which policies may answer. A reload is begun before the server is told of it, and done when the
/// server has said so, so an answer is by one of those from the last that was done when the request
/// was sent to the last that was begun when it came.
pub(crate) struct InForce {
    numbers: &'static [usize],
    begun: AtomicUsize,
    done: AtomicUsize,
}

/// What came of all reloads.
#[derive(Debug)]
pub(crate) struct Reloads {
    pub(crate) count: usize,
    pub(crate) millis: Quartiles,
    /// The most policies that something held when one was replaced, the new one included.
    pub(crate) most_alive: usize,
    /// How many something holds after the end of the load.
    pub(crate) left_alive: usize,
}

impl InForce {
    /// The policies with these numbers take turns.
    pub(crate) fn new(numbers: &'static [usize]) -> Self {
        Self { numbers, begun: AtomicUsize::new(0), done: AtomicUsize::new(0) }
    }

    pub(crate) fn done(&self) -> usize {
        self.done.load(SeqCst)
    }

    /// The policy that answers, while none is begun.
    pub(crate) fn policy(&self) -> &'static Policy {
        &POLICIES[self.number(self.done())]
    }

    /// The policies that may have answered since then.
    pub(crate) fn since(&self, done: usize) -> Vec<&'static Policy> {
        let mut reloads: Vec<usize> = (done..=self.begun.load(SeqCst)).collect();
        reloads.truncate(self.numbers.len());
        reloads.into_iter().map(|reload| &POLICIES[self.number(reload)]).collect()
    }

    /// Replaces the policy by the next, and returns how many policies there are.
    pub(crate) fn reload(&self, server: &mut Server) -> Result<usize> {
        let reload = self.begun.fetch_add(1, SeqCst) + 1;
        let line = server.ask(&self.number(reload).to_string())?;
        self.done.store(reload, SeqCst);
        line.parse().map_err(|_| Error::other("the server has not reloaded"))
    }

    /// Replaces it each 100 ms while there is load.
    pub(crate) fn reload_while(
        &self,
        server: &mut Server,
        has_load: impl Fn() -> bool,
    ) -> Result<Reloads> {
        let (mut millis, mut most_alive) = (Vec::new(), 0);
        let mut next = Instant::now();
        while has_load() {
            next += EVERY;
            thread::sleep(next.saturating_duration_since(Instant::now()));
            let start = Instant::now();
            most_alive = most_alive.max(self.reload(server)?);
            millis.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let count = millis.len();
        let millis = Quartiles::of(millis.into_iter());
        Ok(Reloads { count, millis, most_alive, left_alive: most_alive })
    }

    /// Replaces it until nothing holds another policy, and returns how many policies there are.
    pub(crate) fn reload_until_alone(&self, server: &mut Server) -> Result<usize> {
        let start = Instant::now();
        loop {
            let alive = self.reload(server)?;
            if alive == 1 || start.elapsed() > LONGEST {
                return Ok(alive);
            }
            thread::sleep(EVERY);
        }
    }

    fn number(&self, reload: usize) -> usize {
        self.numbers[reload % self.numbers.len()]
    }
}
