use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, header};
use http_body_util::Empty;

/// No contender looks at a body.
pub type Body = Empty<Bytes>;

/// The service inside: ready at once, with nothing to do but answer.
#[derive(Clone, Copy, Debug)]
pub enum Inner {
    /// So many headers.
    Headers(usize),
    /// Three headers and `Access-Control-Allow-Origin`.
    AllowOrigin,
    /// Nobody asks it, so that what it answers must cost nothing.
    Nothing,
    /// Three headers and `Vary`.
    Vary(&'static str),
}

const NAMES: [HeaderName; 12] = [
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::DATE,
    header::ETAG,
    header::CACHE_CONTROL,
    header::LAST_MODIFIED,
    header::CONTENT_LANGUAGE,
    header::STRICT_TRANSPORT_SECURITY,
    header::X_CONTENT_TYPE_OPTIONS,
    header::X_FRAME_OPTIONS,
    header::REFERRER_POLICY,
    header::SERVER,
];

impl Inner {
    /// How many headers the response has.
    #[must_use]
    pub fn header_count(self) -> usize {
        match self {
            Self::Headers(count) => count,
            Self::Nothing => 0,
            Self::AllowOrigin | Self::Vary(_) => 4,
        }
    }

    /// The headers of the response.
    pub(crate) fn headers(self) -> impl Iterator<Item = (HeaderName, &'static str)> {
        let (count, added) = match self {
            Self::Headers(count) => (count, None),
            Self::AllowOrigin => (3, Some((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))),
            Self::Nothing => (0, None),
            Self::Vary(vary) => (3, Some((header::VARY, vary))),
        };
        NAMES.into_iter().take(count).map(|name| (name, "text of a header")).chain(added)
    }

    #[inline(never)]
    fn answer(self, request: Request<()>) -> Answered {
        Box::pin(async move {
            drop(request);
            let mut response = Response::new(Body::new());
            for (name, value) in self.headers() {
                response.headers_mut().insert(name, HeaderValue::from_static(value));
            }
            Ok(response)
        })
    }
}

/// A route of axum is to its layers what this is: its future is boxed. So nothing of it is inlined
/// into one contender and not into another.
pub(crate) type Answered = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

impl tower::Service<Request<()>> for Inner {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answered;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        self.answer(request)
    }
}

impl hyper::service::Service<Request<()>> for Inner {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answered;

    fn call(&self, request: Request<()>) -> Self::Future {
        self.answer(request)
    }
}
