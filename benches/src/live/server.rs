use std::{
    fs,
    io::{BufRead, BufReader, Error, Result, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

/// A server in a process of its own, which ends with this.
#[derive(Debug)]
pub struct Server {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    port: u16,
}

/// A process, to be looked at while it runs.
#[derive(Clone, Copy, Debug)]
pub struct Process {
    id: u32,
}

impl Server {
    /// Starts a program that prints the port on which it serves.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let stdin = child.stdin.take().expect("it is piped, and taken once");
        let stdout = child.stdout.take().expect("it is piped, and taken once");
        let mut server = Self { child, stdin, stdout: BufReader::new(stdout), port: 0 };
        let port = server.line()?;
        server.port = port.parse().map_err(|_| Error::other("the server did not start"))?;
        Ok(server)
    }

    /// The port on which it serves.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its process.
    #[must_use]
    pub fn process(&self) -> Process {
        Process { id: self.child.id() }
    }

    /// Writes a line to its standard input, and returns the line that it prints to that.
    ///
    /// # Errors
    ///
    /// If it is gone.
    pub fn ask(&mut self, line: &str) -> Result<String> {
        writeln!(self.stdin, "{line}")?;
        self.line()
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stdout.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }
}

impl Process {
    /// How long its threads have run so far.
    ///
    /// # Errors
    ///
    /// If it is gone.
    pub fn cpu_time(self) -> Result<Duration> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.id))? {
            // The first field: https://docs.kernel.org/scheduler/sched-stats.html
            let fields = fs::read_to_string(thread?.path().join("schedstat"))?;
            let ran = fields.split(' ').next().and_then(|field| field.parse::<u64>().ok());
            nanoseconds += ran.ok_or_else(|| Error::other("schedstat has no times"))?;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }

    /// How much of its memory is resident, in bytes.
    ///
    /// # Errors
    ///
    /// If it is gone.
    pub fn resident(self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        Ok(kibibytes.ok_or_else(|| Error::other("the process has no memory"))? * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is why it is stopped.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
