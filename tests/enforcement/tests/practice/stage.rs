//! Where pages play: servers with the layer, nginx in front of one, and a server of other pages.

use std::{
    error::Error,
    net::{Ipv4Addr, Ipv6Addr},
};

use serde_json::json;
use tower_cors::CorsLayer;
use tower_cors_browsers::engine::{Engine, Kind};

use crate::{ipv6, nginx::Nginx, server::Server, verdict::Answer};

const SCRIPT: &str = r#"
    const [act, url, done] = arguments;
    postMessage({ act, url }, "*");
    done();
"#;

pub(crate) struct Stage {
    api: Server,
    ipv6: Option<Server>,
    proxy: Option<Nginx>,
    other: Server,
}

impl Stage {
    pub(crate) async fn set(cors: impl Fn() -> CorsLayer) -> Self {
        let api = Server::start(Ipv4Addr::LOCALHOST, cors()).await;
        let ipv6 = match ipv6::is_here() {
            true => Some(Server::start(Ipv6Addr::LOCALHOST, cors()).await),
            false => None,
        };
        let proxy = Nginx::start_if_installed(api.address).await;
        let other = Server::start(Ipv4Addr::LOCALHOST, CorsLayer::new()).await;
        Self { api, ipv6, proxy, other }
    }

    /// Whether a place is here for a browser.
    pub(crate) fn has(&self, place: &str, kind: Kind) -> bool {
        let is_about = |name| place.contains(name);
        // WebKit cannot be told that a made-up name is this machine.
        let is_nowhere = is_about("{named}") || is_about("{elsewhere}");
        !(is_nowhere && kind == Kind::WebKit
            || is_about("{ipv6}") && self.ipv6.is_none()
            || is_about("{proxy}") && self.proxy.is_none())
    }

    /// Lets a page act towards a path that is the row's own, and returns what became of that.
    pub(crate) async fn play(
        &self,
        engine: &mut Engine,
        at: usize,
        page: &str,
        act: &str,
        target: &str,
    ) -> Result<Answer, Box<dyn Error>> {
        // No two rows have one page, so it cannot be taken for the last one.
        open(engine, &format!("{}?{at}", self.fill_in(page))).await?;
        let url = format!("{}{at}", self.fill_in(target));
        engine.script(SCRIPT, vec![json!(act), json!(url)]).await?;
        let (_, place) = url.rsplit_once("://").ok_or("no URL")?;
        let path = &place[place.find('/').ok_or("no path")?..];
        let server = self.ipv6.as_ref().filter(|_| place.starts_with('[')).unwrap_or(&self.api);
        Ok(server.answer(path).await)
    }

    fn fill_in(&self, text: &str) -> String {
        let (api, other) = (self.api.address.port(), self.other.address.port());
        let ipv6 = self.ipv6.as_ref().map(|server| format!("http://{}", server.address));
        let proxy = self.proxy.as_ref().map(|proxy| format!("https://localhost:{}", proxy.port));
        let places = [
            ("{api}", format!("http://127.0.0.1:{api}")),
            ("{elsewhere}", format!("http://elsewhere.test:{other}")),
            ("{ipv6}", ipv6.unwrap_or_default()),
            ("{named}", format!("http://own.test:{api}")),
            ("{neighbour}", format!("http://127.0.0.1:{other}")),
            ("{proxy}", proxy.unwrap_or_default()),
            ("{stranger}", format!("http://localhost:{other}")),
        ];
        places.iter().fold(text.to_owned(), |text, (name, origin)| text.replace(name, origin))
    }
}

/// Opens a page, again if the link of an earlier row gets there first.
async fn open(engine: &mut Engine, url: &str) -> Result<(), Box<dyn Error>> {
    for _ in 0..10 {
        engine.open(url).await?;
        let href = engine.script("arguments[0](location.href)", vec![]).await?;
        if href == url {
            return Ok(());
        }
    }
    Err(format!("{url} does not open").into())
}
