//! What a server saw.

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, Method, Request, Uri, header};
use tower::util::MapRequestLayer;

/// Requests, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Traffic(Arc<Mutex<Vec<Seen>>>);

/// A request's head.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its method.
    pub method: Method,
    /// Its path and query.
    pub uri: Uri,
    /// Its headers.
    pub headers: HeaderMap,
}

impl Traffic {
    /// A layer that notes requests as they pass.
    #[must_use]
    pub fn layer<B>(&self) -> MapRequestLayer<impl Fn(Request<B>) -> Request<B> + Clone + use<B>> {
        let traffic = self.clone();
        MapRequestLayer::new(move |request: Request<B>| {
            traffic.note(&request);
            request
        })
    }

    /// What came so far.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The methods and paths that came so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let seen = self.seen().into_iter();
        seen.map(|seen| format!("{} {}", seen.method, seen.uri.path())).collect()
    }

    fn note<B>(&self, request: &Request<B>) {
        let seen = Seen {
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }
}

impl Seen {
    /// The text of a header, or none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The headers that a preflight asks for.
    pub fn asked(&self) -> impl Iterator<Item = &str> {
        let names = self.header(header::ACCESS_CONTROL_REQUEST_HEADERS.as_str());
        names.split(',').filter(|name| !name.is_empty())
    }
}
