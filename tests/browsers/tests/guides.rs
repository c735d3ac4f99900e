//! The scripts in the guides, run in real pages.

use std::error::Error;

use serde_json::Value;
use tower_cors_browsers::{
    engine::{Engine, Kind},
    layered,
    server::Server,
};

const LOCAL_NETWORK: &str = include_str!("../../../docs/local-network-access.md");

/// The script that is shown with this beginning, towards the API at hand.
fn script(page: &str, beginning: &str, server: &Server) -> String {
    let mut scripts = page.split("```js\n").skip(1).filter_map(|rest| rest.split("```").next());
    let script = scripts.find(|script| script.starts_with(beginning));
    let script = script.expect("the page shows the script");
    let far = server.places.fill_in("{far}");
    script.replace("http://127.0.0.1:8000/status", &format!("{far}/plain/table/0/0"))
}

async fn layered_server() -> Result<Server, Box<dyn Error>> {
    Server::start(|places| Ok(layered::app(&places)?)).await
}

/// What `status()` says on a page.
async fn status(engine: &mut Engine, server: &Server, page: &str) -> Result<Value, Box<dyn Error>> {
    let script = script(LOCAL_NETWORK, "async function status()", server);
    engine.open(&server.places.fill_in(page)).await?;
    engine
        .script(&format!("const [done] = arguments; {script}; status().then(done);"), vec![])
        .await
}

async fn the_page_tells_what_is_wrong(kind: Kind) -> Result<(), Box<dyn Error>> {
    let server = layered_server().await?;
    let Some(mut engine) = Engine::start_if_installed(kind).await? else {
        return Ok(());
    };
    assert_eq!(status(&mut engine, &server, "{home}/page").await?, "ok");
    let refused = status(&mut engine, &server, "{stranger}/page").await?;
    assert_eq!(refused, "is the server running, and does it allow this site?");
    engine.close().await
}

#[tokio::test]
async fn the_page_tells_what_is_wrong_in_chromium() -> Result<(), Box<dyn Error>> {
    the_page_tells_what_is_wrong(Kind::Chromium).await
}

#[tokio::test]
async fn the_page_tells_what_is_wrong_in_firefox() -> Result<(), Box<dyn Error>> {
    the_page_tells_what_is_wrong(Kind::Firefox).await
}

#[tokio::test]
async fn the_page_tells_what_is_wrong_in_webkit() -> Result<(), Box<dyn Error>> {
    the_page_tells_what_is_wrong(Kind::WebKit).await
}

#[tokio::test]
async fn the_page_tells_that_the_user_denied() -> Result<(), Box<dyn Error>> {
    let server = layered_server().await?;
    for kind in [Kind::Chromium, Kind::Firefox] {
        let spaces = [(server.places.home, "public"), (server.places.stranger, "public")];
        let Some(mut engine) = Engine::start_in_spaces_if_installed(kind, &spaces).await? else {
            continue;
        };
        engine.open(&server.places.fill_in("{home}/page")).await?;
        engine.set_permission("loopback-network", "denied").await?;
        let denied = status(&mut engine, &server, "{home}/page").await?;
        assert_eq!(denied, "allow this site to reach your device in its settings", "{kind}");
        engine.close().await?;
    }
    assert!(server.requests(0).is_empty());
    Ok(())
}
