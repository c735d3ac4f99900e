//! A server that says what a test tells it to, and remembers what it was asked.

use std::{
    collections::VecDeque,
    future::{Ready, ready},
    task::{Context, Poll},
};

use http::{HeaderValue, Request, Response, StatusCode};
use tower::Service;
use tower_cors::testing::Body;

pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const API: &str = "https://api.example.com/orders";

pub(crate) type Line = (&'static str, &'static str);

/// What a server answers: its status and header lines.
#[derive(Clone, Debug)]
pub(crate) struct Answer(pub(crate) u16, pub(crate) Vec<Line>);

pub(crate) fn answer(status: u16, lines: &[Line]) -> Answer {
    Answer(status, lines.to_vec())
}

pub(crate) const ACAC: &str = "access-control-allow-credentials";
pub(crate) const ACAH: &str = "access-control-allow-headers";
pub(crate) const ACAM: &str = "access-control-allow-methods";
pub(crate) const ACAO: &str = "access-control-allow-origin";
pub(crate) const ACEH: &str = "access-control-expose-headers";
pub(crate) const ACMA: &str = "access-control-max-age";

/// Answers preflights with one answer, and all else with the others in order, the last again and
/// again.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    preflight: Answer,
    actual: VecDeque<Answer>,
}

impl Server {
    pub(crate) fn new(preflight: Answer, actual: impl IntoIterator<Item = Answer>) -> Self {
        Self { preflight, actual: actual.into_iter().collect() }
    }

    /// Lets every page send and read everything that needs no credentials.
    pub(crate) fn open() -> Self {
        let preflight = answer(204, &[(ACAO, "*"), (ACAM, "*"), (ACAH, "*,authorization")]);
        Self::new(preflight, [answer(200, &[(ACAO, "*")])])
    }

    /// Answers preflights thus, and lets every page read the rest.
    pub(crate) fn preflighted(preflight: &[Line]) -> Self {
        Self::new(answer(204, preflight), [answer(200, &[(ACAO, "*")])])
    }

    /// Answers everything that is no preflight thus.
    pub(crate) fn actual(lines: &[Line]) -> Self {
        Self::new(answer(500, &[]), [answer(200, lines)])
    }

    fn next(&mut self, is_preflight: bool) -> Answer {
        if is_preflight {
            return self.preflight.clone();
        }
        match self.actual.len() {
            1 => self.actual[0].clone(),
            _ => self.actual.pop_front().expect("a server has an answer"),
        }
    }
}

impl Service<Request<Body>> for Server {
    type Response = Response<String>;
    type Error = std::convert::Infallible;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let is_preflight = request.headers().contains_key("access-control-request-method");
        let Answer(status, lines) = self.next(is_preflight);
        let mut response = Response::new("hello".to_owned());
        *response.status_mut() = StatusCode::from_u16(status).expect("a status");
        for (name, value) in lines {
            response
                .headers_mut()
                .append(name, HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
        }
        ready(Ok(response))
    }
}
