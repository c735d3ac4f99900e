use std::{
    env, fs,
    io::{BufRead, BufReader, Error, Read, Result, Write},
    net::TcpStream,
    process::{Child, Stdio},
    time::Duration,
};

use crate::{
    contender::Contender,
    cores::Core,
    serve::{APP, BODY},
    stack::Stack,
};

/// A server in a process of its own, which ends with this.
pub(crate) struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Starts a server and sees that it answers as it should.
    pub(crate) fn start(stack: Stack, contender: Contender, origins: usize) -> Result<Self> {
        let mut command = Core::Server.command(env::current_exe()?);
        command.args(["--serve", stack.name(), contender.name(), &origins.to_string()]);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut server = Self { child, port: 0 };
        server.port = server.printed_port()?;
        server.check(contender).map_err(|error| {
            let (stack, contender) = (stack.name(), contender.name());
            Error::other(format!("{stack}, {contender}, {origins} origins: {error}"))
        })?;
        Ok(server)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// How long its threads have run so far.
    pub(crate) fn cpu_time(&self) -> Result<Duration> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            // The first field: https://docs.kernel.org/scheduler/sched-stats.html
            let fields = fs::read_to_string(thread?.path().join("schedstat"))?;
            let ran = fields.split(' ').next().and_then(|field| field.parse::<u64>().ok());
            nanoseconds += ran.ok_or_else(|| Error::other("schedstat has no times"))?;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }

    fn printed_port(&mut self) -> Result<u16> {
        let stdout = self.child.stdout.take().expect("it is piped, and read once");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        line.trim().parse().map_err(|_| Error::other("the server did not start"))
    }

    fn check(&self, contender: Contender) -> Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET /users HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: {APP}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let allows = format!("\r\naccess-control-allow-origin: {APP}\r\n");
        let is_right = answer.starts_with("HTTP/1.1 200 OK\r\n")
            && answer.ends_with(&format!("\r\n\r\n{BODY}"))
            && answer.to_ascii_lowercase().contains(&allows) == contender.is_cors();
        if is_right { Ok(()) } else { Err(Error::other(format!("a wrong answer:\n{answer}"))) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is why it is stopped.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
