//! A library's server, as a service.

use std::net::SocketAddr;

use http::{Request, Response};
use hyper::{body::Incoming, client::conn::http1};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower::{BoxError, Service, service_fn};
use tower_cors::testing::Body;

/// The application behind one of the options that a server was given.
pub(crate) fn application(
    address: SocketAddr,
    number: usize,
) -> impl Service<Request<Body>, Response = Response<Incoming>, Error = BoxError> {
    service_fn(move |request| answer(address, number, request))
}

async fn answer(
    address: SocketAddr,
    number: usize,
    mut request: Request<Body>,
) -> Result<Response<Incoming>, BoxError> {
    *request.uri_mut() = format!("/{number}/").parse()?;
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender.send_request(request).await?)
}
