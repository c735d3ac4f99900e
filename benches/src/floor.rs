//! The floor: what a CORS middleware costs at least, written by hand for one configuration.
//!
//! It gives this crate's answers to the scenarios' requests. Where it knows more than a crate
//! could, it uses that: its configuration is compiled in, and of all serialized origins it reads
//! only those of `http` and `https` with a name and no port.

mod decorate;
mod preflight;
mod shape;

use std::{
    convert::Infallible,
    future::Future,
    marker::PhantomData,
    mem,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use pin_project_lite::pin_project;
use tower::Service;
use tower_cors::Denial;

use self::shape::is_served_by_name;
pub(crate) use self::shape::{Any, Credentials, Listed, One, Shape, Wildcard};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

#[derive(Clone, Copy)]
pub(crate) struct Floor<P, S> {
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
    pub(crate) enum Answer<P: Shape, F> {
        Forwarded { verdict: Verdict<P::Grant>, #[pin] inner: F, shape: PhantomData<P> },
        Preflight { response: Option<Response<()>> },
    }
}

impl<P, S> Floor<P, S> {
    pub(crate) fn new(shape: P, inner: S) -> Self {
        Self { shape, inner }
    }
}

impl<P, S> Service<Request<()>> for Floor<P, S>
where
    P: Shape,
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Answer<P, S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<()>) -> Self::Future {
        if request.method() == Method::OPTIONS {
            if let Some(judgement) = preflight::judge_preflight(self.shape, request.headers()) {
                let headers = mem::take(request.headers_mut());
                let response = Some(preflight::answer::<P>(judgement, headers));
                return Answer::Preflight { response };
            }
        }
        let verdict = judge_actual(self.shape, request.headers());
        Answer::Forwarded { verdict, inner: self.inner.call(request), shape: PhantomData }
    }
}

impl<P, F> Future for Answer<P, F>
where
    P: Shape,
    F: Future<Output = Result<Response<()>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match self.project() {
            Projection::Forwarded { verdict, inner, .. } => {
                let mut response = ready!(inner.poll(cx))?;
                let verdict = mem::replace(verdict, Verdict::NotApplicable);
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
    let mut lines = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = lines.next() else {
        return Verdict::NotApplicable;
    };
    match judge(shape, origin, lines.next().is_some()) {
        Verdict::Denied(_) if is_same_origin(headers, origin) => Verdict::NotApplicable,
        verdict => verdict,
    }
}

fn judge<P: Shape>(shape: P, origin: &HeaderValue, is_several: bool) -> Verdict<P::Grant> {
    if let Some(grant) = P::EVERYONE {
        return Verdict::Allowed(grant);
    }
    if is_several {
        return Verdict::Denied(Denial::OriginMalformed);
    }
    match shape.grant(origin) {
        Some(grant) => Verdict::Allowed(grant),
        None if origin == "null" => Verdict::Denied(Denial::OriginNull),
        None if is_served_by_name(origin.as_bytes()) => Verdict::Denied(Denial::OriginNotAllowed),
        None => Verdict::Denied(Denial::OriginMalformed),
    }
}

/// By the browser's word, else by the address that the request is for.
fn is_same_origin(headers: &HeaderMap, origin: &HeaderValue) -> bool {
    let mut sites = headers.get_all(SEC_FETCH_SITE).iter();
    match (sites.next(), sites.next()) {
        (Some(site), None) => site == "same-origin" || site == "none",
        (Some(_), Some(_)) => false,
        (None, _) => headers
            .get(header::HOST)
            .zip(shape::host(origin.as_bytes()))
            .is_some_and(|(host, own)| host.as_bytes() == own),
    }
}
