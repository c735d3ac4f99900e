//! A page in Chromium, from another origin than the APIs that it calls.

use std::{env, error::Error};

use axum::{Router, response::Html, routing::get};
use http::header;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};
use tower_cors_browsers::engine::{Engine, Kind};

use crate::{api::Api, bundle};

const CALL: &str = "const [name, api, done] = arguments; \
                    window[name](api).then(done, (error) => done(String(error)));";

/// A browser and the server of its page; both go when it is dropped.
#[derive(Debug)]
pub struct Stage {
    engine: Engine,
    origin: String,
    _pages: JoinSet<()>,
}

impl Stage {
    /// Makes the page ready, or says what to install and returns `None`.
    ///
    /// # Panics
    ///
    /// If something is missing and required.
    ///
    /// # Errors
    ///
    /// If all is installed and does not start.
    pub async fn open(page: &str) -> Result<Option<Self>, Box<dyn Error>> {
        let is_required = env::var("TOWER_CORS_BROWSER").is_ok_and(|value| value == "required");
        if let Err(error) = bundle::fetch().await {
            let remedy = "apt-get install --no-install-recommends nodejs npm";
            assert!(!is_required, "the clients are required: {error}: {remedy}");
            eprintln!("skipped: no clients: {error}: {remedy}");
            return Ok(None);
        }
        let Some(engine) = Engine::start_if_installed(Kind::Chromium).await? else {
            assert!(!is_required, "chromium is required");
            return Ok(None);
        };
        let script = bundle::make(page).await?;
        let script = ([(header::CONTENT_TYPE, "text/javascript")], script);
        let app = Router::new()
            .route("/", get(Html("<!doctype html><script src=\"page.js\"></script>")))
            .route("/page.js", get(script));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://localhost:{}", listener.local_addr()?.port());
        let mut pages = JoinSet::new();
        pages.spawn(async move {
            axum::serve(listener, app).await.unwrap_or_else(|error| eprintln!("page: {error}"));
        });
        Ok(Some(Self { engine, origin, _pages: pages }))
    }

    /// The page's origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What the page tells of its calls to an API.
    ///
    /// # Errors
    ///
    /// If it does not load, or tells nothing in time.
    pub async fn play(&mut self, api: &Api) -> Result<Value, Box<dyn Error>> {
        self.call("page", api).await
    }

    /// What a function of the page tells of an API.
    ///
    /// # Errors
    ///
    /// If the page does not load, or tells nothing in time.
    pub async fn call(&mut self, name: &str, api: &Api) -> Result<Value, Box<dyn Error>> {
        self.engine.open(&self.origin).await?;
        self.engine.script(CALL, vec![json!(name), json!(api.url)]).await
    }

    /// Asks the browser to quit.
    ///
    /// # Errors
    ///
    /// If it does not answer.
    pub async fn close(self) -> Result<(), Box<dyn Error>> {
        self.engine.close().await
    }
}
