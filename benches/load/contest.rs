use std::{
    io::Result,
    num::NonZero,
    sync::atomic::{AtomicBool, Ordering::SeqCst},
    thread,
};

use tower_cors_benches::live::{Done, Generator, Measured, Quartiles, Server, turns};

use crate::{
    case::Case,
    reloads::InForce,
    subject::Subject,
    traffic::{Traffic, h2load},
};

/// Servers, or kinds of requests, that are measured in turn.
pub(crate) struct Contest<'a> {
    pub(crate) name: &'static str,
    pub(crate) compared: Compared,
    pub(crate) contenders: Vec<Contender<'a>>,
}

/// What is compared, and what is held.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Compared {
    /// Requests, at one server: the last takes no more CPU time than the first.
    Requests,
    /// Servers, by the same requests: the layer has 97 % of the throughput by hand.
    Servers,
}

pub(crate) struct Contender<'a> {
    pub(crate) name: &'static str,
    pub(crate) subject: Subject,
    pub(crate) load: &'a Load<'a>,
}

pub(crate) enum Load<'a> {
    Http1(Traffic<'a>),
    Http2(&'a Case),
}

/// What came of one contender.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// Whether its better quartile is within the bar: what misses it by noise alone is not held.
    pub(crate) is_within: bool,
    pub(crate) cpu_micros: Quartiles,
    pub(crate) per_second: Quartiles,
    /// Ratios to the first in the same round.
    pub(crate) cpu_ratio: Quartiles,
    pub(crate) throughput_ratio: Quartiles,
    /// To what says the same headers by hand.
    pub(crate) by_hand: Option<Quartiles>,
}

const SECOND: NonZero<u32> = NonZero::<u32>::MIN;

impl Contest<'_> {
    /// Measures one after the other, round by round.
    pub(crate) fn run(&self, rounds: NonZero<u32>) -> Result<Vec<Row>> {
        let mut measured: Vec<Vec<Measured>> = self.contenders.iter().map(|_| vec![]).collect();
        for round in 0..rounds.get() {
            // Where a process happens to lie in memory makes it faster or slower for life, so each
            // round has its own.
            let mut servers = self.servers()?;
            for turn in turns(self.contenders.len(), round as usize) {
                let last = servers.len() - 1;
                let server = &mut servers[turn.min(last)];
                measured[turn].push(self.contenders[turn].measure(server)?);
            }
        }
        let numbers = 0..self.contenders.len();
        Ok(numbers.map(|number| self.row(number, &measured)).collect())
    }

    fn row(&self, number: usize, measured: &[Vec<Measured>]) -> Row {
        let Contender { name, subject, .. } = self.contenders[number];
        let own = &measured[number];
        let throughput = |other: &[Measured]| Measured::ratio(own, other, |one| one.per_second);
        let is_by_hand = |contender: &Contender<'_>| contender.subject == Subject::ByHand;
        let by_hand = self.contenders.iter().position(is_by_hand);
        let by_hand = by_hand.map(|by_hand| throughput(&measured[by_hand]));
        let cpu_ratio = Measured::ratio(own, &measured[0], |one| one.cpu_micros);
        let is_held = match self.compared {
            Compared::Requests => number + 1 == self.contenders.len(),
            Compared::Servers => matches!(subject, Subject::WithLayer | Subject::Reloaded),
        };
        let is_good = by_hand.map_or(cpu_ratio.low <= 1.0, |ratio| ratio.high >= 0.97);
        Row {
            name,
            is_within: is_good || !is_held,
            cpu_micros: Quartiles::of(own.iter().map(|one| one.cpu_micros)),
            per_second: Quartiles::of(own.iter().map(|one| one.per_second)),
            cpu_ratio,
            throughput_ratio: throughput(&measured[0]),
            by_hand,
        }
    }

    fn servers(&self) -> Result<Vec<Server>> {
        let count = match self.compared {
            Compared::Requests => 1,
            Compared::Servers => self.contenders.len(),
        };
        self.contenders.iter().take(count).map(|contender| contender.subject.start()).collect()
    }
}

impl Contender<'_> {
    fn measure(&self, server: &mut Server) -> Result<Measured> {
        let (port, process) = (server.port(), server.process());
        if self.subject != Subject::Reloaded {
            return Measured::during(process, || self.load.put_on(port));
        }
        // Both allow the page that asks.
        let in_force = InForce::new(&[0, 1]);
        let has_load = AtomicBool::new(true);
        thread::scope(|scope| {
            let reloads = scope.spawn(|| in_force.reload_while(server, || has_load.load(SeqCst)));
            let measured = Measured::during(process, || self.load.put_on(port));
            has_load.store(false, SeqCst);
            reloads.join().expect("no thread panics")?;
            measured
        })
    }
}

impl Load<'_> {
    fn put_on(&self, port: u16) -> Result<Done> {
        match self {
            Self::Http1(traffic) => traffic.wrk(Generator::Wrk.command(SECOND), port),
            Self::Http2(case) => h2load(Generator::H2load.command(SECOND), port, case),
        }
    }
}
