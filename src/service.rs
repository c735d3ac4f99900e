use std::{
    fmt, mem,
    sync::Arc,
    task::{Context, Poll},
};

use http::{Request, Response};
use tower_service::Service;

use crate::{
    classify::RequestHead,
    config::Target,
    decide::{Decision, Denial, Verdict, decide},
    decorate::Answer,
    future::{ResponseFuture, UndecidedPreflight},
    policy::{Policy, Source},
    trace::observe,
};

/// Answers preflights, decorates the responses of the service inside it, and passes everything
/// else on. Made by [`CorsLayer`](crate::CorsLayer).
///
/// Cloning it costs one reference count and a clone of the inner service.
///
/// A request that is answered here, a preflight or one that enforcement refuses, leaves the inner
/// service's readiness unused until this clone is dropped or serves another request: with a
/// concurrency limit inside, its permit stays taken for so long.
#[derive(Clone)]
#[must_use]
pub struct Cors<S> {
    inner: S,
    source: Source,
}

impl<S> Cors<S> {
    pub(crate) fn new(inner: S, source: Source) -> Self {
        Self { inner, source }
    }

    /// Gets a reference to the inner service.
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    /// Gets a mutable reference to the inner service.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    /// Consumes the layer's part, returning the inner service.
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S, ReqBody, ResBody> Service<Request<ReqBody>> for Cors<S>
where
    S: Service<Request<ReqBody>, Response = Response<ResBody>>,
    ResBody: Default,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<ReqBody>) -> Self::Future {
        let Self { inner, source } = self;
        let selected;
        let policy = match source {
            Source::Policy(policy) => policy,
            Source::Selector(selector) => {
                (_, selected) = selector.select(&Target::from(&request));
                &selected
            }
        };
        if policy.reads_parts {
            return show_parts(policy, inner, request);
        }
        let decision = decide_and_tell(policy, RequestHead::from(&request));
        carry_out(policy, decision, inner, request)
    }
}

impl<S: fmt::Debug> fmt::Debug for Cors<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cors").field("inner", &self.inner).finish_non_exhaustive()
    }
}

/// Only predicates get to see the parts of a request: to take it apart costs more than all the
/// rest of a decision.
#[inline(never)]
fn show_parts<S: Service<Request<B>>, B>(
    policy: &Arc<Policy>,
    inner: &mut S,
    request: Request<B>,
) -> ResponseFuture<S::Future> {
    let (parts, body) = request.into_parts();
    let decision = decide_and_tell(policy, RequestHead::from(&parts));
    carry_out(policy, decision, inner, Request::from_parts(parts, body))
}

// A call would move the request once more.
#[inline(always)]
fn carry_out<S: Service<Request<B>>, B>(
    policy: &Arc<Policy>,
    decision: Decision,
    inner: &mut S,
    request: Request<B>,
) -> ResponseFuture<S::Future> {
    match decision {
        Decision::Forward(verdict) => {
            let inner = inner.call(request);
            ResponseFuture::forwarded(Arc::clone(policy), verdict, inner)
        }
        Decision::Forbid(denial) => forbid(policy, denial, request),
        Decision::Preflight { verdict, max_age } => {
            answer_preflight(policy, verdict, max_age, request)
        }
    }
}

#[inline]
fn decide_and_tell(policy: &Arc<Policy>, request: RequestHead<'_>) -> Decision {
    let mut decision = decide(policy, request);
    observe(policy, request, &mut decision);
    decision
}

#[inline(never)]
fn forbid<F, B>(policy: &Policy, denial: Denial, mut request: Request<B>) -> ResponseFuture<F> {
    ResponseFuture::answered(Answer::forbidden(policy, denial, request.headers_mut()))
}

#[inline(never)]
fn answer_preflight<F, B>(
    policy: &Arc<Policy>,
    mut verdict: Verdict,
    max_age: Option<u64>,
    mut request: Request<B>,
) -> ResponseFuture<F> {
    let headers = request.headers_mut();
    if let Verdict::Undecided(_) = verdict {
        let (policy, headers) = (Arc::clone(policy), mem::take(headers));
        ResponseFuture::undecided(UndecidedPreflight { policy, verdict, max_age, headers })
    } else {
        ResponseFuture::answered(Answer::preflight(policy, &mut verdict, max_age, headers))
    }
}
