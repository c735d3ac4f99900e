//! Clients that send what they are told, byte for byte.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::{server::bounded, verdict::head};

/// Sends the lines of a head, written `POST / HTTP/1.1 | host: localhost`, and a body of four
/// bytes. Returns the head of the answer, of which it has to be the only one.
pub(crate) async fn exchange<S>(mut stream: S, lines: &str) -> Vec<String>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let lines = lines.replace(" | ", "\r\n");
    let request = format!("{lines}\r\nconnection: close\r\ncontent-length: 4\r\n\r\ntext");
    let answer = bounded(async {
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.map(|_| answer)
    });
    parse(&answer.await.expect("the server answers in ASCII and closes"))
}

fn parse(answer: &str) -> Vec<String> {
    let (answer, _) = answer.split_once("\r\n\r\n").expect("a head ends");
    let mut lines = answer.lines();
    let status = lines.next().and_then(|first| first.split(' ').nth(1)).unwrap_or_default();
    let status = StatusCode::from_bytes(status.as_bytes()).expect("the first line has a status");
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        let name: HeaderName = name.parse().expect("servers write valid names");
        headers.append(name, HeaderValue::from_str(value).expect("servers write valid values"));
    }
    head(status, &headers)
}
