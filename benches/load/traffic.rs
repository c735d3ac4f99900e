use std::{
    ffi::OsStr, fs, io::Result, num::NonZero, os::unix::ffi::OsStrExt, path::PathBuf,
    process::Command,
};

use tower_cors_benches::{
    live::{Done, Generator},
    results,
};

use crate::case::Case;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/load/wrk.lua");

/// Requests that a generator sends in turn.
pub(crate) struct Traffic<'a> {
    cases: Vec<&'a Case>,
    /// Those that wrk reads.
    file: PathBuf,
}

impl<'a> Traffic<'a> {
    pub(crate) fn new(name: &str, cases: Vec<&'a Case>) -> Result<Self> {
        let directory = results::directory().join("load");
        fs::create_dir_all(&directory)?;
        let file = directory.join(name);
        let requests = cases.iter().flat_map(|case| [case.written(), vec![0]].concat());
        fs::write(&file, requests.collect::<Vec<u8>>())?;
        Ok(Self { cases, file })
    }

    /// All of them, over HTTP/1.1.
    pub(crate) fn wrk(&self, mut command: Command, port: u16) -> Result<Done> {
        command.args(["-s", SCRIPT, &url(port, "/")]).arg("--").arg(&self.file);
        Generator::Wrk.run(&mut command)
    }

    /// One after the other for a second, over HTTP/2, from that one on while there is load.
    pub(crate) fn h2load_while(&self, port: u16, has_load: impl Fn() -> bool) -> Result<Done> {
        let mut sum = Done { requests: 0.0, declined: 0.0, per_second: 0.0 };
        let sendable = self.cases.iter().cycle().filter(|case| case.h2load_headers().is_some());
        for case in sendable.take_while(|_| has_load()) {
            let command = Generator::H2load.command_anywhere(NonZero::<u32>::MIN);
            let done = h2load(command, port, case)?;
            sum.requests += done.requests;
            sum.declined += done.declined;
        }
        Ok(sum)
    }
}

/// One request again and again, over HTTP/2.
pub(crate) fn h2load(mut command: Command, port: u16, case: &Case) -> Result<Done> {
    for header in case.h2load_headers().iter().flatten() {
        command.arg("-H").arg(OsStr::from_bytes(header));
    }
    Generator::H2load.run(command.arg(url(port, case.path)))
}

fn url(port: u16, path: &str) -> String {
    format!("http://127.0.0.1:{port}{path}")
}
