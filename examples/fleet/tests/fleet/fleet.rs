use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{
    log::Tested,
    policy,
    redis_server::{RedisServer, url},
    server::{Server, run},
};

/// Three servers, and a directory with the socket of their Redis.
pub(crate) struct Fleet {
    pub(crate) servers: [Server; 3],
    directory: TempDir,
}

impl Fleet {
    /// Starts with an empty Redis, or not at all if there is none and need not be.
    pub(crate) async fn start() -> Tested<Option<(Self, RedisServer)>> {
        if !RedisServer::is_here().await {
            return Ok(None);
        }
        let directory = tempfile::tempdir()?;
        let redis = RedisServer::start(directory.path()).await?;
        let mut fleet = Self::start_in(directory, None).await?;
        let texts = ["no origin is allowed", "Redis holds no policy, the built-in policy"];
        fleet.log(&texts).await?;
        fleet.health("null", "here").await?;
        Ok(Some((fleet, redis)))
    }

    /// Starts with policy 1, which was published.
    pub(crate) async fn start_with_policy() -> Tested<Option<(Self, RedisServer, u64)>> {
        let Some((mut fleet, redis)) = Self::start().await? else { return Ok(None) };
        let version = fleet.publish(1).await?;
        // Not by asking: until it is served they would refuse, and log that.
        let texts = [policy::first_change(1), format!("version {version} is served")];
        fleet.log(&texts).await?;
        fleet.serves(Some(1)).await?;
        Ok(Some((fleet, redis, version)))
    }

    pub(crate) async fn start_in(directory: TempDir, fallback: Option<&Path>) -> Tested<Self> {
        let url = url(&directory.path().join("redis.sock"));
        let servers = [
            Server::start(&url, fallback).await?,
            Server::start(&url, fallback).await?,
            Server::start(&url, fallback).await?,
        ];
        Ok(Self { servers, directory })
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Where their Redis is, or would be.
    pub(crate) fn url(&self) -> String {
        url(&self.directory().join("redis.sock"))
    }

    pub(crate) fn file(&self, n: u32) -> Tested<PathBuf> {
        let file = self.directory().join(format!("{n}.toml"));
        fs::write(&file, policy::file(n))?;
        Ok(file)
    }

    /// Publishes policy `n`, once, and returns its version.
    pub(crate) async fn publish(&self, n: u32) -> Tested<u64> {
        let (version, told) = self.publish_at(&self.url(), n).await?;
        assert_eq!(told, 3);
        Ok(version)
    }

    /// Publishes policy `n` in any Redis, and returns its version and how many servers were told.
    pub(crate) async fn publish_at(&self, url: &str, n: u32) -> Tested<(u64, u32)> {
        let file = self.file(n)?;
        let file = file.to_str().ok_or("the path is no text")?;
        let (code, output, errors) = run(url, &["publish", file]).await?;
        assert_eq!((code, errors.as_str()), (Some(0), ""));
        let printed = output.trim_end().strip_prefix("version ");
        let printed = printed.and_then(|it| it.split_once(" is published; servers told: "));
        let (version, told) = printed.ok_or(output.as_str())?;
        Ok((version.parse()?, told.parse()?))
    }

    /// Waits until all answer by the policy. Until then each does by the other.
    pub(crate) async fn switches(&self, from: Option<u32>, to: Option<u32>) -> Tested {
        for server in &self.servers {
            server.switches(from, to).await?;
        }
        self.serves(to).await
    }

    /// All answer by the policy.
    pub(crate) async fn serves(&self, n: Option<u32>) -> Tested {
        for server in &self.servers {
            assert_eq!(server.policy().await?, n);
        }
        Ok(())
    }

    /// Waits for the next lines of all logs.
    pub(crate) async fn log(&mut self, texts: &[impl AsRef<str>]) -> Tested {
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        for server in &mut self.servers {
            server.log.next(&texts).await?;
        }
        Ok(())
    }

    /// Waits until all say so of themselves, which they do after they have logged it.
    pub(crate) async fn health(&self, version: impl ToString, redis: &str) -> Tested {
        let version = version.to_string();
        let health = format!("{{\"version\":{version},\"redis\":\"{redis}\"}}");
        for server in &self.servers {
            server.says(&health).await?;
        }
        Ok(())
    }

    pub(crate) async fn end(self) -> Tested {
        for server in self.servers {
            server.end().await?;
        }
        Ok(())
    }
}
