//! Redis goes away and comes back, by all ways there are.

use tokio::time::{Duration, sleep};

use crate::{fleet::Fleet, log::Tested, policy, redis_server::RedisServer, server::run};

/// Longer than the first pauses between two tries.
const A_WHILE: Duration = Duration::from_secs(2);

impl Fleet {
    /// They have lost their Redis: all serve on and say so, once.
    async fn goes_on(&mut self, version: u64, n: u32) -> Tested {
        self.log(&[format!("Redis cannot be read, version {version} goes on: ")]).await?;
        self.health(version, "away").await?;
        sleep(A_WHILE).await;
        self.serves(Some(n)).await?;
        for server in &self.servers {
            assert_eq!(server.log.unread(), [""; 0]);
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_and_started_anew_it_is_empty() -> Tested {
    let Some((mut fleet, redis, version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    redis.kill().await?;
    fleet.goes_on(version, 1).await?;

    let file = fleet.file(2)?;
    let file = file.to_str().ok_or("the path is no text")?;
    let (code, output, errors) = run(&fleet.url(), &["publish", file]).await?;
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert!(errors.starts_with("Redis cannot be reached, nothing is published: "), "{errors}");
    fleet.serves(Some(1)).await?;

    let redis = RedisServer::start(fleet.directory()).await?;
    let texts =
        ["Redis is back".into(), format!("Redis holds no policy, version {version} goes on")];
    fleet.log(&texts).await?;
    fleet.serves(Some(1)).await?;
    fleet.health(version, "here").await?;

    let newer = fleet.publish(2).await?;
    assert!(newer > version, "though Redis has forgotten that");
    fleet.switches(Some(1), Some(2)).await?;
    fleet.log(&[policy::change(1, 2), format!("version {newer} is served")]).await?;
    drop(redis);
    fleet.goes_on(newer, 2).await?;
    fleet.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_meanwhile_is_made_up_for() -> Tested {
    let Some((mut fleet, redis, version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    redis.kill().await?;
    fleet.goes_on(version, 1).await?;

    let mut redis = RedisServer::start_elsewhere(fleet.directory(), "new.sock").await?;
    let (newer, told) = fleet.publish_at(&redis.url(), 2).await?;
    assert_eq!(told, 0);
    redis.appear()?;
    fleet.switches(Some(1), Some(2)).await?;
    let texts =
        ["Redis is back".into(), policy::change(1, 2), format!("version {newer} is served")];
    fleet.log(&texts).await?;
    fleet.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_older_replaces_nothing() -> Tested {
    let Some((mut fleet, redis, version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    redis.kill().await?;
    fleet.goes_on(version, 1).await?;

    let mut redis = RedisServer::start_elsewhere(fleet.directory(), "old.sock").await?;
    let (older, cors) = ((version - 1).to_string(), policy::json(2));
    redis.type_in(&["HSET", "tower-cors-fleet:policy", "version", &older, "cors", &cors]).await?;
    redis.appear()?;
    let ignored = format!(
        "version {older} in Redis is not newer than version {version}, which goes on; publish again"
    );
    fleet.log(&["Redis is back", &ignored]).await?;
    fleet.serves(Some(1)).await?;
    fleet.health(version, "here").await?;

    let newer = fleet.publish(3).await?;
    fleet.switches(Some(1), Some(3)).await?;
    fleet.log(&[policy::change(1, 3), format!("version {newer} is served")]).await?;
    fleet.end().await
}

/// Nothing tells that nobody is there any more.
#[tokio::test(flavor = "multi_thread")]
async fn frozen_it_is_away_too() -> Tested {
    let Some((mut fleet, redis, version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    redis.freeze().await?;
    fleet.goes_on(version, 1).await?;
    let file = fleet.file(2)?;
    let file = file.to_str().ok_or("the path is no text")?;
    let (code, output, errors) = run(&fleet.url(), &["publish", file]).await?;
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert!(errors.starts_with("Redis cannot be reached, nothing is published: "), "{errors}");

    redis.thaw().await?;
    fleet.log(&["Redis is back"]).await?;
    fleet.serves(Some(1)).await?;
    // Those who were waited for in vain may be subscribed for a moment still.
    let (newer, told) = fleet.publish_at(&fleet.url(), 2).await?;
    assert!(told >= 3, "{told}");
    fleet.switches(Some(1), Some(2)).await?;
    fleet.log(&[policy::change(1, 2), format!("version {newer} is served")]).await?;
    fleet.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_starts_without_it_serves_the_fallback() -> Tested {
    if !RedisServer::is_here().await {
        return Ok(());
    }
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("fallback.toml");
    std::fs::write(&file, policy::file(1))?;
    let mut fleet = Fleet::start_in(directory, Some(&file)).await?;
    fleet.serves(Some(1)).await?;
    fleet.health("null", "away").await?;
    fleet.log(&["Redis cannot be read, the fallback policy goes on: "]).await?;

    let _redis = RedisServer::start(fleet.directory()).await?;
    let texts = ["Redis is back", "Redis holds no policy, the fallback policy goes on"];
    fleet.log(&texts).await?;
    let version = fleet.publish(2).await?;
    fleet.switches(Some(1), Some(2)).await?;
    fleet.log(&[policy::change(1, 2), format!("version {version} is served")]).await?;
    fleet.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_starts_without_it_and_without_a_fallback_allows_nothing() -> Tested {
    let mut fleet = Fleet::start_in(tempfile::tempdir()?, None).await?;
    fleet.serves(None).await?;
    fleet.health("null", "away").await?;
    let built_in = "Redis cannot be read, the built-in policy, which allows nothing, goes on: ";
    fleet.log(&["no origin is allowed", built_in, "the origin is not allowed"]).await
}
