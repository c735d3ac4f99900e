//! Step 4 over HTTP/1.x: the address that a request is for, as clients may write it.

use std::net::Ipv4Addr;

use tokio::net::TcpStream;

use crate::{
    layers::{MODES, layer},
    server::Server,
    verdict::{Answer, Disagreements, Whose},
    wire::exchange,
};
use Whose::{Listed, Nobodys, Own, Strangers};

/// The name, the head, and whose request that is. `{here}` is the server's host and port.
pub(crate) type Row = (&'static str, &'static str, Whose);

const ROWS: &[Row] = &[
    ("listed", "POST {path} HTTP/1.1 | host: {here} | origin: https://app.example.com", Listed),
    ("no Origin", "POST {path} HTTP/1.1 | host: {here}", Nobodys),
    ("no Origin, no Host", "POST {path} HTTP/1.0", Nobodys),
    ("own", "POST {path} HTTP/1.1 | host: {here} | origin: http://{here}", Own),
    ("own by HTTP/1.0", "POST {path} HTTP/1.0 | host: {here} | origin: http://{here}", Own),
    ("own by GET", "GET {path} HTTP/1.1 | host: {here} | origin: http://{here}", Own),
    ("stranger", "POST {path} HTTP/1.1 | host: {here} | origin: http://evil.example", Strangers),
    (
        "stranger by GET",
        "GET {path} HTTP/1.1 | host: {here} | origin: http://evil.example",
        Strangers,
    ),
    ("null", "POST {path} HTTP/1.1 | host: {here} | origin: null", Strangers),
    ("empty Origin", "POST {path} HTTP/1.1 | host: {here} | origin:", Strangers),
    (
        "a neighbour on another port",
        "POST {path} HTTP/1.1 | host: {here} | origin: http://127.0.0.1:1",
        Strangers,
    ),
    (
        "the same address by another name",
        "POST {path} HTTP/1.1 | host: localhost:{port} | origin: http://{here}",
        Strangers,
    ),
    (
        "no port",
        "POST {path} HTTP/1.1 | host: api.example.com | origin: https://api.example.com",
        Own,
    ),
    (
        "default port of https in Host",
        "POST {path} HTTP/1.1 | host: api.example.com:443 | origin: https://api.example.com",
        Own,
    ),
    (
        "default port of http in Host",
        "POST {path} HTTP/1.1 | host: api.example.com:80 | origin: http://api.example.com",
        Own,
    ),
    (
        "default port of the other scheme",
        "POST {path} HTTP/1.1 | host: api.example.com:80 | origin: https://api.example.com",
        Strangers,
    ),
    (
        "port in Host alone",
        "POST {path} HTTP/1.1 | host: api.example.com:8443 | origin: https://api.example.com",
        Strangers,
    ),
    (
        "port in Origin alone",
        "POST {path} HTTP/1.1 | host: api.example.com | origin: https://api.example.com:8443",
        Strangers,
    ),
    (
        "upper-case Host",
        "POST {path} HTTP/1.1 | HOST: API.Example.COM | origin: https://api.example.com",
        Own,
    ),
    (
        "Host with a dot at its end",
        "POST {path} HTTP/1.1 | host: api.example.com. | origin: https://api.example.com",
        Strangers,
    ),
    (
        "two Host lines",
        "POST {path} HTTP/1.1 | host: {here} | host: evil.example | origin: http://{here}",
        Strangers,
    ),
    (
        "two Host lines, the stranger's first",
        "POST {path} HTTP/1.1 | host: evil.example | host: {here} | origin: http://evil.example",
        Strangers,
    ),
    (
        "the same Host line twice",
        "POST {path} HTTP/1.1 | host: {here} | host: {here} | origin: http://{here}",
        Strangers,
    ),
    ("no Host", "POST {path} HTTP/1.1 | origin: http://{here}", Strangers),
    ("no Host, HTTP/1.0", "POST {path} HTTP/1.0 | origin: http://{here}", Strangers),
    ("empty Host", "POST {path} HTTP/1.1 | host: | origin: http://{here}", Strangers),
    (
        "absolute form",
        "POST http://{here}{path} HTTP/1.1 | host: {here} | origin: http://{here}",
        Own,
    ),
    ("absolute form, no Host", "POST http://{here}{path} HTTP/1.0 | origin: http://{here}", Own),
    (
        "absolute form, stranger",
        "POST http://{here}{path} HTTP/1.1 | host: {here} | origin: http://evil.example",
        Strangers,
    ),
    (
        "absolute form, and Host is the stranger's",
        "POST http://{here}{path} HTTP/1.1 | host: evil.example | origin: http://evil.example",
        Strangers,
    ),
    (
        "absolute form is the stranger's, and Host is not",
        "POST http://evil.example{path} HTTP/1.1 | host: {here} | origin: http://evil.example",
        Strangers,
    ),
    (
        "two Origin lines",
        "POST {path} HTTP/1.1 | host: {here} | origin: http://{here} | origin: http://{here}",
        Strangers,
    ),
    (
        "forwarded headers speak for the stranger",
        "POST {path} HTTP/1.1 | host: {here} | origin: https://evil.example \
         | x-forwarded-host: evil.example | x-forwarded-proto: https | x-forwarded-port: 443 \
         | forwarded: host=evil.example;proto=https | x-original-host: evil.example",
        Strangers,
    ),
    (
        "forwarded headers speak against the own page",
        "POST {path} HTTP/1.1 | host: {here} | origin: http://{here} \
         | x-forwarded-host: evil.example | x-forwarded-proto: https | x-forwarded-port: 1",
        Own,
    ),
    (
        "the browser's word counts more than the address",
        "POST {path} HTTP/1.1 | host: {here} | origin: http://{here} | sec-fetch-site: cross-site",
        Strangers,
    ),
    (
        "the browser's word counts, twice it does not",
        "POST {path} HTTP/1.1 | host: {here} | origin: http://{here} \
         | sec-fetch-site: same-origin | sec-fetch-site: same-origin",
        Strangers,
    ),
    (
        "the browser's word alone, from a stranger's page",
        "POST {path} HTTP/1.1 | host: {here} | sec-fetch-site: cross-site",
        Strangers,
    ),
    (
        "the browser's word alone, a link from a stranger's page",
        "GET {path} HTTP/1.1 | host: {here} | sec-fetch-site: cross-site",
        Nobodys,
    ),
    // The documented limits.
    (
        "limit: http is not told from https",
        "POST {path} HTTP/1.1 | host: {here} | origin: https://{here}",
        Own,
    ),
    (
        "limit: a page at a host with a dot at its end",
        "POST {path} HTTP/1.1 | host: example.com. | origin: https://example.com.",
        Strangers,
    ),
    (
        "limit: a rebound host",
        "POST {path} HTTP/1.1 | host: evil.example | origin: http://evil.example",
        Own,
    ),
];

#[tokio::test]
async fn one_address_tells_the_own_origin() {
    check(Ipv4Addr::LOCALHOST.into(), ROWS).await;
}

/// Sends each row to a server of each mode.
pub(crate) async fn check(ip: std::net::IpAddr, rows: &[Row]) {
    let mut disagreements = Disagreements::default();
    for enforce in MODES {
        let server = Server::start(ip, layer(enforce)).await;
        let (here, port) = (server.address.to_string(), server.address.port().to_string());
        for (at, (name, lines, whose)) in rows.iter().enumerate() {
            let path = format!("/{at}");
            let lines = lines.replace("{path}", &path).replace("{here}", &here);
            let stream = TcpStream::connect(server.address).await.expect("the server listens");
            let head = exchange(stream, &lines.replace("{port}", &port)).await;
            let got = Answer { runs: server.runs(&path), head };
            let want = whose.answer_under(enforce, axum::http::StatusCode::OK);
            disagreements.compare(&format!("{name}, {enforce:?}"), &got, &want);
        }
    }
    disagreements.assert_none();
}
