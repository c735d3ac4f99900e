//! A tool on the user's machine, and a page whose host name was made to mean that machine. To the
//! browser the tool is then the page's own server, so it sends no preflight and asks for nothing.

use std::{error::Error, net::Ipv4Addr};

use axum::http::StatusCode;
use tokio::net::TcpStream;
use tower_cors::Enforce;
use tower_cors_browsers::engine::{Engine, Kind};

use crate::{
    http2,
    layers::{layer, local_tool},
    server::Server,
    stage::Stage,
    verdict::{Answer, Disagreements, Whose},
    wire::exchange,
};
use Whose::{Listed, Nobodys, Own};

const JSON: &str = "content-type: application/json | accept: application/json, text/event-stream";

/// The name, the lines beside those of JSON, and whose request it is.
const ROWS: &[(&str, &str, Whose)] = &[
    ("a rebound page", "origin: http://evil.example:{port}", Own),
    ("a rebound page, default port", "origin: http://evil.example", Own),
    (
        "a rebound page, says the browser",
        "origin: http://evil.example:{port} | sec-fetch-site: same-origin",
        Own,
    ),
    ("a program", "user-agent: agent/1.0", Nobodys),
    ("a listed page", "origin: https://app.example.com", Listed),
];

#[tokio::test]
async fn a_rebound_post_gets_403() {
    let mut disagreements = Disagreements::default();
    let server = Server::start(Ipv4Addr::LOCALHOST, local_tool()).await;
    let port = server.address.port().to_string();
    let connect = || async { TcpStream::connect(server.address).await.expect("it listens") };
    let mut client = http2::client(connect().await, http2::PAGE).await;
    for (at, (name, lines, whose)) in ROWS.iter().enumerate() {
        let lines = format!("{JSON} | {}", lines.replace("{port}", &port));
        // The host is the origin's, as it is by rebinding.
        let origin = lines.split_once("http://").map_or("localhost", |(_, origin)| origin);
        let host = origin.split(' ').next().unwrap_or(origin);
        let want = whose.answer_under(Enforce::ListedOnly, StatusCode::OK);

        let path = format!("/1/{at}");
        let head = format!("POST {path} HTTP/1.1 | host: {host} | {lines}");
        let got = Answer { head: exchange(connect().await, &head).await, runs: server.runs(&path) };
        disagreements.compare(&format!("HTTP/1.1: {name}"), &got, &want);

        let path = format!("/2/{at}");
        let request = http2::request("POST", &format!("http://{host}{path}"), &lines);
        let head = http2::send(&mut client, request).await;
        disagreements.compare(
            &format!("HTTP/2: {name}"),
            &Answer { head, runs: server.runs(&path) },
            &want,
        );
    }
    disagreements.assert_none();
}

/// What the page does, whose host `own.test` means this machine.
const ACTS: [&str; 6] = [
    "fetch of JSON",
    "fetch by PUT",
    "fetch without a body",
    "form in plain text",
    "beacon",
    "web socket",
];

/// The tool's layer keeps the page out, and telling pages by their address does not.
async fn a_rebound_page_is_kept_out_of(kind: Kind) -> Result<(), Box<dyn Error>> {
    let Some(mut engine) = Engine::start_if_installed(kind).await? else {
        return Ok(());
    };
    let tool = Stage::set(local_tool).await;
    let control = Stage::set(|| layer(Enforce::SameOrigin)).await;
    let mut disagreements = Disagreements::default();
    for (at, act) in ACTS.into_iter().enumerate() {
        for (stage, enforce) in [(&tool, Enforce::ListedOnly), (&control, Enforce::SameOrigin)] {
            let got = stage.play(&mut engine, at, "{named}/page", act, "{named}/").await?;
            let opens = act == "web socket";
            let ran = if opens { StatusCode::SWITCHING_PROTOCOLS } else { StatusCode::OK };
            let want = Own.answer_under(enforce, ran);
            disagreements.compare(&format!("{act}, {enforce:?}"), &got, &want);
        }
    }
    engine.close().await?;
    disagreements.assert_none();
    Ok(())
}

#[tokio::test]
async fn a_rebound_page_is_kept_out_in_chromium() -> Result<(), Box<dyn Error>> {
    a_rebound_page_is_kept_out_of(Kind::Chromium).await
}

#[tokio::test]
async fn a_rebound_page_is_kept_out_in_firefox() -> Result<(), Box<dyn Error>> {
    a_rebound_page_is_kept_out_of(Kind::Firefox).await
}
