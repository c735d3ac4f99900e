//! A small shared cache in front of the CORS layer, as a CDN is: one path goes by `Vary`, one
//! ignores it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};

/// What is kept for each request that `Vary` tells apart.
pub(crate) const HEEDING: &str = "/cached";
/// What is kept for everyone alike.
pub(crate) const IGNORING: &str = "/cached-without-vary";

/// How many answers are kept.
const CAPACITY: usize = 64;
const LONGEST_BODY: usize = 64 * 1024;
const X_CACHE: HeaderName = HeaderName::from_static("x-cache");

/// Answers for whoever asks next.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<VecDeque<Stored>>);

/// Marks a response that the API has not seen the request of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FromCache;

#[derive(Clone, Debug)]
struct Stored {
    key: String,
    /// The request headers that the answer goes by, with their values in its own request.
    vary: Vec<(String, Option<HeaderValue>)>,
    at: Instant,
    headers: HeaderMap,
    body: Bytes,
}

impl Cache {
    pub(crate) fn clear(&self) {
        self.with(VecDeque::clear);
    }

    fn find(&self, key: &str, request: &HeaderMap) -> Option<Stored> {
        self.with(|kept| kept.iter().find(|stored| stored.serves(key, request)).cloned())
    }

    fn keep(&self, stored: Stored) {
        self.with(|kept| {
            kept.retain(|old| old.key != stored.key || old.vary != stored.vary);
            kept.push_front(stored);
            kept.truncate(CAPACITY);
        });
    }

    fn with<T>(&self, look: impl FnOnce(&mut VecDeque<Stored>) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Clone for Cache {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.with(|kept| kept.clone())))
    }
}

impl Stored {
    fn serves(&self, key: &str, request: &HeaderMap) -> bool {
        self.key == key && self.vary.iter().all(|(name, value)| request.get(name) == value.as_ref())
    }

    fn answer(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.headers_mut() = self.headers;
        response.headers_mut().insert(header::AGE, self.at.elapsed().as_secs().into());
        response.headers_mut().insert(X_CACHE, HeaderValue::from_static("hit"));
        response.extensions_mut().insert(FromCache);
        response
    }
}

/// Answers from the cache where it can, and keeps what it may.
///
/// What browsers ask of caches (`Cache-Control` of requests) is not heeded, as most CDNs do not.
pub(crate) async fn share(
    State(cache): State<Arc<Cache>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if request.method() != Method::GET || ![HEEDING, IGNORING].contains(&path) {
        return next.run(request).await;
    }
    let heeds_vary = path == HEEDING;
    let (key, asked) = (key(request.uri()), request.headers().clone());
    if let Some(stored) = cache.find(&key, &asked) {
        return stored.answer();
    }
    let (mut parts, body) = next.run(request).await.into_parts();
    let body = to_bytes(body, LONGEST_BODY).await.unwrap_or_default();
    let vary = if heeds_vary { varying(&parts.headers, &asked) } else { Some(Vec::new()) };
    // https://www.rfc-editor.org/rfc/rfc9111#section-3.5
    let is_private = asked.contains_key(header::AUTHORIZATION);
    if let (StatusCode::OK, Some(vary), false) = (parts.status, vary, is_private) {
        let (headers, body) = (parts.headers.clone(), body.clone());
        cache.keep(Stored { key, vary, at: Instant::now(), headers, body });
    }
    parts.headers.insert(X_CACHE, HeaderValue::from_static("miss"));
    Response::from_parts(parts, Body::from(body))
}

/// The URL without what tells cases apart.
fn key(uri: &Uri) -> String {
    let query = uri.query().unwrap_or_default().split('&');
    let query: Vec<_> = query.filter(|parameter| !parameter.starts_with("case=")).collect();
    format!("{}?{}", uri.path(), query.join("&"))
}

/// What the answer goes by, or `None` if nobody knows (`*`).
fn varying(
    response: &HeaderMap,
    request: &HeaderMap,
) -> Option<Vec<(String, Option<HeaderValue>)>> {
    let lines = response.get_all(header::VARY).iter().filter_map(|line| line.to_str().ok());
    let names = lines.flat_map(|line| line.split(',')).map(|name| name.trim().to_ascii_lowercase());
    names.map(|name| (name != "*").then(|| (name.clone(), request.get(&name).cloned()))).collect()
}
