//! HTTP/2, where `:authority` is the address, and a `host` beside it has to agree.

use std::{net::Ipv4Addr, str::FromStr};

use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, Version};
use http_body_util::{BodyExt, Full};
use hyper::{
    body::Bytes,
    client::conn::http2::{SendRequest, handshake},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};

use crate::{
    layers::{MODES, layer},
    server::{Server, bounded},
    verdict::{Answer, Disagreements, Whose, head},
};
use Whose::{Listed, Nobodys, Own, Strangers};

pub(crate) const PAGE: &str = "http://localhost/page";

pub(crate) type Client = SendRequest<Full<Bytes>>;

/// Name, method, URI, other headers, whose. Of a URI without authority no `:authority` is made.
type Row = (&'static str, &'static str, &'static str, &'static str, Whose);

const ROWS: &[Row] = &[
    ("listed", "POST", "http://{here}", "origin: https://app.example.com", Listed),
    ("no Origin", "POST", "http://{here}", "", Nobodys),
    ("own", "POST", "http://{here}", "origin: http://{here}", Own),
    ("own by GET", "GET", "http://{here}", "origin: http://{here}", Own),
    ("stranger", "POST", "http://{here}", "origin: http://evil.example", Strangers),
    ("stranger by GET", "GET", "http://{here}", "origin: http://evil.example", Strangers),
    ("null", "POST", "http://{here}", "origin: null", Strangers),
    ("no port", "POST", "https://api.example.com", "origin: https://api.example.com", Own),
    (
        "no port, :scheme of the proxy",
        "POST",
        "http://api.example.com",
        "origin: https://api.example.com",
        Own,
    ),
    ("default port", "POST", "https://api.example.com:443", "origin: https://api.example.com", Own),
    (
        "default port of the other scheme",
        "POST",
        "https://api.example.com:80",
        "origin: https://api.example.com",
        Strangers,
    ),
    ("port in :authority alone", "POST", "http://{here}", "origin: http://127.0.0.1", Strangers),
    ("port in Origin alone", "POST", "http://127.0.0.1", "origin: http://{here}", Strangers),
    ("upper case", "POST", "https://API.Example.COM", "origin: https://api.example.com", Own),
    ("IPv6", "POST", "http://[::1]:3000", "origin: http://[::1]:3000", Own),
    ("IPv6 on another port", "POST", "http://[::1]:3000", "origin: http://[::1]:3001", Strangers),
    ("host agrees", "POST", "http://{here}", "host: {here} | origin: http://{here}", Own),
    (
        "host agrees but for case and default port",
        "POST",
        "https://api.example.com",
        "host: API.example.com:443 | origin: https://api.example.com",
        Own,
    ),
    (
        "host is the stranger's",
        "POST",
        "http://{here}",
        "host: evil.example | origin: http://evil.example",
        Strangers,
    ),
    (
        "host disagrees, Origin is :authority's",
        "POST",
        "http://{here}",
        "host: evil.example | origin: http://{here}",
        Strangers,
    ),
    (
        ":authority is the stranger's, host is not",
        "POST",
        "http://evil.example",
        "host: {here} | origin: http://evil.example",
        Strangers,
    ),
    (
        "two hosts",
        "POST",
        "http://{here}",
        "host: {here} | host: {here} | origin: http://{here}",
        Strangers,
    ),
    ("host instead of :authority", "POST", "", "host: {here} | origin: http://{here}", Own),
    (
        "host instead of :authority, stranger",
        "POST",
        "",
        "host: {here} | origin: http://evil.example",
        Strangers,
    ),
    ("neither", "POST", "", "origin: http://{here}", Strangers),
    (
        "X-Forwarded-Host is the stranger's",
        "POST",
        "http://{here}",
        "x-forwarded-host: evil.example | x-forwarded-proto: http | origin: http://evil.example",
        Strangers,
    ),
    (
        "the browser's word, same-origin",
        "POST",
        "http://upstream",
        "sec-fetch-site: same-origin | origin: https://api.example.com",
        Own,
    ),
    (
        "the browser's word, same-site",
        "POST",
        "http://{here}",
        "sec-fetch-site: same-site | origin: http://{here}",
        Strangers,
    ),
];

#[tokio::test]
async fn authority_tells_the_own_origin() {
    let mut disagreements = Disagreements::default();
    for enforce in MODES {
        let server = Server::start(Ipv4Addr::LOCALHOST, layer(enforce)).await;
        let here = server.address.to_string();
        let stream = TcpStream::connect(server.address).await.expect("the server listens");
        let mut client = client(stream, PAGE).await;
        for (at, (name, method, uri, lines, whose)) in ROWS.iter().enumerate() {
            let path = format!("/{at}");
            let uri = uri.replace("{here}", &here) + &path;
            let request = request(method, &uri, &lines.replace("{here}", &here));
            let head = send(&mut client, request).await;
            let got = Answer { runs: server.runs(&path), head };
            let want = whose.answer_under(enforce, StatusCode::OK);
            disagreements.compare(&format!("{name}, {enforce:?}"), &got, &want);
        }
    }
    disagreements.assert_none();
}

pub(crate) async fn client<S>(stream: S, page: &str) -> Client
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let connected = handshake(TokioExecutor::new(), TokioIo::new(stream));
    let (mut client, connection) = bounded(connected).await.expect("the server speaks HTTP/2");
    tokio::spawn(connection);
    // With its answer come the settings, which permit web sockets.
    assert_eq!(send(&mut client, request("GET", page, "")).await[0], "200");
    client
}

/// Headers are written `name: value | name: value`.
pub(crate) fn request(method: &str, uri: &str, lines: &str) -> Request<Full<Bytes>> {
    let mut request = Request::new(Full::default());
    *request.method_mut() = Method::from_str(method).expect("a method");
    *request.uri_mut() = uri.parse().expect("a URI");
    // In HTTP/2 of its own accord, hyper's client insists on an authority.
    *request.version_mut() = Version::HTTP_11;
    for (name, value) in lines.split(" | ").filter_map(|line| line.split_once(": ")) {
        let name: HeaderName = name.parse().expect("a name");
        request.headers_mut().append(name, HeaderValue::from_str(value).expect("a value"));
    }
    request
}

pub(crate) async fn send(client: &mut Client, request: Request<Full<Bytes>>) -> Vec<String> {
    bounded(async {
        client.ready().await?;
        let response = client.send_request(request).await?;
        let head = head(response.status(), response.headers());
        response.into_body().collect().await?;
        Ok::<_, hyper::Error>(head)
    })
    .await
    .expect("the server answers")
}
