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
    decide::Verdict,
    decorate::{self, Answer},
    policy::Policy,
};

pin_project! {
    /// Response future of [`Cors`](crate::Cors).
    ///
    /// Nothing in it is boxed but an async predicate.
    pub struct ResponseFuture<F> {
        #[pin]
        state: State<F>,
    }
}

pin_project! {
    /// What is waited for.
    #[project = StateProjection]
    enum State<F> {
        /// For nothing: the answer is there.
        Answered {
            answer: Option<Answer>,
        },
        Forwarded {
            policy: Arc<Policy>,
            verdict: Verdict,
            #[pin]
            inner: F,
        },
        UndecidedPreflight {
            preflight: Option<Box<UndecidedPreflight>>,
        },
    }
}

/// A preflight whose origin an async predicate is asked about.
pub(crate) struct UndecidedPreflight {
    pub(crate) policy: Arc<Policy>,
    pub(crate) verdict: Verdict,
    pub(crate) max_age: Option<u64>,
    pub(crate) headers: HeaderMap,
}

impl<F> ResponseFuture<F> {
    pub(crate) fn answered(answer: Answer) -> Self {
        Self { state: State::Answered { answer: Some(answer) } }
    }

    pub(crate) fn forwarded(policy: Arc<Policy>, verdict: Verdict, inner: F) -> Self {
        Self { state: State::Forwarded { policy, verdict, inner } }
    }

    pub(crate) fn undecided(preflight: UndecidedPreflight) -> Self {
        Self { state: State::UndecidedPreflight { preflight: Some(Box::new(preflight)) } }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Default,
{
    type Output = Result<Response<B>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = match self.project().state.project() {
            StateProjection::Forwarded { policy, verdict, inner } => {
                ready!(verdict.poll_decided(cx));
                let mut response = ready!(inner.poll(cx))?;
                decorate::actual(policy, verdict, &mut response);
                return Poll::Ready(Ok(response));
            }
            StateProjection::Answered { answer } => answer.take(),
            StateProjection::UndecidedPreflight { preflight } => {
                if let Some(preflight) = preflight {
                    ready!(preflight.verdict.poll_decided(cx));
                }
                preflight.take().map(|preflight| preflight.answer())
            }
        };
        let answer = answer.expect("`ResponseFuture` is not polled after it is ready");
        Poll::Ready(Ok(answer.into_response()))
    }
}

impl UndecidedPreflight {
    fn answer(mut self) -> Answer {
        Answer::preflight(&self.policy, &mut self.verdict, self.max_age, &mut self.headers)
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
