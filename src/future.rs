use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use http::{HeaderMap, Response};
use pin_project_lite::pin_project;

use crate::{
    decide::{Denial, Verdict},
    decorate,
    policy::Policy,
    trace::Later,
};

pin_project! {
    /// Response future of [`Cors`](crate::Cors).
    ///
    /// Nothing in it is boxed but an async predicate.
    pub struct ResponseFuture<F> {
        policy: Arc<Policy>,
        later: Later,
        #[pin]
        state: State<F>,
    }
}

pin_project! {
    /// What is waited for.
    #[project = StateProjection]
    pub(crate) enum State<F> {
        Forbidden {
            denial: Denial,
        },
        Forwarded {
            verdict: Verdict,
            #[pin]
            inner: F,
        },
        Preflight {
            verdict: Verdict,
            headers: Option<HeaderMap>,
        },
    }
}

impl<F> ResponseFuture<F> {
    pub(crate) fn new(policy: Arc<Policy>, later: Later, state: State<F>) -> Self {
        Self { policy, later, state }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Default,
{
    type Output = Result<Response<B>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        Poll::Ready(match this.state.project() {
            StateProjection::Forbidden { denial } => Ok(decorate::forbidden(this.policy, *denial)),
            StateProjection::Forwarded { verdict, inner } => {
                ready!(verdict.poll_decided(cx));
                this.later.tell(this.policy, verdict.denial());
                let mut response = ready!(inner.poll(cx))?;
                decorate::actual(this.policy, verdict.take(), &mut response);
                Ok(response)
            }
            StateProjection::Preflight { verdict, headers } => {
                ready!(verdict.poll_decided(cx));
                this.later.tell(this.policy, verdict.denial());
                let headers =
                    headers.take().expect("`ResponseFuture` is not polled after it is ready");
                Ok(decorate::preflight(this.policy, verdict.take(), headers))
            }
        })
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
