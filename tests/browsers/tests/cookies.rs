//! A cookie of an API on another port of the page's host, and of one on another host.

use std::error::Error;

use axum::{Router, extract::Request, response::IntoResponse, routing::get};
use http::header::{COOKIE, SET_COOKIE};
use serde_json::json;
use tower_cors::CorsLayer;
use tower_cors_browsers::{
    engine::{Engine, Kind},
    server::Server,
};

/// What the API got with the second of two fetches.
const SCRIPT: &str = r#"
    const [api, done] = arguments;
    const text = async (path) => (await fetch(api + path, { credentials: "include" })).text();
    text("/give").then(() => text("/show")).then(done, () => done("blocked"));
"#;

async fn show(request: Request) -> String {
    let cookie = request.headers().get(COOKIE).and_then(|cookie| cookie.to_str().ok());
    cookie.unwrap_or("none").to_owned()
}

async fn give() -> impl IntoResponse {
    ([(SET_COOKIE, "session=7")], "given")
}

/// `far` is what the API on another host gets.
async fn sends(kind: Kind, far: &str) -> Result<(), Box<dyn Error>> {
    let Some(mut engine) = Engine::start_if_installed(kind).await? else { return Ok(()) };
    let server = Server::start(|places| {
        let home = places.fill_in("{home}");
        let cors = CorsLayer::new().allow_origins([home]).allow_credentials(true).build()?;
        Ok(Router::new().route("/give", get(give)).route("/show", get(show)).layer(cors))
    })
    .await?;
    engine.open(&server.places.fill_in("{home}/page")).await?;
    for (api, expected) in [("{api}", "session=7"), ("{far}", far)] {
        let url = json!(server.places.fill_in(api));
        assert_eq!(engine.script(SCRIPT, vec![url]).await?, expected, "{kind}: {api}");
    }
    engine.close().await
}

#[tokio::test]
async fn chromium_keeps_to_one_site() -> Result<(), Box<dyn Error>> {
    sends(Kind::Chromium, "none").await
}

#[tokio::test]
async fn firefox_sends_to_another_site_too() -> Result<(), Box<dyn Error>> {
    sends(Kind::Firefox, "session=7").await
}

#[tokio::test]
async fn webkit_keeps_to_one_site() -> Result<(), Box<dyn Error>> {
    sends(Kind::WebKit, "none").await
}
