//! The floor: what a CORS middleware costs at least, written by hand for one policy.
//!
//! It gives this crate's answers to the scenarios' requests. Where it knows more than a crate
//! could, it uses that: its policy is compiled in, and of all serialized origins it reads only those
//! of `http` and `https` with a name and no port.

mod decorate;
mod entry;
mod origin;
mod predicate;
mod preflight;
mod shape;

use std::{
    convert::Infallible,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use pin_project_lite::pin_project;
use tower::Service;
use tower_cors::Denial;

pub(crate) use self::entry::enter;
use self::{
    origin::{host, is_served_by_name},
    shape::Shape,
};
use crate::inner::Body;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

#[derive(Clone, Copy)]
struct Floor<P, S> {
    shape: P,
    inner: S,
}

enum Verdict<G> {
    Allowed(G),
    Denied(Denial),
    NotApplicable,
}

pin_project! {
    #[project = Projection]
    enum Answer<P: Shape, F> {
        Forwarded { verdict: Verdict<P::Grant>, #[pin] inner: F, shape: PhantomData<P> },
        Preflight { response: Option<Response<Body>> },
    }
}

impl<P, S> Service<Request<()>> for Floor<P, S>
where
    P: Shape,
    S: Service<Request<()>, Response = Response<Body>, Error = Infallible>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer<P, S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<()>) -> Self::Future {
        if request.method() == Method::OPTIONS {
            if let Some(judgement) = preflight::judge(self.shape, request.headers()) {
                let response = preflight::answer(self.shape, judgement, request.headers_mut());
                return Answer::Preflight { response: Some(response) };
            }
        }
        let verdict = judge_actual(self.shape, request.headers());
        Answer::Forwarded { verdict, inner: self.inner.call(request), shape: PhantomData }
    }
}

impl<P, F> Future for Answer<P, F>
where
    P: Shape,
    F: Future<Output = Result<Response<Body>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match self.project() {
            Projection::Forwarded { verdict, inner, .. } => {
                let mut response = ready!(inner.poll(cx))?;
                decorate::actual::<P>(verdict, &mut response);
                Ok(response)
            }
            Projection::Preflight { response } => Ok(response.take().expect("polled once")),
        })
    }
}

fn judge_actual<P: Shape>(shape: P, headers: &HeaderMap) -> Verdict<P::Grant> {
    if let Some(grant) = P::EVERYONE {
        return Verdict::Allowed(grant);
    }
    let Some((origin, is_single)) = line(headers, header::ORIGIN) else {
        return Verdict::NotApplicable;
    };
    match judge(shape, origin, is_single) {
        Verdict::Denied(_) if is_same_origin(headers, origin) => Verdict::NotApplicable,
        verdict => verdict,
    }
}

fn judge<P: Shape>(shape: P, origin: &HeaderValue, is_single: bool) -> Verdict<P::Grant> {
    if !is_single {
        return Verdict::Denied(Denial::OriginMalformed);
    }
    match shape.grant(origin) {
        Some(grant) => Verdict::Allowed(grant),
        None if origin == "null" => Verdict::Denied(Denial::OriginNull),
        None if is_served_by_name(origin.as_bytes()) => Verdict::Denied(Denial::OriginNotAllowed),
        None => Verdict::Denied(Denial::OriginMalformed),
    }
}

/// The first line of a header, and whether it is the only one.
fn line(headers: &HeaderMap, name: HeaderName) -> Option<(&HeaderValue, bool)> {
    if headers.len() == headers.keys_len() {
        return headers.get(name).map(|value| (value, true));
    }
    let mut lines = headers.get_all(name).iter();
    Some((lines.next()?, lines.next().is_none()))
}

/// By the browser's word, else by the address that the request is for.
fn is_same_origin(headers: &HeaderMap, origin: &HeaderValue) -> bool {
    match line(headers, SEC_FETCH_SITE) {
        Some((site, true)) => site == "same-origin" || site == "none",
        Some((_, false)) => false,
        None => headers
            .get(header::HOST)
            .zip(host(origin.as_bytes()))
            .is_some_and(|(host, own)| host.as_bytes() == own),
    }
}
