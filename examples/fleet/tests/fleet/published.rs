//! Publish once, and all servers switch.

use tokio::time::Instant;

use crate::{fleet::Fleet, log::Tested, policy, server::Server};

#[tokio::test(flavor = "multi_thread")]
async fn all_servers_switch() -> Tested {
    let Some((mut fleet, redis, mut version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    fleet.health(version, "here").await?;
    for n in 2..=4 {
        let newer = fleet.publish(n).await?;
        assert!(newer > version, "{newer} after {version}");
        assert_eq!(redis.holds().await?, (newer, policy::json(n)));
        fleet.switches(Some(n - 1), Some(n)).await?;
        fleet.log(&[policy::change(n - 1, n), format!("version {newer} is served")]).await?;
        fleet.health(newer, "here").await?;
        version = newer;
    }
    fleet.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_starts_later_serves_it_from_its_first_answer() -> Tested {
    let Some((fleet, redis, version)) = Fleet::start_with_policy().await? else { return Ok(()) };
    let mut server = Server::start(&redis.url(), Some(&fleet.file(9)?)).await?;
    assert_eq!(server.policy().await?, Some(1));
    server.log.next(&[&policy::change(9, 1), &format!("version {version} is served")]).await?;
    server.end().await?;
    fleet.end().await
}

/// Many people publish at once: the versions are one after the other, and so are the servers.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_of_many_is_served_by_all() -> Tested {
    let Some((fleet, redis, first)) = Fleet::start_with_policy().await? else { return Ok(()) };
    let published = tokio::try_join!(
        fleet.publish(2),
        fleet.publish(3),
        fleet.publish(4),
        fleet.publish(5),
        fleet.publish(6)
    )?;
    let mut versions = <[u64; 5]>::from(published);
    let (last, cors) = redis.holds().await?;
    let n = (2..=6).find(|n| cors == policy::json(*n)).ok_or("nobody published that")?;
    assert_eq!(versions[n as usize - 2], last, "the version is that of the policy");
    versions.sort_unstable();
    assert!(first < versions[0] && versions.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(versions[4], last);

    let started = Instant::now();
    for server in &fleet.servers {
        while server.policy().await? != Some(n) {
            assert!(started.elapsed() < crate::log::GIVE_UP);
        }
    }
    fleet.health(last, "here").await
}

/// A message is a hint.
#[tokio::test(flavor = "multi_thread")]
async fn what_no_message_told_of_is_found_anyway() -> Tested {
    let Some((mut fleet, redis, version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    let (newer, cors) = ((version + 1).to_string(), policy::json(2));
    redis.type_in(&["HSET", "tower-cors-fleet:policy", "version", &newer, "cors", &cors]).await?;
    fleet.switches(Some(1), Some(2)).await?;
    fleet.log(&[policy::change(1, 2), format!("version {newer} is served")]).await?;
    fleet.end().await
}
