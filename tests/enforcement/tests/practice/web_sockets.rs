//! Handshakes of web sockets, which no other part of CORS holds up.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::{HeaderValue, StatusCode, header};
use futures_util::{SinkExt, StreamExt};
use hyper::ext::Protocol;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest, protocol::Role},
};

use crate::{
    http2, ipv6,
    layers::{MODES, layer},
    server::{Server, bounded},
    verdict::{Answer, Disagreements, Whose, head},
};
use Whose::{Listed, Nobodys, Own, Strangers};

const ROWS: &[(&str, Option<&str>, Whose)] = &[
    ("a page of the server", Some("http://{here}"), Own),
    ("a listed page", Some("https://app.example.com"), Listed),
    ("a page elsewhere", Some("https://evil.example"), Strangers),
    ("a page on another port", Some("http://{ip}:1"), Strangers),
    ("a sandboxed page", Some("null"), Strangers),
    ("an origin of the socket's scheme", Some("ws://{here}"), Strangers),
    ("no page", None, Nobodys),
];

#[tokio::test]
async fn open_for_the_servers_own_pages() {
    check(Ipv4Addr::LOCALHOST.into()).await;
}

#[tokio::test]
async fn open_for_the_servers_own_pages_over_ipv6() {
    if ipv6::is_here() {
        check(Ipv6Addr::LOCALHOST.into()).await;
    }
}

async fn check(ip: IpAddr) {
    let mut disagreements = Disagreements::default();
    for enforce in MODES {
        let server = Server::start(ip, layer(enforce)).await;
        let here = server.address.to_string();
        let ip = here.rsplit_once(':').expect("an address has a port").0;
        for (at, (name, origin, whose)) in ROWS.iter().enumerate() {
            let path = format!("/{at}");
            let origin = origin.map(|origin| origin.replace("{here}", &here).replace("{ip}", ip));
            let stream = TcpStream::connect(server.address).await.expect("the server listens");
            let url = format!("ws://{here}{path}");
            let head = open(stream, &url, origin.as_deref(), &[]).await;
            let got = Answer { runs: server.runs(&path), head };
            let want = whose.answer_under(enforce, StatusCode::SWITCHING_PROTOCOLS);
            disagreements.compare(&format!("{name}, {enforce:?}, {here}"), &got, &want);
        }
    }
    disagreements.assert_none();
}

/// By an extended `CONNECT`: <https://www.rfc-editor.org/rfc/rfc8441>
#[tokio::test]
async fn open_for_the_servers_own_pages_over_http2() {
    let mut disagreements = Disagreements::default();
    for enforce in MODES {
        let server = Server::start(Ipv4Addr::LOCALHOST, layer(enforce)).await;
        let here = server.address.to_string();
        let stream = TcpStream::connect(server.address).await.expect("the server listens");
        let mut client = http2::client(stream, http2::PAGE).await;
        for (at, (name, origin, whose)) in ROWS.iter().enumerate() {
            let path = format!("/{at}");
            let origin = origin.map(|origin| format!("origin: {origin}")).unwrap_or_default();
            let origin = origin.replace("{here}", &here).replace("{ip}", "127.0.0.1");
            let head = open_over_http2(&mut client, &format!("http://{here}{path}"), &origin).await;
            let got = Answer { runs: server.runs(&path), head };
            let want = whose.answer_under(enforce, StatusCode::OK);
            disagreements.compare(&format!("{name}, {enforce:?}"), &got, &want);
        }
    }
    disagreements.assert_none();
}

async fn open_over_http2(client: &mut http2::Client, url: &str, origin: &str) -> Vec<String> {
    let lines = format!("sec-websocket-version: 13 | {origin}");
    let mut request = http2::request("CONNECT", url, &lines);
    request.extensions_mut().insert(Protocol::from_static("websocket"));
    bounded(async {
        let response = client.send_request(request).await.expect("the server answers");
        let head = head(response.status(), response.headers());
        if response.status().is_success() {
            let upgraded = hyper::upgrade::on(response).await.expect("it opened");
            let stream = TokioIo::new(upgraded);
            talk(WebSocketStream::from_raw_socket(stream, Role::Client, None).await).await;
        }
        head
    })
    .await
}

/// Opens a web socket and, if it opens, says something through it. Returns the handshake's answer.
pub(crate) async fn open<S>(
    stream: S,
    url: &str,
    origin: Option<&str>,
    lines: &[(&'static str, &'static str)],
) -> Vec<String>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut request = url.into_client_request().expect("tests write valid addresses");
    if let Some(origin) = origin {
        let origin = HeaderValue::from_str(origin).expect("tests write valid origins");
        request.headers_mut().insert(header::ORIGIN, origin);
    }
    for (name, value) in lines {
        request.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    bounded(async {
        let (socket, response) = match client_async(request, stream).await {
            Ok(opened) => opened,
            Err(Error::Http(response)) => return head(response.status(), response.headers()),
            Err(error) => panic!("{url}: {error}"),
        };
        talk(socket).await;
        head(response.status(), response.headers())
    })
    .await
}

async fn talk<S>(mut socket: WebSocketStream<S>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    socket.send(Message::text("hello")).await.expect("the server reads");
    let answer = socket.next().await.expect("the server answers").expect("in whole");
    assert_eq!(answer, Message::text("hello"));
}
