use std::{io::Result, iter::zip};

use tower_cors_benches::live::{Measured, Quartiles, Server, turns};

use crate::{contender::Contender, plan::Plan, report::Row, server, stack::Stack};

/// One stack with one number of allowed origins, and all that contend on it.
pub(crate) struct Comparison {
    pub(crate) stack: Stack,
    pub(crate) origins: usize,
}

impl Comparison {
    /// Puts one server after the other under load, round by round.
    pub(crate) fn run(&self, plan: &Plan) -> Result<Vec<Row>> {
        let contenders = self.stack.contenders();
        let mut measured: Vec<Vec<Measured>> = contenders.iter().map(|_| Vec::new()).collect();
        for round in 0..plan.rounds.get() {
            // Where a process happens to lie in memory makes it faster or slower for life, so each
            // round has its own.
            let start = |&contender| server::start(self.stack, contender, self.origins);
            let servers: Vec<Server> = contenders.iter().map(start).collect::<Result<_>>()?;
            for turn in turns(servers.len(), round as usize) {
                let (server, generator) = (&servers[turn], self.stack.generator());
                let load = || server::load(server, generator, plan.seconds);
                measured[turn].push(Measured::during(server.process(), load)?);
            }
        }
        let rows = zip(contenders, &measured);
        Ok(rows.map(|(&contender, own)| self.row(contender, own, &measured[0])).collect())
    }

    fn row(&self, contender: Contender, own: &[Measured], none: &[Measured]) -> Row {
        Row {
            stack: self.stack.name(),
            origins: self.origins,
            contender: contender.name(),
            cpu_micros: Quartiles::of(own.iter().map(|one| one.cpu_micros)),
            per_second: Quartiles::of(own.iter().map(|one| one.per_second)),
            cpu_ratio: Measured::ratio(own, none, |one| one.cpu_micros),
            throughput_ratio: Measured::ratio(own, none, |one| one.per_second),
        }
    }
}
