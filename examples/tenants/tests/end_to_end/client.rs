use std::net::SocketAddr;

use axum::{
    body::Body,
    http::{Request, Response, header},
};
use http_body_util::BodyExt;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};
use tower_cors_tenants::Limits;

use crate::site::{GIVE_UP, Tested};

/// What a page sends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Actual,
    Preflight,
}

impl Kind {
    pub(crate) const BOTH: [Self; 2] = [Self::Preflight, Self::Actual];
}

/// One connection that stays open.
pub(crate) struct Client {
    sender: SendRequest<Body>,
    max_age: u64,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr, limits: Limits) -> Tested<Self> {
        let stream = TcpStream::connect(address).await?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Its errors are those of the requests.
        tokio::spawn(async { drop(connection.await) });
        // Half a second is not 0.
        let max_age = limits.time_to_live.as_secs_f64().ceil() as u64;
        Ok(Self { sender, max_age })
    }

    pub(crate) async fn send(&mut self, request: Request<Body>) -> Tested<Response<String>> {
        let answer = async {
            self.sender.ready().await?;
            let (head, body) = self.sender.send_request(request).await?.into_parts();
            let body = body.collect().await?.to_bytes();
            Ok(Response::from_parts(head, String::from_utf8(body.into())?))
        };
        timeout(GIVE_UP, answer).await?
    }

    /// Whether a tenant's host allows the origin. The whole answer has to be one of the two there
    /// are, each to the letter.
    pub(crate) async fn allows(&mut self, kind: Kind, tenant: &str, origin: &str) -> Tested<bool> {
        let response = self.send(request(kind, &format!("{tenant}.localhost"), origin)).await?;
        let is_allowed = response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        let expected = match (kind, is_allowed) {
            (Kind::Actual, true) => actual_allowed(tenant, origin),
            (Kind::Actual, false) => actual_denied(tenant),
            (Kind::Preflight, true) => preflight_allowed(origin, self.max_age),
            (Kind::Preflight, false) => PREFLIGHT_DENIED.to_owned(),
        };
        assert_eq!(written(&response), expected, "{kind:?} from {origin} to {tenant}");
        Ok(is_allowed)
    }

    /// Whether it is allowed, by the preflight and the actual request alike.
    pub(crate) async fn allows_both(&mut self, tenant: &str, origin: &str) -> Tested<bool> {
        let preflight = self.allows(Kind::Preflight, tenant, origin).await?;
        let actual = self.allows(Kind::Actual, tenant, origin).await?;
        assert_eq!(preflight, actual, "preflight and actual request from {origin} to {tenant}");
        Ok(actual)
    }
}

pub(crate) fn request(kind: Kind, host: &str, origin: &str) -> Request<Body> {
    let request =
        Request::builder().uri("/orders").header(header::HOST, host).header(header::ORIGIN, origin);
    let request = match kind {
        Kind::Actual => request,
        Kind::Preflight => request
            .method("OPTIONS")
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type"),
    };
    request.body(Body::empty()).expect("the parts are valid")
}

/// Status, headers in alphabetical order but for the date, body.
pub(crate) fn written(response: &Response<String>) -> String {
    let headers = response.headers().iter().filter(|(name, _)| *name != header::DATE);
    let mut headers: Vec<String> = headers
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    headers.sort();
    format!("{}\n{}\n{}", response.status(), headers.concat(), response.body())
}

pub(crate) fn actual_allowed(tenant: &str, origin: &str) -> String {
    let body = format!("the orders of {tenant}\n");
    format!(
        "200 OK\n\
         access-control-allow-credentials: true\n\
         access-control-allow-origin: {origin}\n\
         content-length: {}\n\
         content-type: text/plain; charset=utf-8\n\
         vary: origin\n\n\
         {body}",
        body.len()
    )
}

pub(crate) fn actual_denied(tenant: &str) -> String {
    let body = format!("the orders of {tenant}\n");
    format!(
        "200 OK\n\
         content-length: {}\n\
         content-type: text/plain; charset=utf-8\n\
         vary: origin\n\n\
         {body}",
        body.len()
    )
}

pub(crate) fn preflight_allowed(origin: &str, max_age: u64) -> String {
    format!(
        "204 No Content\n\
         access-control-allow-credentials: true\n\
         access-control-allow-headers: content-type\n\
         access-control-allow-methods: PUT\n\
         access-control-allow-origin: {origin}\n\
         access-control-max-age: {max_age}\n\
         allow: GET,HEAD,PUT\n\
         vary: origin\n\n"
    )
}

pub(crate) const PREFLIGHT_DENIED: &str = "403 Forbidden\n\
    allow: GET,HEAD,PUT\n\
    content-length: 0\n\
    vary: origin\n\n";
