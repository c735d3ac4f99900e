//! The table of fetches in each engine that is installed.

use std::{collections::HashSet, error::Error, sync::Arc, time::Instant};

use tower_cors_browsers::{
    cases, differences,
    engine::{Engine, Kind},
    judge::{judge, report},
    run::run,
    server::Server,
};

async fn holds_in(kind: Kind) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let Some(mut engine) = Engine::start_if_installed(kind).await? else {
        return Ok(());
    };
    let cases: Arc<[_]> = cases::all().into();
    let server = Server::of_table(cases.clone()).await?;
    let seen = run(&mut engine, &server, &cases).await;
    engine.close().await?;
    let failures = judge(&cases, &seen?, &kind.to_string(), &differences::engines());
    eprintln!("{kind}: {} cases in {:.1} s", cases.len(), started.elapsed().as_secs_f32());
    assert!(failures.is_empty(), "{kind}: {} failures{}", failures.len(), report(&failures));
    Ok(())
}

#[tokio::test]
async fn holds_in_chromium() -> Result<(), Box<dyn Error>> {
    holds_in(Kind::Chromium).await
}

#[tokio::test]
async fn holds_in_firefox() -> Result<(), Box<dyn Error>> {
    holds_in(Kind::Firefox).await
}

#[tokio::test]
async fn holds_in_webkit() -> Result<(), Box<dyn Error>> {
    holds_in(Kind::WebKit).await
}

#[test]
fn names_are_unique() {
    let cases = cases::all();
    assert!(cases.len() >= 150, "{}", cases.len());
    let mut names = HashSet::new();
    for case in &cases {
        assert!(names.insert(&case.name), "{}", case.name);
    }
}

#[test]
fn differences_differ() {
    let cases = cases::all();
    let (engines, in_process) = (differences::engines(), differences::in_process());
    for difference in &engines {
        assert!(!difference.is_void(&cases, &[]), "{difference:?}");
    }
    for difference in &in_process {
        assert!(!difference.is_void(&cases, &engines), "{difference:?}");
    }
}
