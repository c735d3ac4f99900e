//! A page that came by https, and an API of plain http.

use std::{error::Error, net::Ipv4Addr};

use serde_json::json;
use tower_cors::CorsLayer;
use tower_cors_browsers::engine::{Engine, Kind};

use crate::{nginx::Nginx, server::Server};

const SCRIPT: &str = r#"
    const [url, done] = arguments;
    fetch(url).then(({ status }) => done(String(status)), () => done("blocked"));
"#;

/// What a page of the proxy is told of the API, under each of its names.
async fn is_told(kind: Kind, rows: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
    let Some(mut engine) = Engine::start_if_installed(kind).await? else { return Ok(()) };
    let cors = CorsLayer::new().allow_origins(["https://localhost:*"]);
    let api = Server::start(Ipv4Addr::LOCALHOST, cors).await;
    let Some(proxy) = Nginx::start_if_installed(api.address).await else { return Ok(()) };
    engine.open(&format!("https://localhost:{}/kept/page", proxy.port)).await?;
    for (at, (host, expected)) in rows.iter().enumerate() {
        let path = format!("/{at}");
        let url = format!("http://{host}:{}{path}", api.address.port());
        let told = engine.script(SCRIPT, vec![json!(url)]).await?;
        assert_eq!(told, *expected, "{kind}: {host}");
        assert_eq!(api.runs(&path), usize::from(*expected == "200"), "{kind}: {host}");
    }
    engine.close().await
}

#[tokio::test]
async fn chromium_calls_http_on_the_own_machine_alone() -> Result<(), Box<dyn Error>> {
    let rows = [("localhost", "200"), ("127.0.0.1", "200"), ("api.test", "blocked")];
    is_told(Kind::Chromium, &rows).await
}

#[tokio::test]
async fn firefox_calls_http_on_the_own_machine_alone() -> Result<(), Box<dyn Error>> {
    let rows = [("localhost", "200"), ("127.0.0.1", "200"), ("api.test", "blocked")];
    is_told(Kind::Firefox, &rows).await
}

#[tokio::test]
async fn webkit_calls_no_http() -> Result<(), Box<dyn Error>> {
    is_told(Kind::WebKit, &[("localhost", "blocked"), ("127.0.0.1", "blocked")]).await
}
