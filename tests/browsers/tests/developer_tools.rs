//! What developer tools change for the page that they look at.

use std::{error::Error, sync::Arc};

use tower_cors_browsers::{
    case::Case,
    engine::{Engine, Kind},
    judge::{judge, report},
    run::run,
    server::Server,
};

/// The last of several PUTs, which max-age allows to go without a preflight.
fn put(requests: &[&str]) -> [Case; 1] {
    let allow = [
        ("access-control-allow-origin", "{home}"),
        ("access-control-allow-methods", "PUT"),
        ("access-control-max-age", "600"),
    ];
    [Case::new("PUT").method("PUT").times(3).preflight(204, &allow).asks(requests)]
}

#[tokio::test]
async fn disable_cache_disables_the_preflight_cache() -> Result<(), Box<dyn Error>> {
    let Some(mut engine) = Engine::start_if_installed(Kind::Chromium).await? else {
        return Ok(());
    };
    let remembered = put(&["PUT api/0 home"]);
    let announced = put(&["OPTIONS api/0 home PUT", "PUT api/0 home"]);
    for (cases, is_disabled) in [(remembered, false), (announced, true)] {
        let server = Server::of_table(Arc::from(cases.clone())).await?;
        if is_disabled {
            engine.disable_cache().await?;
        }
        let seen = run(&mut engine, &server, &cases).await?;
        let failures = judge(&cases, &seen, "chromium", &[]);
        assert!(failures.is_empty(), "disabled: {is_disabled}{}", report(&failures));
    }
    engine.close().await
}
