//! One of the services that `Cors` is generic over, so that all of its request path is compiled.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use http::{Request, Response};
use tower_cors::{Cors, ResponseFuture};
use tower_service::Service;

/// What an inner service answers, later.
pub type Answer = Pin<Box<dyn Future<Output = Outcome>>>;

/// A response, or the inner service's error.
pub type Outcome = Result<Response<()>, ()>;

/// A service of which the compiler knows nothing.
#[derive(Clone, Copy, Debug)]
pub struct Inner {
    ready: fn(&mut Context<'_>) -> Poll<Result<(), ()>>,
    call: fn(Request<()>) -> Answer,
}

impl Service<Request<()>> for Inner {
    type Response = Response<()>;
    type Error = ();
    type Future = Answer;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), ()>> {
        (self.ready)(cx)
    }

    fn call(&mut self, request: Request<()>) -> Answer {
        (self.call)(request)
    }
}

/// Asks whether a request can be served.
#[inline(never)]
pub fn poll_ready(service: &mut Cors<Inner>, cx: &mut Context<'_>) -> Poll<Result<(), ()>> {
    service.poll_ready(cx)
}

/// Begins to serve a request.
#[inline(never)]
pub fn call(service: &mut Cors<Inner>, request: Request<()>) -> ResponseFuture<Answer> {
    service.call(request)
}

/// Waits for its response.
#[inline(never)]
pub fn poll(future: Pin<&mut ResponseFuture<Answer>>, cx: &mut Context<'_>) -> Poll<Outcome> {
    future.poll(cx)
}
