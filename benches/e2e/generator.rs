use std::{
    io::{Error, ErrorKind, Result},
    num::NonZero,
    process::{Command, Stdio},
    str::FromStr,
};

use crate::{cores::Core, serve::APP};

/// A program that puts a server under load.
#[derive(Clone, Copy)]
pub(crate) enum Generator {
    H2load,
    Wrk,
}

/// What a server did under load.
pub(crate) struct Done {
    pub(crate) requests: f64,
    pub(crate) per_second: f64,
}

/// What a browser sends beside `Host` and `Origin`.
const BROWSER: [&str; 11] = [
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
    /// # Errors
    ///
    /// Says how to install the program if it is not there.
    pub(crate) fn require(self) -> Result<()> {
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

    /// Puts the server at `port` under load.
    ///
    /// # Errors
    ///
    /// An answer other than 2xx is one, too.
    pub(crate) fn run(self, port: u16, seconds: NonZero<u32>) -> Result<Done> {
        let mut command = Core::Load.command(self.program());
        match self {
            Self::H2load => command.args(["-t1", "-c4", "-m8", &format!("-D{seconds}s")]),
            Self::Wrk => command.args(["-t1", "-c16", &format!("-d{seconds}s")]),
        };
        for header in BROWSER {
            command.args(["-H", header]);
        }
        command.args(["-H", &format!("Origin: {APP}")]);
        let output = command.arg(format!("http://127.0.0.1:{port}/users")).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let done = if output.status.success() { self.read(&text) } else { None };
        done.ok_or_else(|| {
            let complaint = String::from_utf8_lossy(&output.stderr);
            Error::other(format!("{} met errors:\n{text}{complaint}", self.program()))
        })
    }

    fn program(self) -> &'static str {
        match self {
            Self::H2load => "h2load",
            Self::Wrk => "wrk",
        }
    }

    /// Reads what the program prints, unless that tells of errors.
    fn read(self, text: &str) -> Option<Done> {
        match self {
            Self::H2load => {
                let requests = before(text, " done,")?;
                let is_http2 = text.contains("Application protocol: h2c");
                let is_clean = text.contains(" 0 failed, 0 errored, 0 timeout")
                    && before(text, " 2xx,") == Some(requests);
                let per_second = before(text, " req/s,")?;
                (is_http2 && is_clean).then_some(Done { requests, per_second })
            }
            Self::Wrk => {
                let is_clean = !text.contains("Non-2xx") && !text.contains("Socket errors");
                let requests = before(text, " requests in")?;
                let (_, per_second) = text.split_once("Requests/sec:")?;
                let per_second = per_second.split_whitespace().next()?.parse().ok()?;
                is_clean.then_some(Done { requests, per_second })
            }
        }
    }
}

/// The number in front of `unit`.
fn before<T: FromStr>(text: &str, unit: &str) -> Option<T> {
    let (text, _) = text.split_once(unit)?;
    text.rsplit(char::is_whitespace).next()?.parse().ok()
}
