use std::{
    io::{Error, ErrorKind, Result},
    num::NonZero,
    process::{Command, Output, Stdio},
    str::FromStr,
};

use super::Core;

/// A program that puts a server under load.
#[derive(Clone, Copy, Debug)]
pub enum Generator {
    /// Of HTTP/2.
    H2load,
    /// Of HTTP/1.1.
    Wrk,
}

/// What a server did under load.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// How many requests it answered.
    pub requests: f64,
    /// How many of them not with 2xx.
    pub declined: f64,
    /// How many in a second.
    pub per_second: f64,
}

/// What a browser sends beside `Host` and `Origin`.
pub const BROWSER: [&str; 11] = [
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
    "Accept: */*",
    "Accept-Language: en-GB,en;q=0.9",
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Referer: https://app.example.com/",
    "Sec-CH-UA: \"Chromium\";v=\"156\", \"Not.A/Brand\";v=\"99\"",
    "Sec-CH-UA-Mobile: ?0",
    "Sec-CH-UA-Platform: \"Linux\"",
    "Sec-Fetch-Dest: empty",
    "Sec-Fetch-Mode: cors",
    "Sec-Fetch-Site: same-site",
];

impl Generator {
    /// Sees that the program is there.
    ///
    /// # Errors
    ///
    /// Says how to install the program if it is not there.
    pub fn require(self) -> Result<()> {
        let program = self.program();
        let mut command = Command::new(program);
        match command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status() {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::other(format!(
                "the load is made by {program}, which is not installed\n\
                 on Debian: apt-get install wrk nghttp2-client"
            ))),
            Err(error) => Err(error),
        }
    }

    /// A command that makes load for so long, on a core of its own; where to is added to it.
    #[must_use]
    pub fn command(self, seconds: NonZero<u32>) -> Command {
        let mut command = Core::Load.command(self.program());
        self.aim(&mut command, seconds);
        command
    }

    /// The same, on any core.
    #[must_use]
    pub fn command_anywhere(self, seconds: NonZero<u32>) -> Command {
        let mut command = Command::new(self.program());
        self.aim(&mut command, seconds);
        command
    }

    /// Runs that command.
    ///
    /// # Errors
    ///
    /// If a request was not answered.
    pub fn run(self, command: &mut Command) -> Result<Done> {
        let output = command.output()?;
        let done = if output.status.success() { self.read(&output) } else { None };
        done.ok_or_else(|| {
            let [text, complaint] =
                [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
            Error::other(format!("{} met errors:\n{text}{complaint}", self.program()))
        })
    }

    fn aim(self, command: &mut Command, seconds: NonZero<u32>) {
        match self {
            Self::H2load => command.args(["-t1", "-c4", "-m8", &format!("-D{seconds}s")]),
            Self::Wrk => command.args(["-t1", "-c16", "--timeout=10s", &format!("-d{seconds}s")]),
        };
    }

    fn program(self) -> &'static str {
        match self {
            Self::H2load => "h2load",
            Self::Wrk => "wrk",
        }
    }

    /// Reads what the program prints, unless that tells of errors.
    fn read(self, output: &Output) -> Option<Done> {
        let text = String::from_utf8_lossy(&output.stdout);
        match self {
            Self::H2load => {
                let requests: f64 = before(&text, " done,")?;
                let is_http2 = text.contains("Application protocol: h2c");
                // It takes a 4xx for a failure.
                let is_clean = text.contains(" 0 errored, 0 timeout") && text.contains(" 0 5xx");
                let declined = requests - before::<f64>(&text, " 2xx,")?;
                let per_second = before(&text, " req/s,")?;
                (is_http2 && is_clean).then_some(Done { requests, declined, per_second })
            }
            Self::Wrk => {
                let requests = before(&text, " requests in")?;
                let declined = behind(&text, "Non-2xx or 3xx responses:").unwrap_or(0.0);
                let per_second = behind(&text, "Requests/sec:")?;
                let is_clean = !text.contains("Socket errors");
                is_clean.then_some(Done { requests, declined, per_second })
            }
        }
    }
}

/// The number in front of `unit`.
fn before<T: FromStr>(text: &str, unit: &str) -> Option<T> {
    let (text, _) = text.split_once(unit)?;
    text.rsplit(char::is_whitespace).next()?.parse().ok()
}

/// The number behind `label`.
fn behind<T: FromStr>(text: &str, label: &str) -> Option<T> {
    let (_, text) = text.split_once(label)?;
    text.split_whitespace().next()?.parse().ok()
}
