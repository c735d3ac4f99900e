//! What a request is answered, and what holds of every answer.

use std::{cell::Cell, convert::Infallible, future::ready};

use futures_util::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, header, response::Parts};
use tower::{Layer, Service, service_fn};
use tower_cors::{CorsLayer, Denial};

/// The six, which belong to the layer.
const CORS: [HeaderName; 6] = [
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
];

/// What the inner service says of CORS, which no answer may repeat.
const FOREIGN: &str = "https://foreign.invalid";

#[derive(Debug)]
pub(crate) struct Answer {
    head: Parts,
    pub(crate) has_run: bool,
}

/// Answers a request before an inner service that speaks of CORS itself.
pub(crate) fn answer(layer: &CorsLayer, request: Request<()>) -> Answer {
    let has_run = Cell::new(false);
    let inner = |_: Request<()>| {
        has_run.set(true);
        let mut response = Response::new(());
        for name in CORS {
            response.headers_mut().append(&name, HeaderValue::from_static(FOREIGN));
            response.headers_mut().append(name, HeaderValue::from_static("*"));
        }
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
        response.headers_mut().insert(header::ETAG, HeaderValue::from_static("\"1\""));
        ready(Ok::<_, Infallible>(response))
    };
    let answered = layer.layer(service_fn(inner)).call(request).now_or_never();
    let Ok(response) = answered.expect("nothing waits");
    let (head, ()) = response.into_parts();
    Answer { head, has_run: has_run.get() }
}

impl Answer {
    pub(crate) fn denial(&self) -> Option<Denial> {
        self.head.extensions.get().copied()
    }

    /// Whether it is refused for where it comes from.
    pub(crate) fn is_to_a_stranger(&self) -> bool {
        let denial = self.denial();
        denial.is_some_and(|denial| denial.code().starts_with("origin"))
    }

    pub(crate) fn varies_by_origin(&self) -> bool {
        let lines = self.head.headers.get_all(header::VARY).into_iter();
        let mut names = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
        names.any(|name| name.trim_ascii().eq_ignore_ascii_case(b"origin"))
    }

    /// The lines of the six.
    pub(crate) fn cors(&self) -> HeaderMap {
        let lines = CORS.iter().flat_map(|name| {
            self.head
                .headers
                .get_all(name)
                .into_iter()
                .map(move |value| (name.clone(), value.clone()))
        });
        lines.collect()
    }

    pub(crate) fn allowed_origin(&self) -> Option<&[u8]> {
        self.head.headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN).map(HeaderValue::as_bytes)
    }

    pub(crate) fn bytes(&self) -> usize {
        let lines = self.head.headers.iter();
        lines.map(|(name, value)| name.as_str().len() + value.len()).sum()
    }

    /// One line of each of the six at most, none of them the inner service's, never `*` with
    /// credentials, and no word of CORS to a stranger whom others are not answered like.
    pub(crate) fn assert_safe(&self, request: &Request<()>) {
        let told = self.cors();
        for name in CORS {
            let lines: Vec<_> = told.get_all(&name).into_iter().collect();
            assert!(lines.len() <= 1, "{request:?}: {name}: {lines:?}");
        }
        assert!(self.allowed_origin() != Some(FOREIGN.as_bytes()), "{request:?}: {self:?}");
        if let Some(credentials) = told.get(header::ACCESS_CONTROL_ALLOW_CREDENTIALS) {
            assert_eq!(credentials, "true", "{request:?}");
            let origin = self.allowed_origin().expect("credentials are nothing without an origin");
            assert_ne!(origin, b"*", "{request:?}");
        }
        if self.is_to_a_stranger() && self.varies_by_origin() {
            assert!(told.is_empty(), "{request:?}: {told:?}");
        }
    }
}
