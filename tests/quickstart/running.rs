use std::{error::Error, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// Bounds what would else hang: the first run may have to compile.
pub(crate) const DEADLINE: Duration = Duration::from_secs(120);

/// A child process, killed when dropped, and its output so far unread.
pub(crate) struct Running {
    process: Child,
    output: Lines<BufReader<ChildStdout>>,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Result<Self, Box<dyn Error>> {
        let mut process = command.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let output = process.stdout.take().ok_or("no output")?;
        Ok(Self { process, output: BufReader::new(output).lines() })
    }

    /// Waits for a line with `before`, and returns the word that follows.
    pub(crate) async fn word_after(&mut self, before: &str) -> Result<String, Box<dyn Error>> {
        while let Some(line) = timeout(DEADLINE, self.output.next_line()).await?? {
            if let Some((_, after)) = line.split_once(before) {
                return Ok(after.split_whitespace().next().unwrap_or_default().to_owned());
            }
        }
        Err(format!("ended without saying {before:?}").into())
    }

    /// Presses Ctrl-C, and returns the exit code.
    pub(crate) async fn interrupt(mut self) -> Result<Option<i32>, Box<dyn Error>> {
        let id = self.process.id().ok_or("ended early")?.to_string();
        Command::new("kill").args(["-INT", &id]).status().await?;
        Ok(timeout(DEADLINE, self.process.wait()).await??.code())
    }
}

pub(crate) struct Quickstart {
    running: Running,
    pub(crate) page: String,
    pub(crate) api: String,
}

impl Quickstart {
    pub(crate) async fn start() -> Result<Self, Box<dyn Error>> {
        let mut running = Running::start(&mut Self::command(["0", "0"]))?;
        let page = running.word_after("Open ").await?;
        let api = running.word_after("curl -i ").await?.replace("/greeting", "");
        Ok(Self { running, page, api })
    }

    /// `cargo run` becomes the program it runs, so signals and exit code are the program's.
    pub(crate) fn command(ports: [&str; 2]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command.args(["run", "--quiet", "--example", "quickstart", "--"]).args(ports);
        command
    }

    pub(crate) fn stranger(&self) -> String {
        self.page.replace("localhost", "127.0.0.1")
    }

    pub(crate) fn fill_in(&self, text: &str) -> String {
        let text = text.replace("PAGE", &self.page).replace("STRANGER", &self.stranger());
        text.replace("API", &self.api)
    }

    pub(crate) async fn interrupt(self) -> Result<Option<i32>, Box<dyn Error>> {
        self.running.interrupt().await
    }
}
