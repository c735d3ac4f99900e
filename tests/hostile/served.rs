//! A request through the whole layer, around a service that says everything about CORS itself.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Method, Request, Response, header, response};
use tower::{Layer, Service, service_fn};
use tower_cors::{CorsLayer, Denial};

pub(crate) const OWNED: [HeaderName; 6] = [
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
];

const ASKS_FOR_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");

/// What comes of a request.
pub(crate) struct Answer {
    pub(crate) has_run: bool,
    pub(crate) head: response::Parts,
}

/// The values of a header, if http takes them.
pub(crate) fn values(lines: &[Vec<u8>]) -> Option<Vec<HeaderValue>> {
    lines.iter().map(|line| HeaderValue::from_bytes(line).ok()).collect()
}

/// A request with these lines of `Origin`, with a cookie, and with all that belongs into answers.
pub(crate) fn actual(origin: &[HeaderValue]) -> Request<()> {
    let mut request = Request::new(());
    let headers = request.headers_mut();
    headers.insert(header::HOST, HeaderValue::from_static("api.example.com"));
    headers.insert(header::COOKIE, HeaderValue::from_static("session=1"));
    headers.insert(header::VARY, HeaderValue::from_static("x-hostile"));
    for name in OWNED {
        headers.insert(name, HeaderValue::from_static("*"));
    }
    for value in origin {
        headers.append(header::ORIGIN, value.clone());
    }
    request
}

pub(crate) fn preflight(
    origin: &[HeaderValue],
    method: &[HeaderValue],
    names: &[HeaderValue],
) -> Request<()> {
    let mut request = actual(origin);
    *request.method_mut() = Method::OPTIONS;
    request.headers_mut().insert(ASKS_FOR_PRIVATE_NETWORK, HeaderValue::from_static("true"));
    for value in method {
        request.headers_mut().append(header::ACCESS_CONTROL_REQUEST_METHOD, value.clone());
    }
    for value in names {
        request.headers_mut().append(header::ACCESS_CONTROL_REQUEST_HEADERS, value.clone());
    }
    request
}

pub(crate) fn one(value: &'static str) -> [HeaderValue; 1] {
    [HeaderValue::from_static(value)]
}

pub(crate) fn serve(cors: &CorsLayer, request: Request<()>) -> Answer {
    let has_run = Arc::new(AtomicBool::new(false));
    let mut service = cors.layer(service_fn(|_: Request<()>| {
        has_run.store(true, Ordering::Relaxed);
        async { Ok::<_, Infallible>(careless()) }
    }));
    let answered = service.call(request).now_or_never();
    let Ok(response) = answered.expect("nothing waits");
    Answer { has_run: has_run.load(Ordering::Relaxed), head: response.into_parts().0 }
}

/// What a proxied service or an inner layer may say.
fn careless() -> Response<()> {
    let mut response = Response::new(());
    response.extensions_mut().insert(Denial::HeaderNotAllowed);
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    for name in OWNED {
        headers.append(&name, HeaderValue::from_static("https://evil.example"));
        headers.append(&name, HeaderValue::from_static("*"));
    }
    response
}

impl Answer {
    pub(crate) fn denial(&self) -> Option<&'static str> {
        self.head.extensions.get::<Denial>().map(Denial::code)
    }

    pub(crate) fn lines(&self, name: &HeaderName) -> Vec<&[u8]> {
        self.head.headers.get_all(name).iter().map(HeaderValue::as_bytes).collect()
    }

    /// All that says anything of CORS, private networks included.
    pub(crate) fn cors(&self) -> Vec<&HeaderName> {
        let is_cors = |name: &&HeaderName| name.as_str().starts_with("access-control-");
        self.head.headers.keys().filter(is_cors).collect()
    }

    /// Nothing but what the standard has is said.
    pub(crate) fn assert_standard(&self) {
        assert!(self.cors().iter().all(|name| OWNED.contains(name)), "{:?}", self.cors());
    }

    pub(crate) fn varies_by(&self, name: &str) -> bool {
        let lines = self.lines(&header::VARY).join(&b","[..]);
        lines.split(|byte| *byte == b',').any(|element| element.trim_ascii() == name.as_bytes())
    }
}
