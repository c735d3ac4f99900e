use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use tempfile::TempDir;
use tokio::{
    process::{Child, Command},
    time::timeout,
};

use crate::{
    curl::Curl,
    log::{GIVE_UP, Log, Tested},
    policy,
};

/// The program, serving what a file says, and `curl`, asking it.
pub(crate) struct Site {
    pub(crate) curl: Curl,
    pub(crate) log: Log,
    /// Killed when dropped.
    process: Child,
    file: PathBuf,
    directory: TempDir,
}

impl Site {
    /// Starts with policy 1 in `config/cors.toml`; or not at all, if there is no `curl` and need not
    /// be.
    pub(crate) async fn start() -> Tested<Option<Self>> {
        let directory = tempfile::tempdir()?;
        let file = directory.path().join("config/cors.toml");
        fs::create_dir(directory.path().join("config"))?;
        fs::write(&file, policy::file(1))?;
        Self::start_at(directory, file).await
    }

    /// Starts with a file that is there.
    pub(crate) async fn start_at(directory: TempDir, file: PathBuf) -> Tested<Option<Self>> {
        if !Curl::is_here().await {
            let is_required = env::var_os("TOWER_CORS_SERVERS").is_some_and(|it| it == "required");
            assert!(!is_required, "there is no `curl`");
            eprintln!("skipped: there is no `curl`");
            return Ok(None);
        }
        let mut process = program(&file).spawn()?;
        let log = Log::of(process.stderr.take().ok_or("no log")?);
        let mut output = Log::of(process.stdout.take().ok_or("no output")?);
        let line = output.until("").await?.concat();
        let url = line.strip_prefix("Listening on ").ok_or("it does not tell where it is")?;
        let mut curl = Curl::start(url.to_owned());
        curl.more(2).await?;
        Ok(Some(Self { curl, log, process, file, directory }))
    }

    /// The file that is served.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// A directory above, which is not watched.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Waits until an edit has taken effect and has been logged, and nothing but it.
    pub(crate) async fn changed(&mut self, from: u32, to: u32) -> Tested {
        let lines = self.log.until(&policy::change(from, to)).await?;
        assert_eq!(lines.len(), 1, "{lines:#?}");
        self.curl.until(to).await
    }

    /// Waits until problems that begin so have been logged, and nothing but them. Nothing else
    /// happens.
    pub(crate) async fn refused(&mut self, problems: &[&str]) -> Tested {
        let end = format!("ignored, the policy stays as it was problems={}", problems.len());
        let mut lines = self.log.until(&end).await?;
        lines.pop();
        let file = format!("{}: ", self.file.display());
        let told: Vec<_> =
            lines.iter().filter_map(|line| Some(line.split_once(&file)?.1)).collect();
        let are_those = told.iter().zip(problems).all(|(told, begin)| told.starts_with(begin));
        assert!(are_those && told.len() == problems.len(), "{problems:#?} in {lines:#?}");
        assert_eq!(lines.len(), problems.len(), "{lines:#?}");
        assert!(lines.iter().all(|line| line.contains(" ERROR ")), "{lines:#?}");
        self.curl.more(6).await
    }

    pub(crate) async fn signal(&self, name: &str) -> Tested {
        let id = self.process.id().ok_or("it has ended")?.to_string();
        let status = Command::new("kill").args(["-s", name, &id]).status().await?;
        if status.success() { Ok(()) } else { Err("it cannot be told".into()) }
    }

    /// Ends it. All answers have been by these policies, and everything in the log was waited for.
    pub(crate) async fn end(mut self, policies: &[u32]) -> Tested {
        self.curl.more(2).await?;
        assert_eq!(self.process.try_wait()?, None, "it has ended");
        self.curl.end(policies).await?;
        let id = self.process.id().ok_or("it has ended")?.to_string();
        Command::new("kill").args(["-s", "INT", &id]).status().await?;
        let status = timeout(GIVE_UP, self.process.wait()).await??;
        assert_eq!(status.code(), Some(0), "it ends when told");
        assert_eq!(self.log.end().await?, [""; 0]);
        Ok(())
    }
}

pub(crate) fn program(file: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tower-cors-hot-reload"));
    program.arg(file).arg("127.0.0.1:0").kill_on_drop(true);
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}
