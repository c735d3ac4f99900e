use std::{fmt, future::Future, pin::Pin, sync::Arc};

use http::{HeaderValue, request::Parts};

/// A question about a request that the user answers.
pub(crate) struct Question<T>(Arc<Ask<T>>);

type Ask<T> = dyn Fn(&HeaderValue, &Parts) -> T + Send + Sync;

/// An answer that takes time: the origin, if it is allowed.
pub(crate) type Pending = Pin<Box<dyn Future<Output = Option<HeaderValue>> + Send>>;

impl<T> Question<T> {
    pub(crate) fn new(ask: impl Fn(&HeaderValue, &Parts) -> T + Send + Sync + 'static) -> Self {
        Self(Arc::new(ask))
    }

    pub(crate) fn ask(&self, origin: &HeaderValue, parts: &Parts) -> T {
        (self.0)(origin, parts)
    }
}

impl<T> Clone for Question<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Question<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Question(..)")
    }
}
