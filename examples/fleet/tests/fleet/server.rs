use std::{
    path::Path,
    process::{Output, Stdio},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    process::{Child, Command},
    time::{Duration, sleep, timeout},
};

use crate::{
    log::{GIVE_UP, Log, Tested},
    policy,
};

/// One of the fleet. Killed when dropped.
pub(crate) struct Server {
    pub(crate) log: Log,
    address: String,
    process: Child,
}

impl Server {
    pub(crate) async fn start(url: &str, fallback: Option<&Path>) -> Tested<Self> {
        let mut process = program(url).args(["serve", "127.0.0.1:0"]).args(fallback).spawn()?;
        let log = Log::of(process.stderr.take().ok_or("no log")?);
        let mut output = Log::of(process.stdout.take().ok_or("no output")?);
        output.next(&["Listening on http://"]).await?;
        let line = output.all().concat();
        let address = line.strip_prefix("Listening on http://").unwrap_or_default().to_owned();
        Ok(Self { log, address, process })
    }

    /// By which policy it answers a preflight, if it allows it. It has to be wholly by that.
    pub(crate) async fn policy(&self) -> Tested<Option<u32>> {
        let answer = self.ask(policy::PREFLIGHT).await?;
        let max_age = answer.lines().find_map(|line| line.strip_prefix("access-control-max-age: "));
        let n = max_age.map(str::parse).transpose()?;
        assert_eq!(answer, policy::answer(n));
        Ok(n)
    }

    /// Waits until it answers by the policy. Until then it does by the other.
    pub(crate) async fn switches(&self, from: Option<u32>, to: Option<u32>) -> Tested {
        let switched = async {
            loop {
                let n = self.policy().await?;
                if n == to {
                    return Ok(());
                }
                assert_eq!(n, from);
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(GIVE_UP, switched).await?
    }

    /// Waits until it says so of itself.
    pub(crate) async fn says(&self, health: &str) -> Tested {
        let mut said = String::new();
        let says = async {
            while said != health {
                sleep(Duration::from_millis(20)).await;
                said = self.health().await?;
            }
            Ok(())
        };
        let waited = timeout(GIVE_UP, says).await;
        waited.unwrap_or_else(|_| Err(format!("it says {said}, not {health}").into()))
    }

    async fn health(&self) -> Tested<String> {
        let request = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        let answer = self.ask(request).await?;
        let (head, body) = answer.split_once("\n\n").ok_or("no answer")?;
        assert!(head.starts_with("HTTP/1.1 200 OK\n"), "{head}");
        Ok(body.to_owned())
    }

    /// Status, headers in alphabetical order but for the date, body.
    async fn ask(&self, request: &str) -> Tested<String> {
        let answer = async {
            let mut stream = TcpStream::connect(&self.address).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await?;
            Tested::Ok(answer.replace("\r\n", "\n"))
        };
        let answer = timeout(GIVE_UP, answer).await??;
        let (head, body) = answer.split_once("\n\n").ok_or("no answer")?;
        let mut lines: Vec<_> = head.lines().filter(|line| !line.starts_with("date: ")).collect();
        lines[1..].sort_unstable();
        Ok(format!("{}\n\n{body}", lines.join("\n")))
    }

    /// Ends it. Everything in its log was waited for.
    pub(crate) async fn end(mut self) -> Tested {
        assert_eq!(self.process.try_wait()?, None, "it has ended");
        let id = self.process.id().ok_or("it has ended")?.to_string();
        Command::new("kill").args(["-s", "INT", &id]).status().await?;
        let status = timeout(GIVE_UP, self.process.wait()).await??;
        assert_eq!(status.code(), Some(0), "it ends when told");
        assert_eq!(self.log.end().await?, [""; 0]);
        Ok(())
    }
}

fn program(url: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tower-cors-fleet"));
    program.env("REDIS_URL", url).kill_on_drop(true);
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// Runs a command to its end: its code, what it printed, and what is wrong.
pub(crate) async fn run(url: &str, arguments: &[&str]) -> Tested<(Option<i32>, String, String)> {
    let output = program(url).args(arguments).output();
    let Output { status, stdout, stderr } = timeout(GIVE_UP, output).await??;
    Ok((status.code(), String::from_utf8(stdout)?, String::from_utf8(stderr)?))
}
