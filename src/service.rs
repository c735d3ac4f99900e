use std::{
    fmt, mem,
    sync::Arc,
    task::{Context, Poll},
};

use http::{Request, Response};
use tower_service::Service;

use crate::{
    classify::RequestHead,
    decide::{Decision, decide},
    future::{ResponseFuture, State},
    policy::Policy,
    trace::{Later, observe},
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
    policy: Arc<Policy>,
}

impl<S> Cors<S> {
    pub(crate) fn new(inner: S, policy: Arc<Policy>) -> Self {
        Self { inner, policy }
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
        let policy = Arc::clone(&self.policy);
        if policy.reads_parts {
            // Costs more than all the rest of a decision, so only predicates get to see the parts.
            let (parts, body) = request.into_parts();
            let decided = decide_head(&policy, RequestHead::from(&parts));
            self.carry_out(policy, decided, Request::from_parts(parts, body))
        } else {
            let decided = decide_head(&policy, RequestHead::from(&request));
            self.carry_out(policy, decided, request)
        }
    }
}

impl<S> Cors<S> {
    fn carry_out<B>(
        &mut self,
        policy: Arc<Policy>,
        (decision, later): (Decision, Later),
        mut request: Request<B>,
    ) -> ResponseFuture<S::Future>
    where
        S: Service<Request<B>>,
    {
        let state = match decision {
            Decision::Forbid(denial) => State::Forbidden { denial },
            Decision::Forward(verdict) => {
                State::Forwarded { verdict, inner: self.inner.call(request) }
            }
            Decision::Preflight(verdict) => {
                State::Preflight { verdict, headers: Some(mem::take(request.headers_mut())) }
            }
        };
        ResponseFuture::new(policy, later, state)
    }
}

impl<S: fmt::Debug> fmt::Debug for Cors<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cors").field("inner", &self.inner).finish_non_exhaustive()
    }
}

fn decide_head(policy: &Policy, request: RequestHead<'_>) -> (Decision, Later) {
    let decision = decide(policy, request);
    let later = observe(policy, request, &decision);
    (decision, later)
}
