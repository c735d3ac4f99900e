//! How long each engine remembers a preflight, whatever the server says. Nobody waits for it: each
//! test runs once more, by itself, with a library that sets its clocks forward and those of the
//! browser that it starts.
#![cfg(target_os = "linux")]

use std::{
    env,
    error::Error,
    fs,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use axum::{Router, routing::any};
use http::Method;
use serde_json::json;
use tower_cors::CorsLayer;
use tower_cors_browsers::{
    engine::{Engine, Kind},
    server::Server,
};

const SCRIPT: &str = r#"
    const [url, done] = arguments;
    fetch(url, { method: "PUT" }).then(({ status }) => done(String(status)), () => done("blocked"));
"#;

const ASKED: &[&str] = &["OPTIONS api/0 home PUT", "PUT api/0 home"];
const REMEMBERED: &[&str] = &["PUT api/0 home"];

/// The file that the library reads.
const AHEAD: &str = "CLOCK_AHEAD";

/// Longer than any of them remembers.
const YEAR: Duration = Duration::from_secs(365 * 86_400);

/// Firefox begins to remember a URL's preflights after some fetches only.
const FETCHES: usize = 8;

/// Far more than a fetch takes, and far less than what is remembered.
const SECONDS: i64 = 100;

async fn remembers_for(kind: Kind, cap: i64) -> Result<(), Box<dyn Error>> {
    match env::var_os(AHEAD) {
        Some(ahead) => watch(kind, cap, Path::new(&ahead)).await,
        None => again_with_clock(kind),
    }
}

fn again_with_clock(kind: Kind) -> Result<(), Box<dyn Error>> {
    let at_home =
        |name: &str| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{kind}-{name}"));
    let (library, ahead) = (at_home("ahead.so"), at_home("ahead"));
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/clock/ahead.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).args([source, "-ldl"]);
    assert!(compiler.status()?.success(), "{compiler:?}");
    fs::write(&ahead, 0_i64.to_ne_bytes())?;
    let mut again = Command::new(env::current_exe()?);
    again.args(["--exact", "--nocapture", &kind.to_string()]);
    again.env(AHEAD, ahead).env("LD_PRELOAD", library);
    assert!(again.status()?.success(), "{kind}, with its clocks set forward");
    Ok(())
}

async fn watch(kind: Kind, cap: i64, ahead: &Path) -> Result<(), Box<dyn Error>> {
    let Some(mut engine) = Engine::start_if_installed(kind).await? else { return Ok(()) };
    let clock = fs::OpenOptions::new().write(true).open(ahead)?;
    let server = Server::start(|places| {
        let cors = CorsLayer::new().allow_origins([places.fill_in("{home}")]);
        let cors = cors.allow_methods([Method::PUT]).max_age(YEAR).build()?;
        Ok(Router::new().route("/table/{case}/{step}", any(async || "ok")).layer(cors))
    })
    .await?;
    engine.open(&server.places.fill_in("{home}/page")).await?;
    let url = server.places.fill_in("{api}/table/0/0");
    let mut seen = 0;
    let mut put = async || -> Result<Vec<String>, Box<dyn Error>> {
        assert_eq!(engine.script(SCRIPT, vec![json!(url)]).await?, "200");
        let requests = server.requests(0);
        let new = requests[seen..].to_vec();
        seen = requests.len();
        Ok(new)
    };
    assert_eq!(put().await?, ASKED, "{kind}");
    for _ in 1..FETCHES {
        put().await?;
    }
    for (seconds, expected) in [(cap - SECONDS, REMEMBERED), (cap + SECONDS, ASKED)] {
        clock.write_all_at(&seconds.to_ne_bytes(), 0)?;
        assert_eq!(put().await?, expected, "{kind}, {seconds} s later");
    }
    engine.close().await
}

#[tokio::test]
async fn chromium() -> Result<(), Box<dyn Error>> {
    remembers_for(Kind::Chromium, 7_200).await
}

#[tokio::test]
async fn firefox() -> Result<(), Box<dyn Error>> {
    remembers_for(Kind::Firefox, 86_400).await
}

#[tokio::test]
async fn webkit() -> Result<(), Box<dyn Error>> {
    remembers_for(Kind::WebKit, 600).await
}
