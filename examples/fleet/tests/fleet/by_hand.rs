//! Somebody writes into Redis by hand.

use crate::{fleet::Fleet, log::Tested, policy};

const KEY: &str = "tower-cors-fleet:policy";

/// Name, what is written as policy, and what is told of it.
const BROKEN: &[(&str, &str, &[&str])] = &[
    (
        "a policy of many faults",
        r#"{"allow_credentials": true,
            "allow_origins": ["https://good.example.com", "https://a.example.com/", "http://b.example.com"],
            "max_age": "soon",
            "alow_headers": ["content-type"]}"#,
        &[
            "allow_origins[1] \"https://a.example.com/\": an origin has no slash at its end; write \
             \"https://a.example.com\"",
            "allow_origins[2] \"http://b.example.com\": anyone on the network's path can speak for an \
             http origin",
            "max_age \"soon\": this is no duration",
            "alow_headers: there is no such setting; write \"allow_headers\"",
        ],
    ),
    (
        "a dangerous policy",
        r#"{"allow_credentials": true, "dangerously_allow_origins": ["http://b.example.com"]}"#,
        &["dangerously_allow_origins: "],
    ),
    ("a half", r#"{"allow_origins": ["https://a.exam"#, &["cors: EOF while parsing a string"]),
    ("nothing", "", &["cors: EOF while parsing a value"]),
    ("no policy", "[]", &["cors: invalid type: sequence"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_broken_is_refused_by_each_server() -> Tested {
    let Some((mut fleet, redis, version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    for (newer, (name, cors, problems)) in (version + 1..).zip(BROKEN) {
        eprintln!("{name}");
        redis.type_in(&["HSET", KEY, "version", &newer.to_string(), "cors", cors]).await?;
        redis.type_in(&["PUBLISH", KEY, "look"]).await?;
        let what = format!("version {newer} in Redis");
        let mut texts: Vec<_> = problems.iter().map(|it| format!("{what}: {it}")).collect();
        let count = problems.len();
        texts.push(format!("{what} is ignored, version {version} goes on problems={count}"));
        fleet.log(&texts).await?;
        fleet.serves(Some(1)).await?;
        fleet.health(version, "here").await?;
    }
    let newer = fleet.publish(2).await?;
    fleet.switches(Some(1), Some(2)).await?;
    fleet.log(&[policy::change(1, 2), format!("version {newer} is served")]).await?;
    fleet.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_version_is_refused_until_somebody_publishes() -> Tested {
    let Some((mut fleet, redis, mut version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    let cors = policy::json(9);
    let wrong = ["", "soon", "-1", "1.5", "inf", "nan", "9007199254740992", "99999999999999999999"];
    for (n, wrong) in (2..).zip(wrong) {
        eprintln!("version {wrong:?}");
        redis.type_in(&["HSET", KEY, "version", wrong, "cors", &cors]).await?;
        redis.type_in(&["PUBLISH", KEY, "look"]).await?;
        let texts = [
            "the policy in Redis: version: this is no number".into(),
            format!("the policy in Redis is ignored, version {version} goes on problems=1"),
        ];
        fleet.log(&texts).await?;
        fleet.serves(Some(n - 1)).await?;

        let newer = fleet.publish(n).await?;
        fleet.switches(Some(n - 1), Some(n)).await?;
        fleet.log(&[policy::change(n - 1, n), format!("version {newer} is served")]).await?;
        version = newer;
    }
    fleet.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_one_policy() -> Tested {
    let Some((mut fleet, redis, version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    redis.type_in(&["HSET", KEY, "cors", &policy::json(2)]).await?;
    redis.type_in(&["PUBLISH", KEY, "look"]).await?;
    fleet.log(&[format!("version {version} in Redis is not newer than version {version}")]).await?;
    fleet.serves(Some(1)).await?;

    let newer = (version + 1).to_string();
    let script = "redis.call('DEL', KEYS[1]); redis.call('HSET', KEYS[1], 'version', ARGV[1])";
    redis.type_in(&["EVAL", script, "1", KEY, &newer]).await?;
    redis.type_in(&["PUBLISH", KEY, "look"]).await?;
    let texts = [
        format!("version {newer} in Redis: cors: there is none"),
        format!("version {newer} in Redis is ignored, version {version} goes on problems=1"),
    ];
    fleet.log(&texts).await?;
    fleet.serves(Some(1)).await?;
    fleet.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_hash_is_as_bad_as_no_redis() -> Tested {
    let Some((mut fleet, redis, version)) = Fleet::start_with_policy().await? else {
        return Ok(());
    };
    redis.type_in(&["SET", KEY, "something else"]).await?;
    redis.type_in(&["PUBLISH", KEY, "look"]).await?;
    fleet.log(&[format!("Redis cannot be read, version {version} goes on: \"WRONGTYPE\"")]).await?;
    fleet.serves(Some(1)).await?;
    redis.type_in(&["DEL", KEY]).await?;
    let texts =
        ["Redis is back".into(), format!("Redis holds no policy, version {version} goes on")];
    fleet.log(&texts).await?;
    fleet.serves(Some(1)).await?;
    fleet.end().await
}
