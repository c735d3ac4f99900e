//! Pages in real browsers, which do what they can to make the server run something.

use std::{error::Error, net::Ipv4Addr, time::Instant};

use axum::http::StatusCode;
use serde_json::json;
use tower_cors::{CorsLayer, Enforce};
use tower_cors_browsers::engine::{Engine, Kind};

use crate::{
    layers::{MODES, layer},
    nginx::Nginx,
    server::Server,
    verdict::{Disagreements, Whose},
};
use Whose::{Nobodys, Own, Strangers};

const SCRIPT: &str = r#"
    const [act, url, done] = arguments;
    postMessage({ act, url }, "*");
    done();
"#;

/// Where the page is, what it does (an act of `page.html`), where to, and whose request that is.
pub(crate) type Row = (&'static str, &'static str, &'static str, Whose);

/// A page somewhere else: another site.
const FOREIGN: &[Row] = &[
    ("{stranger}/page", "form", "{api}/", Strangers),
    ("{stranger}/page", "form with a file's encoding", "{api}/", Strangers),
    ("{stranger}/page", "form in plain text", "{api}/", Strangers),
    ("{stranger}/page", "form in a sandbox", "{api}/", Strangers),
    ("{stranger}/shy/page", "form", "{api}/", Strangers),
    ("{stranger}/page", "fetch by GET", "{api}/", Strangers),
    ("{stranger}/page", "fetch without a body", "{api}/", Strangers),
    ("{stranger}/page", "fetch with a body", "{api}/", Strangers),
    ("{stranger}/page", "fetch with cookies", "{api}/", Strangers),
    ("{stranger}/page", "fetch without CORS", "{api}/", Strangers),
    ("{stranger}/page", "beacon", "{api}/", Strangers),
    ("{stranger}/page", "module", "{api}/", Strangers),
    ("{stranger}/page", "web socket", "{api}/", Strangers),
    // Without `Origin`.
    ("{stranger}/page", "form by GET", "{api}/", Nobodys),
    ("{stranger}/page", "link", "{api}/", Nobodys),
    ("{stranger}/page", "frame", "{api}/", Nobodys),
    ("{stranger}/page", "image", "{api}/", Nobodys),
];

/// The same host on another port: the same site, which cookies take for the same.
const NEIGHBOURING: &[Row] = &[
    ("{neighbour}/page", "form", "{api}/", Strangers),
    ("{neighbour}/page", "fetch with cookies", "{api}/", Strangers),
    ("{neighbour}/page", "fetch without CORS", "{api}/", Strangers),
    ("{neighbour}/page", "beacon", "{api}/", Strangers),
    ("{neighbour}/page", "web socket", "{api}/", Strangers),
    ("{neighbour}/page", "link", "{api}/", Nobodys),
    ("{neighbour}/page", "image", "{api}/", Nobodys),
];

/// The server's own pages.
const OWN: &[Row] = &[
    ("{api}/page", "form", "{api}/", Own),
    ("{api}/page", "form with a file's encoding", "{api}/", Own),
    ("{api}/page", "form in plain text", "{api}/", Own),
    // Sends `Origin: null`.
    ("{api}/shy/page", "form", "{api}/", Own),
    ("{api}/page", "fetch without a body", "{api}/", Own),
    ("{api}/page", "fetch with a body", "{api}/", Own),
    ("{api}/page", "fetch of JSON", "{api}/", Own),
    ("{api}/page", "fetch by PUT", "{api}/", Own),
    ("{api}/page", "fetch with cookies", "{api}/", Own),
    ("{api}/page", "fetch without CORS", "{api}/", Own),
    ("{api}/shy/page", "fetch with a body", "{api}/", Own),
    ("{api}/page", "beacon", "{api}/", Own),
    ("{api}/page", "web socket", "{api}/", Own),
    ("{api}/page", "fetch by GET", "{api}/", Nobodys),
    ("{api}/page", "fetch by HEAD", "{api}/", Nobodys),
    ("{api}/page", "form by GET", "{api}/", Nobodys),
    ("{api}/page", "link", "{api}/", Nobodys),
    ("{api}/page", "image", "{api}/", Nobodys),
    // A sandbox takes the page's origin from it.
    ("{api}/page", "form in a sandbox", "{api}/", Strangers),
];

/// Behind nginx, which speaks TLS.
const PROXIED: &[Row] = &[
    ("{proxy}/kept/page", "form", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "fetch without a body", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "fetch with a body", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "fetch of JSON", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "beacon", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "web socket", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "link", "{proxy}/kept/", Nobodys),
    // The browser says where it comes from, so the address does not matter.
    ("{proxy}/replaced/page", "form", "{proxy}/replaced/", Own),
    ("{proxy}/replaced/page", "fetch without a body", "{proxy}/replaced/", Own),
    ("{proxy}/replaced/page", "fetch with a body", "{proxy}/replaced/", Own),
    ("{proxy}/host/page", "form", "{proxy}/host/", Own),
    ("{proxy}/lied/page", "fetch with a body", "{proxy}/lied/", Own),
    ("{proxy}/replaced/page", "web socket", "{proxy}/replaced/", Own),
    // Pages elsewhere: another scheme is another site, too.
    ("{stranger}/page", "form", "{proxy}/kept/", Strangers),
    ("{stranger}/page", "fetch with cookies", "{proxy}/kept/", Strangers),
    ("{stranger}/page", "web socket", "{proxy}/kept/", Strangers),
    ("{stranger}/page", "form", "{proxy}/replaced/", Strangers),
    ("{stranger}/page", "form", "{proxy}/lied/", Strangers),
    ("{stranger}/page", "link", "{proxy}/kept/", Nobodys),
];

/// A host by plain http that is not loopback, to which browsers send no `Sec-Fetch-Site`.
const PLAIN: &[Row] = &[
    ("{named}/page", "form", "{named}/", Own),
    ("{named}/page", "fetch without a body", "{named}/", Own),
    ("{named}/page", "fetch with a body", "{named}/", Own),
    ("{named}/page", "fetch of JSON", "{named}/", Own),
    ("{named}/page", "beacon", "{named}/", Own),
    ("{named}/page", "web socket", "{named}/", Own),
    ("{named}/page", "link", "{named}/", Nobodys),
    ("{elsewhere}/page", "form", "{named}/", Strangers),
    ("{elsewhere}/page", "fetch without CORS", "{named}/", Strangers),
    ("{elsewhere}/page", "web socket", "{named}/", Strangers),
    ("{elsewhere}/page", "image", "{named}/", Nobodys),
    // A limit: `Origin: null`, and nothing else to tell by.
    ("{named}/shy/page", "form", "{named}/", Strangers),
    ("{named}/shy/page", "fetch with a body", "{named}/", Own),
];

/// Three servers of each mode in one: the API, nginx in front of it, and one for other pages.
struct Stage {
    api: Server,
    proxy: Option<Nginx>,
    other: Server,
}

impl Stage {
    async fn set(cors: CorsLayer) -> Self {
        let api = Server::start(Ipv4Addr::LOCALHOST, cors).await;
        let proxy = Nginx::start_if_installed(api.address).await;
        let other = Server::start(Ipv4Addr::LOCALHOST, CorsLayer::new()).await;
        Self { api, proxy, other }
    }

    fn fill_in(&self, text: &str) -> String {
        let (api, other) = (self.api.address.port(), self.other.address.port());
        let text = text.replace("{api}", &format!("http://127.0.0.1:{api}"));
        let text = text.replace("{named}", &format!("http://own.test:{api}"));
        let text = text.replace("{elsewhere}", &format!("http://elsewhere.test:{other}"));
        let text = text.replace("{neighbour}", &format!("http://127.0.0.1:{other}"));
        let text = text.replace("{stranger}", &format!("http://localhost:{other}"));
        let port = self.proxy.as_ref().map_or(0, |proxy| proxy.port);
        text.replace("{proxy}", &format!("https://localhost:{port}"))
    }

    fn can_play(&self, (page, _, target, _): &Row, kind: Kind) -> bool {
        let is_about = |place| page.contains(place) || target.contains(place);
        // WebKit cannot be told that a made-up name is this machine.
        let is_nowhere = is_about("{named}") && kind == Kind::WebKit;
        !is_nowhere && (self.proxy.is_some() || !is_about("{proxy}"))
    }
}

fn whose((page, act, _, whose): &Row, kind: Kind) -> Whose {
    // A limit: Chromium sends no `Sec-Fetch-Site` with a handshake, so there is nothing to tell by
    // if `Host` is not kept.
    let is_untold = *act == "web socket" && page.contains("/replaced/") && kind == Kind::Chromium;
    if is_untold { Strangers } else { *whose }
}

async fn play(
    engine: &mut Engine,
    kind: Kind,
    enforce: Enforce,
    disagreements: &mut Disagreements,
) -> Result<(), Box<dyn Error>> {
    let stage = Stage::set(layer(enforce)).await;
    let rows = [FOREIGN, NEIGHBOURING, OWN, PROXIED, PLAIN].concat();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| stage.can_play(row, kind)) {
        let (page, act, target, _) = row;
        let whose = whose(row, kind);
        let target = format!("{}{at}", stage.fill_in(target));
        open(engine, &format!("{}?{at}", stage.fill_in(page))).await?;
        engine.script(SCRIPT, vec![json!(act), json!(target)]).await?;
        let path = target.splitn(4, '/').nth(3).unwrap_or_default();
        let got = stage.api.answer(&format!("/{path}")).await;
        let opens = *act == "web socket" && whose.runs_under(enforce);
        let ran = if opens { StatusCode::SWITCHING_PROTOCOLS } else { StatusCode::OK };
        let name = format!("{kind}, {page}: {act} to {target}, {enforce:?}");
        disagreements.compare(&name, &got, &whose.answer_under(enforce, ran));
    }
    Ok(())
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

async fn hold_in(kind: Kind) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let Some(mut engine) = Engine::start_if_installed(kind).await? else {
        return Ok(());
    };
    let mut disagreements = Disagreements::default();
    for enforce in MODES {
        play(&mut engine, kind, enforce, &mut disagreements).await?;
    }
    engine.close().await?;
    eprintln!("{kind}: enforcement in {:.1} s", started.elapsed().as_secs_f32());
    disagreements.assert_none();
    Ok(())
}

#[tokio::test]
async fn hold_in_chromium() -> Result<(), Box<dyn Error>> {
    hold_in(Kind::Chromium).await
}

#[tokio::test]
async fn hold_in_firefox() -> Result<(), Box<dyn Error>> {
    hold_in(Kind::Firefox).await
}

#[tokio::test]
async fn hold_in_webkit() -> Result<(), Box<dyn Error>> {
    hold_in(Kind::WebKit).await
}
