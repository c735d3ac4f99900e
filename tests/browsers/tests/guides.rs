//! The scripts in the guides, run in real pages.

use std::error::Error;

use axum::Router;
use http::{Method, header};
use serde_json::Value;
use tower_cors::CorsLayer;
use tower_cors_browsers::{
    engine::{Engine, Kind},
    layered,
    server::Server,
};

const TEN_MINUTES: &str = include_str!("../../../docs/cors-in-ten-minutes.md");
const LOCAL_NETWORK: &str = include_str!("../../../docs/local-network-access.md");

/// Addresses in the guides, and in the API at hand.
const ADDRESSES: [(&str, &str); 5] = [
    ("http://127.0.0.1:8000/status", "{far}/plain/table/0/0"),
    ("https://api.example.com/me", "{api}/1/0"),
    ("https://api.example.com/users/7", "{api}/1/0"),
    ("https://api.example.com/users", "{api}/1/0"),
    ("https://app.example.com", "{home}"),
];

/// What is shown with this beginning, as if it were about the API at hand.
fn shown(page: &str, language: &str, beginning: &str, server: &Server) -> String {
    let fence = format!("```{language}\n");
    let mut shown = page.split(&fence).skip(1).filter_map(|rest| rest.split("```").next());
    let shown = shown.find(|text| text.starts_with(beginning)).expect("the page shows it");
    ADDRESSES.iter().fold(shown.to_owned(), |shown, (address, place)| {
        shown.replace(address, &server.places.fill_in(place))
    })
}

type Policy = fn(CorsLayer) -> CorsLayer;

/// An API whose layer is like that of the guide.
async fn api(policy: Policy) -> Result<Server, Box<dyn Error>> {
    Server::start(|places| {
        let cors = policy(CorsLayer::new().allow_origins([places.fill_in("{home}")])).build()?;
        Ok(Router::new().fallback(async || "[]").layer(cors))
    })
    .await
}

/// The policy, the script's beginning, what becomes of it, and the requests.
type Row = (Policy, &'static str, &'static str, &'static [&'static str]);

const GET: &str = "const response = await fetch(\"https://api.example.com/users\")";
const PUT: &str = "await fetch(\"https://api.example.com/users/7\"";
const ME: &str = "const response = await fetch(\"https://api.example.com/me\"";
const PREFLIGHT: &str = "OPTIONS api/0 home PUT authorization,content-type";

fn rows() -> [Row; 6] {
    let nobody: Policy = |cors| cors.allow_origins(["https://partner.example"]);
    let put: Policy = |cors| {
        cors.allow_methods([Method::PUT])
            .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
    };
    [
        (nobody, GET, "TypeError", &["GET api/0 home"]),
        (|cors| cors, GET, "done", &["GET api/0 home"]),
        (|cors| cors, PUT, "TypeError", &[PREFLIGHT]),
        (put, PUT, "done", &[PREFLIGHT, "PUT api/0 home"]),
        (|cors| cors, ME, "TypeError", &["GET api/0 home"]),
        (|cors| cors.allow_credentials(true), ME, "done", &["GET api/0 home"]),
    ]
}

async fn perform(
    engine: &mut Engine,
    server: &Server,
    beginning: &str,
) -> Result<Value, Box<dyn Error>> {
    let script = shown(TEN_MINUTES, "js", beginning, server);
    engine.open(&server.places.fill_in("{home}/page")).await?;
    let script = format!(
        "const [done] = arguments;
        (async () => {{ {script} }})().then(() => done('done'), (error) => done(error.name));"
    );
    engine.script(&script, vec![]).await
}

async fn the_fetches_are_told(kind: Kind) -> Result<(), Box<dyn Error>> {
    let Some(mut engine) = Engine::start_if_installed(kind).await? else {
        return Ok(());
    };
    for (at, (policy, beginning, told, requests)) in rows().into_iter().enumerate() {
        let server = api(policy).await?;
        assert_eq!(perform(&mut engine, &server, beginning).await?, told, "{kind}: row {at}");
        assert_eq!(server.requests(1), requests, "{kind}: row {at}");
    }
    engine.close().await
}

#[tokio::test]
async fn the_fetches_are_told_in_chromium() -> Result<(), Box<dyn Error>> {
    the_fetches_are_told(Kind::Chromium).await
}

#[tokio::test]
async fn the_fetches_are_told_in_firefox() -> Result<(), Box<dyn Error>> {
    the_fetches_are_told(Kind::Firefox).await
}

#[tokio::test]
async fn the_fetches_are_told_in_webkit() -> Result<(), Box<dyn Error>> {
    the_fetches_are_told(Kind::WebKit).await
}

#[tokio::test]
async fn the_message_is_chromiums() -> Result<(), Box<dyn Error>> {
    let (nobody, ..) = rows()[0];
    let server = api(nobody).await?;
    let Some(mut engine) = Engine::start_if_installed(Kind::Chromium).await? else {
        return Ok(());
    };
    perform(&mut engine, &server, PUT).await?;
    let said = engine.console().await?.join("\n");
    engine.close().await?;
    let message = shown(TEN_MINUTES, "text", "Access to fetch", &server);
    let message: Vec<_> = message.split_whitespace().collect();
    assert!(said.contains(&message.join(" ")), "{said}");
    Ok(())
}

async fn layered_server() -> Result<Server, Box<dyn Error>> {
    Server::start(|places| Ok(layered::app(&places)?)).await
}

/// What `status()` says on a page.
async fn status(engine: &mut Engine, server: &Server, page: &str) -> Result<Value, Box<dyn Error>> {
    let script = shown(LOCAL_NETWORK, "js", "async function status()", server);
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
