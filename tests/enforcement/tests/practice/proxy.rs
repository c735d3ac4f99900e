//! Behind a proxy that ends TLS, for clients that send no `Sec-Fetch-Site` and for those that do.

use std::net::Ipv4Addr;

use axum::http::StatusCode;

use crate::{
    http2,
    layers::{MODES, layer},
    nginx::Nginx,
    server::Server,
    verdict::{Answer, Disagreements, Whose},
    web_sockets::open,
    wire::exchange,
};
use Whose::{Listed, Nobodys, Own, Strangers};

/// The name, what the proxy does to `Host`, that header, the others, and whose request it is.
type Row = (&'static str, &'static str, &'static str, &'static str, Whose);

/// The browser asks for this.
const HERE: &str = "localhost:{port}";

const ROWS: &[Row] = &[
    ("no Origin", "kept", HERE, "x: y", Nobodys),
    ("listed", "kept", HERE, "origin: https://app.example.com", Listed),
    ("listed", "replaced", HERE, "origin: https://app.example.com", Listed),
    ("own", "kept", HERE, "origin: https://localhost:{port}", Own),
    ("own, no port", "kept", "app.test", "origin: https://app.test", Own),
    ("own, default port", "kept", "app.test:443", "origin: https://app.test", Own),
    ("own", "host-and-port", HERE, "origin: https://localhost:{port}", Own),
    ("own, no port", "host", "app.test", "origin: https://app.test", Own),
    ("own, upper case", "host", "APP.test", "origin: https://app.test", Own),
    ("stranger", "kept", HERE, "origin: https://evil.example", Strangers),
    ("stranger", "replaced", HERE, "origin: https://evil.example", Strangers),
    ("stranger with the upstream's name", "kept", HERE, "origin: http://application", Strangers),
    ("neighbour on another port", "kept", HERE, "origin: https://localhost:1", Strangers),
    ("neighbour on another port", "host", HERE, "origin: https://localhost:1", Strangers),
    (
        "own, and the proxy's X-Forwarded-* lie",
        "lied",
        HERE,
        "origin: https://localhost:{port}",
        Own,
    ),
    (
        "stranger, and the proxy's X-Forwarded-* agree",
        "lied",
        HERE,
        "origin: http://evil.example",
        Strangers,
    ),
    (
        "stranger, and its own X-Forwarded-* agree",
        "kept",
        HERE,
        "origin: https://evil.example | x-forwarded-host: evil.example | x-forwarded-proto: https \
         | x-forwarded-port: 443 | forwarded: host=evil.example;proto=https",
        Strangers,
    ),
    (
        "own, says the browser",
        "replaced",
        HERE,
        "origin: https://localhost:{port} | sec-fetch-site: same-origin",
        Own,
    ),
    (
        "own, says the browser",
        "host",
        HERE,
        "origin: https://localhost:{port} | sec-fetch-site: same-origin",
        Own,
    ),
    (
        "the http twin, says the browser",
        "kept",
        HERE,
        "origin: http://localhost:{port} | sec-fetch-site: cross-site",
        Strangers,
    ),
    (
        "stranger, says the browser, and hides",
        "kept",
        HERE,
        "sec-fetch-site: cross-site",
        Strangers,
    ),
    // The documented limits.
    ("limit: Host is not kept", "replaced", HERE, "origin: https://localhost:{port}", Strangers),
    (
        "limit: Host is not kept but told",
        "told",
        HERE,
        "origin: https://localhost:{port}",
        Strangers,
    ),
    (
        "limit: Host is kept without its port",
        "host",
        HERE,
        "origin: https://localhost:{port}",
        Strangers,
    ),
    (
        "limit: the upstream's name is an origin",
        "replaced",
        HERE,
        "origin: http://application",
        Own,
    ),
    ("limit: http is not told from https", "kept", HERE, "origin: http://localhost:{port}", Own),
];

#[tokio::test]
async fn the_own_origin_is_told_if_host_is_kept() {
    let mut disagreements = Disagreements::default();
    for enforce in MODES {
        let server = Server::start(Ipv4Addr::LOCALHOST, layer(enforce)).await;
        let Some(nginx) = Nginx::start_if_installed(server.address).await else { return };
        let port = nginx.port.to_string();
        let mut client =
            http2::client(nginx.connect("h2").await, "https://localhost/kept/page").await;
        for (at, (name, proxy, host, lines, whose)) in ROWS.iter().enumerate() {
            let name = |version: &str| format!("{version}, {proxy}: {name}, {enforce:?}");
            let (host, lines) = (host.replace("{port}", &port), lines.replace("{port}", &port));
            let want = whose.answer_under(enforce, StatusCode::OK);

            let path = format!("/{proxy}/1/{at}");
            let head = format!("POST {path} HTTP/1.1 | host: {host} | {lines}");
            let head = exchange(nginx.connect("http/1.1").await, &head).await;
            let got = Answer { runs: server.runs(&path), head };
            disagreements.compare(&name("HTTP/1.1"), &got, &want);

            let path = format!("/{proxy}/2/{at}");
            let request = http2::request("POST", &format!("https://{host}{path}"), &lines);
            let head = http2::send(&mut client, request).await;
            let got = Answer { runs: server.runs(&path), head };
            disagreements.compare(&name("HTTP/2"), &got, &want);
        }
    }
    disagreements.assert_none();
}

const SAME_ORIGIN: &[(&str, &str)] = &[("sec-fetch-site", "same-origin")];

/// The name, what the proxy does to `Host`, `Origin`, what else the browser says, and whose it is.
type Socket = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static [(&'static str, &'static str)],
    Whose,
);

const SOCKETS: &[Socket] = &[
    ("no page", "kept", None, &[], Nobodys),
    ("listed", "replaced", Some("https://app.example.com"), &[], Listed),
    ("own", "kept", Some("https://localhost:{port}"), &[], Own),
    ("own, says the browser", "replaced", Some("https://localhost:{port}"), SAME_ORIGIN, Own),
    ("stranger", "kept", Some("https://evil.example"), &[], Strangers),
    ("stranger", "replaced", Some("https://evil.example"), &[], Strangers),
    ("limit: Host is not kept", "replaced", Some("https://localhost:{port}"), &[], Strangers),
];

#[tokio::test]
async fn web_sockets_open_if_host_is_kept() {
    let mut disagreements = Disagreements::default();
    for enforce in MODES {
        let server = Server::start(Ipv4Addr::LOCALHOST, layer(enforce)).await;
        let Some(nginx) = Nginx::start_if_installed(server.address).await else { return };
        let port = nginx.port.to_string();
        for (at, (name, proxy, origin, lines, whose)) in SOCKETS.iter().enumerate() {
            let path = format!("/{proxy}/{at}");
            let url = format!("wss://localhost:{port}{path}");
            let origin = origin.map(|origin| origin.replace("{port}", &port));
            let stream = nginx.connect("http/1.1").await;
            let head = open(stream, &url, origin.as_deref(), lines).await;
            let got = Answer { runs: server.runs(&path), head };
            let want = whose.answer_under(enforce, StatusCode::SWITCHING_PROTOCOLS);
            disagreements.compare(&format!("{proxy}: {name}, {enforce:?}"), &got, &want);
        }
    }
    disagreements.assert_none();
}
