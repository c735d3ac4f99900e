//! What nginx in front of the application does to CORS, as pages of allowed origins see it.

use std::{error::Error, net::Ipv4Addr};

use axum::http::Method;
use serde_json::json;
use tower_cors::CorsLayer;
use tower_cors_browsers::engine::{Engine, Kind};

use crate::{nginx::Nginx, server::Server, wire::exchange};

const SCRIPT: &str = r#"
    const [method, url, done] = arguments;
    fetch(url, { method }).then(({ status }) => done(String(status)), () => done("blocked"));
"#;

/// The name, the path at nginx, the method, and what the page is told.
const ROWS: [(&str, &str, &str, &str); 10] = [
    ("the application alone", "/kept/", "PUT", "200"),
    ("nginx repeats the origin", "/doubled/", "GET", "blocked"),
    ("nginx adds a wildcard", "/any/", "GET", "blocked"),
    ("nginx takes over", "/taken-over/", "GET", "200"),
    ("nginx answers OPTIONS, PUT", "/options/", "PUT", "blocked"),
    ("nginx answers OPTIONS, GET", "/options/", "GET", "200"),
    ("nginx redirects the preflight", "/moved/", "PUT", "blocked"),
    ("nginx redirects the request", "/moved/", "GET", "blocked"),
    ("the application is away, GET", "/away/", "GET", "blocked"),
    ("the application is away, PUT", "/away/", "PUT", "blocked"),
];

/// A page of each of two origins, an application that allows both, and nginx before it.
struct Set {
    pages: [Server; 2],
    nginx: Nginx,
    _application: Server,
}

impl Set {
    async fn start_if_installed() -> Option<Self> {
        let page = || Server::start(Ipv4Addr::LOCALHOST, CorsLayer::new());
        let pages = [page().await, page().await];
        let cors = CorsLayer::new().allow_origins(pages.each_ref().map(origin));
        let cors = cors.allow_methods([Method::PUT]);
        let application = Server::start(Ipv4Addr::LOCALHOST, cors).await;
        let nginx = Nginx::start_if_installed(application.address).await?;
        Some(Self { pages, nginx, _application: application })
    }

    /// What a page is told that fetches a path of nginx.
    async fn play(
        &self,
        engine: &mut Engine,
        page: &Server,
        method: &str,
        path: &str,
    ) -> Result<String, Box<dyn Error>> {
        engine.open(&format!("{}/page", origin(page))).await?;
        let url = format!("https://localhost:{}{path}", self.nginx.port);
        let told = engine.script(SCRIPT, vec![json!(method), json!(url)]).await?;
        Ok(told.as_str().ok_or("no answer")?.to_owned())
    }
}

fn origin(page: &Server) -> String {
    format!("http://localhost:{}", page.address.port())
}

async fn hold_in(kind: Kind) -> Result<(), Box<dyn Error>> {
    let Some(mut engine) = Engine::start_if_installed(kind).await? else { return Ok(()) };
    let Some(set) = Set::start_if_installed().await else { return Ok(()) };
    let [first, second] = &set.pages;
    for (name, path, method, expected) in ROWS {
        let told = set.play(&mut engine, first, method, path).await?;
        assert_eq!(told, expected, "{kind}: {name}");
    }
    for (path, expected) in [("/cached/", ["200", "200"]), ("/careless/", ["200", "blocked"])] {
        let told = [
            set.play(&mut engine, first, "GET", path).await?,
            set.play(&mut engine, second, "GET", path).await?,
        ];
        assert_eq!(told, expected, "{kind}: two origins, {path}");
    }
    engine.close().await
}

#[tokio::test]
async fn nginx_in_front_of_chromium() -> Result<(), Box<dyn Error>> {
    hold_in(Kind::Chromium).await
}

#[tokio::test]
async fn nginx_in_front_of_firefox() -> Result<(), Box<dyn Error>> {
    hold_in(Kind::Firefox).await
}

#[tokio::test]
async fn nginx_in_front_of_webkit() -> Result<(), Box<dyn Error>> {
    hold_in(Kind::WebKit).await
}

/// What a command line shows of it.
#[tokio::test]
async fn an_added_header_is_a_second_line() {
    let Some(set) = Set::start_if_installed().await else { return };
    let origin = origin(&set.pages[0]);
    let own = format!("access-control-allow-origin: {origin}");
    for (path, expected) in [
        ("/kept/", vec![own.as_str()]),
        ("/doubled/", vec![&own, &own]),
        ("/any/", vec![&own, "access-control-allow-origin: *"]),
        ("/taken-over/", vec![&own]),
        ("/away/", vec![]),
    ] {
        let stream = set.nginx.connect("http/1.1").await;
        let head = format!("GET {path} HTTP/1.1 | host: localhost | origin: {origin}");
        let mut lines = exchange(stream, &head).await;
        lines.retain(|line| line.starts_with("access-control-allow-origin"));
        assert_eq!(lines, expected, "{path}");
    }
}
