use std::{convert::Infallible, io, net::TcpListener};

use axum::http::{
    HeaderValue, Request, Response,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, VARY},
};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tower::{Layer, Service, service_fn};

use super::{APP, BODY, layers, runtime};
use crate::contender::Contender;

pub(super) fn serve(listener: TcpListener, contender: Contender, origins: usize) -> io::Result<()> {
    let users = service_fn(users);
    match contender {
        Contender::TowerCors => accept(listener, &layers::tower_cors(origins)?.layer(users)),
        Contender::TowerHttp => accept(listener, &layers::tower_http(origins)?.layer(users)),
        Contender::HeadersAlone => accept(listener, &service_fn(users_with_headers)),
        Contender::None | Contender::NoneAgain | Contender::EmptyLayer => accept(listener, &users),
        Contender::ActixCors => Err(io::Error::other("actix-cors is for actix-web")),
    }
}

fn accept<S>(listener: TcpListener, service: &S) -> io::Result<()>
where
    S: Service<Request<Incoming>, Response = Response<Full<Bytes>>, Error = Infallible>,
    S: Clone + Send + 'static,
    S::Future: Send,
{
    runtime()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let service = TowerToHyperService::new(service.clone());
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    })
}

async fn users(_: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut response = Response::new(Full::from(BODY));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    Ok(response)
}

async fn users_with_headers(
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut response = users(request).await?;
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static(APP));
    headers.insert(VARY, HeaderValue::from_static("origin"));
    Ok(response)
}
