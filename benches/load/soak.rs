use std::{
    io::{Error, Result},
    num::NonZero,
    thread,
    time::{Duration, Instant},
};

use futures_util::future::try_join_all;
use tokio::runtime::{Builder, Runtime};
use tower_cors_benches::live::{Done, Generator, Server};

use crate::{
    case::Case,
    checker::{Checker, Found},
    memory::Memory,
    policy::POLICIES,
    reloads::{InForce, Reloads},
    subject::Subject,
    traffic::Traffic,
};

/// What came of everything at once.
pub(crate) struct Soaked {
    pub(crate) http1: Done,
    pub(crate) http2: Done,
    pub(crate) found: Found,
    pub(crate) reloads: Reloads,
    pub(crate) memory: Memory,
}

/// Everything that is sent, while the policy is replaced, answers are compared and memory is watched.
pub(crate) fn soak(seconds: NonZero<u32>, cases: &[Case]) -> Result<Soaked> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let in_force = InForce::new(&[0, 1, 2]);
    let mut server = Subject::Soaked.start()?;
    let traffic = Traffic::new("soak", cases.iter().collect())?;
    let checker = checker(&runtime, cases, &in_force, &mut server)?;

    let (port, process) = (server.port(), server.process());
    let (load, start) = (Duration::from_secs(seconds.get().into()), Instant::now());
    let has_load = || start.elapsed() < load;
    let (http1, http2, memory, reloads) = thread::scope(|scope| {
        let wrk = || traffic.wrk(Generator::Wrk.command_anywhere(seconds), port);
        let wrk = scope.spawn(wrk);
        let h2load = scope.spawn(|| traffic.h2load_while(port, has_load));
        let memory = scope.spawn(move || Memory::watch(process, load, start));
        let reloads = scope.spawn(|| in_force.reload_while(&mut server, has_load));
        let connections = (0..4).map(|number| {
            let part = (number % 2, number / 2 * cases.len() / 2);
            checker.check_while(port, part, &in_force, has_load)
        });
        runtime.block_on(try_join_all(connections))?;
        let gone = "no thread panics";
        Ok::<_, Error>((
            wrk.join().expect(gone)?,
            h2load.join().expect(gone)?,
            memory.join().expect(gone)?,
            reloads.join().expect(gone)?,
        ))
    })?;
    let reloads = Reloads { left_alive: in_force.reload_until_alone(&mut server)?, ..reloads };
    Ok(Soaked { http1, http2, found: checker.found(), reloads, memory })
}

/// What compares answers, once it is seen that it notices wrong ones: without the layer all are, and by
/// another policy those that differ.
fn checker<'a>(
    runtime: &Runtime,
    cases: &'a [Case],
    in_force: &InForce,
    server: &mut Server,
) -> Result<Checker<'a>> {
    let without = Subject::Without.start()?;
    let checker = runtime.block_on(Checker::new(cases, without.port()))?;
    let wrong = |port, policy| runtime.block_on(checker.wrong_at(port, policy));
    for _ in &POLICIES {
        in_force.reload(server)?;
        let served = in_force.policy();
        for policy in &POLICIES {
            let found = wrong(server.port(), policy)?;
            if found != checker.differing(served, policy) {
                let all = checker.len();
                return Err(Error::other(format!("{found} of {all} answers are wrong at rest")));
            }
        }
        if wrong(without.port(), served)? != checker.len() {
            return Err(Error::other("an answer without the layer is taken for right"));
        }
    }
    Ok(checker)
}
