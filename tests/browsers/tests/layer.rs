//! The layer in each engine that is installed, and two broken ones that must not pass.

use std::{error::Error, time::Instant};

use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
};
use http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use tower_cors_browsers::{
    answer::is_preflight,
    case::Case,
    engine::{Engine, Kind},
    judge::{Failure, judge, report},
    layered,
    run::run,
    server::Server,
};

type Breakage = fn(Router) -> Router;

fn whole(app: Router) -> Router {
    app
}

/// What a proxy does that answers preflights without knowing how.
fn drops_the_origin_from_preflights(app: Router) -> Router {
    app.layer(from_fn(async |request: Request, next: Next| {
        let is_preflight = is_preflight(&request);
        let mut response = next.run(request).await;
        if is_preflight {
            response.headers_mut().remove(ACCESS_CONTROL_ALLOW_ORIGIN);
        }
        response
    }))
}

/// What a second layer does that does not look at what is there.
fn adds_the_origin_again(app: Router) -> Router {
    app.layer(from_fn(async |request: Request, next: Next| -> Response {
        let mut response = next.run(request).await;
        if let Some(origin) = response.headers().get(ACCESS_CONTROL_ALLOW_ORIGIN).cloned() {
            response.headers_mut().append(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        response
    }))
}

async fn failures(
    engine: &mut Engine,
    kind: Kind,
    breakage: Breakage,
) -> Result<Vec<Failure>, Box<dyn Error>> {
    let cases = layered::cases();
    let server = Server::start(|places| Ok(breakage(layered::app(&places)?))).await?;
    let seen = run(engine, &server, &cases).await?;
    Ok(judge(&cases, &seen, &kind.to_string(), &[]))
}

/// The names of the cases that a breakage has to break.
fn broken(is_broken: impl Fn(&Case) -> bool) -> Vec<String> {
    let cases = layered::cases().into_iter().filter(is_broken);
    cases.map(|case| case.name).collect()
}

async fn serves(kind: Kind) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let Some(mut engine) = Engine::start_if_installed(kind).await? else {
        return Ok(());
    };
    let failed = failures(&mut engine, kind, whole).await?;
    let dropped = failures(&mut engine, kind, drops_the_origin_from_preflights).await?;
    let doubled = failures(&mut engine, kind, adds_the_origin_again).await?;
    engine.close().await?;
    eprintln!("{kind}: layer, three times, in {:.1} s", started.elapsed().as_secs_f32());

    assert!(failed.is_empty(), "{kind}: {} failures{}", failed.len(), report(&failed));
    let names = |failures: Vec<Failure>| -> Vec<String> {
        failures.into_iter().map(|failure| failure.case).collect()
    };
    let is_read = |case: &Case| case.expected.told.contains("ok");
    let is_preflighted = |case: &Case| is_read(case) && case.fetch.method != "GET";
    let has_header = |case: &Case| is_read(case) && !case.fetch.headers.is_empty();
    assert_eq!(names(dropped), broken(|case| is_preflighted(case) || has_header(case)));
    assert_eq!(names(doubled), broken(is_read));
    Ok(())
}

#[tokio::test]
async fn serves_chromium() -> Result<(), Box<dyn Error>> {
    serves(Kind::Chromium).await
}

#[tokio::test]
async fn serves_firefox() -> Result<(), Box<dyn Error>> {
    serves(Kind::Firefox).await
}

#[tokio::test]
async fn serves_webkit() -> Result<(), Box<dyn Error>> {
    serves(Kind::WebKit).await
}
