//! The floors of predicates: what it takes to show a function of the user's all of a request but
//! its body, and serialized origins only.

use std::{
    convert::Infallible,
    future::{Future, Ready, ready},
    hint::black_box,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::{HeaderValue, Request, Response, header, request::Parts};
use pin_project_lite::pin_project;
use tower::Service;
use tower_cors::Denial;

use super::{
    Answer, Verdict, decorate, is_same_origin, line, origin::is_served_by_name, shape::Listed,
};
use crate::{
    inner::{Body, Inner},
    policy::APP,
};

/// Asks a predicate.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) inner: Inner,
}

/// Asks an async predicate.
#[derive(Clone, Copy)]
pub(super) struct AskedLater {
    pub(super) inner: Inner,
}

type Pending = Pin<Box<dyn Future<Output = bool> + Send>>;

pin_project! {
    pub(super) struct LaterAnswer<F> {
        pending: Option<(Pending, HeaderValue)>,
        is_same_origin: bool,
        verdict: Verdict<Option<HeaderValue>>,
        #[pin]
        inner: F,
    }
}

impl Service<Request<()>> for Asked {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer<Listed, <Inner as Service<Request<()>>>::Future>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        // Somebody else's, and so not to be inlined.
        let ask: fn(&HeaderValue, &Parts) -> bool = black_box(|origin, _| origin == APP);
        let (parts, ()) = request.into_parts();
        let verdict = match origin(&parts) {
            Some(origin) if ask(origin, &parts) => Verdict::Allowed(Some(origin.clone())),
            Some(origin) if is_same_origin(&parts.headers, origin) => Verdict::NotApplicable,
            Some(_) => Verdict::Denied(Denial::OriginNotAllowed),
            None => Verdict::NotApplicable,
        };
        let inner = Service::call(&mut self.inner, Request::from_parts(parts, ()));
        Answer::Forwarded { verdict, inner, shape: PhantomData }
    }
}

impl Service<Request<()>> for AskedLater {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = LaterAnswer<<Inner as Service<Request<()>>>::Future>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        let ask: fn(HeaderValue, &Parts) -> Ready<bool> =
            black_box(|origin, _| ready(origin == APP));
        let (parts, ()) = request.into_parts();
        let pending = origin(&parts).map(|origin| -> (Pending, _) {
            (Box::pin(ask(origin.clone(), &parts)), origin.clone())
        });
        let is_same_origin =
            pending.as_ref().is_some_and(|(_, origin)| is_same_origin(&parts.headers, origin));
        let inner = Service::call(&mut self.inner, Request::from_parts(parts, ()));
        LaterAnswer { pending, is_same_origin, verdict: Verdict::NotApplicable, inner }
    }
}

impl<F> Future for LaterAnswer<F>
where
    F: Future<Output = Result<Response<Body>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Some((pending, _)) = this.pending {
            let is_allowed = ready!(pending.as_mut().poll(cx));
            let origin = this.pending.take().map(|(_, origin)| origin);
            *this.verdict = match is_allowed {
                true => Verdict::Allowed(origin),
                false if *this.is_same_origin => Verdict::NotApplicable,
                false => Verdict::Denied(Denial::OriginNotAllowed),
            };
        }
        let mut response = ready!(this.inner.poll(cx))?;
        decorate::actual::<Listed>(this.verdict, &mut response);
        Poll::Ready(Ok(response))
    }
}

/// The origin of the scenarios' requests, if it is a serialized one.
fn origin(parts: &Parts) -> Option<&HeaderValue> {
    let (origin, is_single) = line(&parts.headers, header::ORIGIN)?;
    (is_single && is_served_by_name(origin.as_bytes())).then_some(origin)
}
