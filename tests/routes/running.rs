//! The example's own process.

use std::{error::Error, process::Stdio};

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    net::TcpListener,
    process::{Child, ChildStdout, Command},
    time::timeout,
};

use crate::{
    answers::{EXCHANGES, send},
    exchange::{DEADLINE, written},
};

/// A child process, killed when dropped.
struct Example {
    process: Child,
    output: Lines<BufReader<ChildStdout>>,
    server: String,
    /// What it said before it named its address.
    table: Vec<String>,
}

impl Example {
    async fn start() -> Result<Self, Box<dyn Error>> {
        let mut process = command("0").stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let mut output = BufReader::new(process.stdout.take().ok_or("no output")?).lines();
        let mut table = Vec::new();
        while let Some(line) = timeout(DEADLINE, output.next_line()).await?? {
            if let Some((server, _)) =
                line.strip_prefix("Open ").and_then(|it| it.split_once("/admin"))
            {
                return Ok(Self { process, output, server: server.to_owned(), table });
            }
            table.push(line);
        }
        Err("ended without naming its address".into())
    }

    /// Presses Ctrl-C, and returns the exit code.
    async fn interrupt(mut self) -> Result<Option<i32>, Box<dyn Error>> {
        let id = self.process.id().ok_or("ended early")?.to_string();
        Command::new("kill").args(["-INT", &id]).status().await?;
        Ok(timeout(DEADLINE, self.process.wait()).await??.code())
    }
}

/// `cargo run` becomes the program it runs, so signals and exit code are the program's.
fn command(port: &str) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(["run", "--quiet", "--example", "routes", "--", port]);
    command
}

#[tokio::test]
async fn it_answers_until_ctrl_c() -> Result<(), Box<dyn Error>> {
    let example = Example::start().await?;
    for (name, request, answer) in EXCHANGES {
        assert_eq!(written(send(&example.server, request).await).await, answer, "{name}");
    }
    assert_eq!(example.interrupt().await?, Some(0));
    Ok(())
}

#[tokio::test]
async fn it_tells_who_may_do_what_and_what_to_try() -> Result<(), Box<dyn Error>> {
    let mut example = Example::start().await?;
    assert_eq!(
        example.table,
        [
            "                            its own page a partner    a stranger",
            "GET /public/books           allowed      allowed      allowed",
            "GET public.localhost/status allowed      allowed      allowed",
            "GET /status                 same-origin  denied       denied",
            "PUT /partners/orders/7      same-origin  allowed      denied",
            "POST /admin/restart         same-origin  denied       denied",
            "",
        ]
    );
    let mut tries = Vec::new();
    for _ in 0..5 {
        tries.extend(timeout(DEADLINE, example.output.next_line()).await??);
    }
    let port = example.server.rsplit(':').next().unwrap_or_default();
    let tries: Vec<_> = tries.iter().map(|line| line.replace(port, "PORT")).collect();
    assert_eq!(
        tries,
        [
            "  curl -i http://127.0.0.1:PORT/public/books -H 'origin: https://stranger.example'",
            "  curl -i http://public.localhost:PORT/status -H 'origin: https://stranger.example'",
            "  curl -i http://127.0.0.1:PORT/partners/orders/7 -H 'origin: https://shop.partner.example' \\",
            "    -X OPTIONS -H 'access-control-request-method: PUT'",
            "  curl -i http://127.0.0.1:PORT/admin/restart -H 'origin: https://stranger.example' -X POST",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() -> Result<(), Box<dyn Error>> {
    let taken = TcpListener::bind("127.0.0.1:0").await?;
    let port = taken.local_addr()?.port().to_string();
    let running = command(&port).stderr(Stdio::piped()).kill_on_drop(true).output();
    let output = timeout(DEADLINE, running).await??;
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr)?;
    assert!(told.contains(&format!("port {port}: Address already in use")), "{told}");
    Ok(())
}
