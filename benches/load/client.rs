use std::io::{Error, Result};

use http::Version;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

use crate::{answer::Answer, case::Case};

type Body = Full<&'static [u8]>;

/// A connection that sends one request after the other.
pub(crate) enum Client {
    Http1(http1::SendRequest<Body>),
    Http2(http2::SendRequest<Body>),
}

impl Client {
    pub(crate) const VERSIONS: [Version; 2] = [Version::HTTP_11, Version::HTTP_2];

    pub(crate) async fn connect(version: Version, port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let stream = TokioIo::new(stream);
        // What ends a connection is told to whoever waits for an answer.
        if version == Version::HTTP_2 {
            let shaken = http2::handshake(TokioExecutor::new(), stream).await;
            let (sender, connection) = shaken.map_err(Error::other)?;
            tokio::spawn(async { drop(connection.await) });
            Ok(Self::Http2(sender))
        } else {
            let shaken = http1::handshake(stream).await;
            let (sender, connection) = shaken.map_err(Error::other)?;
            tokio::spawn(async { drop(connection.await) });
            Ok(Self::Http1(sender))
        }
    }

    pub(crate) async fn ask(&mut self, case: &Case) -> Result<Answer> {
        let response = match self {
            Self::Http1(sender) => {
                sender.ready().await.map_err(Error::other)?;
                sender.send_request(case.request(Version::HTTP_11)).await
            }
            Self::Http2(sender) => {
                sender.ready().await.map_err(Error::other)?;
                sender.send_request(case.request(Version::HTTP_2)).await
            }
        };
        let told = |error| Error::other(format!("{}: no answer: {error}", case.name));
        let (head, body) = response.map_err(told)?.into_parts();
        let body = body.collect().await.map_err(told)?.to_bytes();
        Ok(Answer::received(head, body))
    }
}
