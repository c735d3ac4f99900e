use std::{io::Result, iter::zip, num::NonZero, thread, time::Duration};

use crate::{
    contender::Contender, plan::Plan, quartiles::Quartiles, report::Row, server::Server,
    stack::Stack,
};

/// One stack with one number of allowed origins, and all that contend on it.
pub(crate) struct Comparison {
    pub(crate) stack: Stack,
    pub(crate) origins: usize,
}

/// What one server did in one round.
struct Measured {
    cpu_micros: f64,
    per_second: f64,
}

impl Comparison {
    /// Puts one server after the other under load, round by round.
    pub(crate) fn run(&self, plan: &Plan) -> Result<Vec<Row>> {
        let contenders = self.stack.contenders();
        let mut measured: Vec<Vec<Measured>> = contenders.iter().map(|_| Vec::new()).collect();
        for round in 0..plan.rounds.get() {
            // Where a process happens to lie in memory makes it faster or slower for life, so each
            // round has its own.
            let start = |&contender| Server::start(self.stack, contender, self.origins);
            let servers: Vec<Server> = contenders.iter().map(start).collect::<Result<_>>()?;
            for turn in order(servers.len(), round as usize) {
                measured[turn].push(self.load(&servers[turn], plan.seconds)?);
            }
        }
        let rows = zip(contenders, &measured);
        Ok(rows.map(|(&contender, own)| self.row(contender, own, &measured[0])).collect())
    }

    fn load(&self, server: &Server, seconds: NonZero<u32>) -> Result<Measured> {
        let before = server.cpu_time()?;
        let done = self.stack.generator().run(server.port(), seconds)?;
        // The server has the ends of the connections yet to see.
        thread::sleep(Duration::from_millis(20));
        let ran = server.cpu_time()? - before;
        let cpu_micros = ran.as_secs_f64() * 1e6 / done.requests;
        Ok(Measured { cpu_micros, per_second: done.per_second })
    }

    fn row(&self, contender: Contender, own: &[Measured], none: &[Measured]) -> Row {
        let ratio = |figure: fn(&Measured) -> f64| {
            Quartiles::of(zip(own, none).map(|(own, none)| figure(own) / figure(none)))
        };
        Row {
            stack: self.stack.name(),
            origins: self.origins,
            contender: contender.name(),
            cpu_micros: Quartiles::of(own.iter().map(|one| one.cpu_micros)),
            per_second: Quartiles::of(own.iter().map(|one| one.per_second)),
            cpu_ratio: ratio(|one| one.cpu_micros),
            throughput_ratio: ratio(|one| one.per_second),
        }
    }
}

/// Whose turn it is: rotated, and backwards every other time, lest one always follow another.
fn order(count: usize, round: usize) -> Vec<usize> {
    let mut turns: Vec<usize> = (0..count).collect();
    turns.rotate_left(round / 2 % count);
    if round % 2 == 1 {
        turns.reverse();
    }
    turns
}
