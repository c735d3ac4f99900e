use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use redis::{AsyncConnectionConfig, Client, aio::MultiplexedConnection};
use tokio::{
    process::{Child, Command},
    time::{Duration, sleep, timeout},
};

use crate::log::{GIVE_UP, Tested};

/// A Redis, empty when it starts. Killed when dropped.
pub(crate) struct RedisServer {
    process: Child,
    socket: PathBuf,
}

impl RedisServer {
    /// Whether tests that need one can run. If they have to, they fail here.
    pub(crate) async fn is_here() -> bool {
        let version =
            Command::new("redis-server").arg("--version").stdout(Stdio::null()).status().await;
        let is_here = version.is_ok_and(|status| status.success());
        let is_required = env::var_os("TOWER_CORS_SERVERS").is_some_and(|it| it == "required");
        assert!(is_here || !is_required, "there is no `redis-server`");
        if !is_here {
            eprintln!("skipped: there is no `redis-server`");
        }
        is_here
    }

    pub(crate) async fn start(directory: &Path) -> Tested<Self> {
        Self::start_elsewhere(directory, "redis.sock").await
    }

    /// Starts where nobody looks for it.
    pub(crate) async fn start_elsewhere(directory: &Path, socket: &str) -> Tested<Self> {
        let socket = directory.join(socket);
        let mut redis = Command::new("redis-server");
        redis.args(["--port", "0", "--save", "", "--unixsocket"]).arg(&socket);
        redis.arg("--dir").arg(directory).stdin(Stdio::null()).stdout(Stdio::null());
        let redis = Self { process: redis.kill_on_drop(true).spawn()?, socket };
        let answers = async {
            while redis.connect().await.is_err() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(GIVE_UP, answers).await?;
        Ok(redis)
    }

    /// Moves it to where everybody looks.
    pub(crate) fn appear(&mut self) -> Tested {
        let socket = self.socket.with_file_name("redis.sock");
        fs::rename(&self.socket, &socket)?;
        self.socket = socket;
        Ok(())
    }

    pub(crate) fn url(&self) -> String {
        url(&self.socket)
    }

    pub(crate) async fn connect(&self) -> Tested<MultiplexedConnection> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(GIVE_UP))
            .set_response_timeout(Some(GIVE_UP));
        let client = Client::open(self.url())?;
        Ok(client.get_multiplexed_async_connection_with_config(&config).await?)
    }

    /// Does what a person at `redis-cli` might.
    pub(crate) async fn type_in(&self, line: &[&str]) -> Tested {
        let mut command = redis::cmd(line[0]);
        for word in &line[1..] {
            command.arg(word);
        }
        Ok(command.exec_async(&mut self.connect().await?).await?)
    }

    /// The version and the policy that it holds.
    pub(crate) async fn holds(&self) -> Tested<(u64, String)> {
        let mut command = redis::cmd("HMGET");
        command.arg("tower-cors-fleet:policy").arg("version").arg("cors");
        Ok(command.query_async(&mut self.connect().await?).await?)
    }

    /// It no longer answers, though its connections stay.
    pub(crate) async fn freeze(&self) -> Tested {
        self.signal("STOP").await
    }

    pub(crate) async fn thaw(&self) -> Tested {
        self.signal("CONT").await
    }

    async fn signal(&self, name: &str) -> Tested {
        let id = self.process.id().ok_or("it has ended")?.to_string();
        let status = Command::new("kill").args(["-s", name, &id]).status().await?;
        if status.success() { Ok(()) } else { Err("it cannot be told".into()) }
    }

    pub(crate) async fn kill(mut self) -> Tested {
        self.process.kill().await?;
        Ok(fs::remove_file(&self.socket)?)
    }
}

pub(crate) fn url(socket: &Path) -> String {
    format!("redis+unix://{}", socket.display())
}
