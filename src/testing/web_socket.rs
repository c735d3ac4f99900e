use http::{HeaderMap, Method, Request, Response, header};
use http_body::Body as HttpBody;
use tower_service::Service;

use super::{
    body::Body,
    environment::Environment,
    exchange::Exchange,
    headers::{add_metadata, set},
    request::Payload,
    url::Url,
    wire::{BoxError, Message, deliver},
};

/// A WebSocket handshake that a page is about to make: a `GET` with `Origin` that knows no CORS,
/// so that only the server can refuse it.
#[derive(Clone, Debug)]
#[must_use]
pub struct WebSocket {
    environment: Environment,
    url: String,
}

impl WebSocket {
    pub(super) fn new(environment: Environment, url: &str) -> Self {
        Self { environment, url: url.to_owned() }
    }

    /// Sends the handshake, with the cookies that the browser has, to a service that takes any
    /// request body.
    ///
    /// There is no connection to upgrade: a handler that asks the server for one, such as axum's
    /// `WebSocketUpgrade`, answers that it got none, and what tests see is whether it was reached.
    ///
    /// # Panics
    ///
    /// If the URL is not one of `ws` or `wss`, or the service returns an error.
    pub async fn send<S, R>(self, service: &mut S) -> Exchange
    where
        S: Service<Request<Body>, Response = Response<R>>,
        S::Error: Into<BoxError>,
        R: HttpBody,
        R::Error: Into<BoxError>,
    {
        let message = self.handshake();
        let answer = deliver(service, &message).await;
        let answer = answer.unwrap_or_else(|error| panic!("the service failed: {error}"));
        Exchange {
            is_preflight: false,
            method: message.method,
            url: self.url,
            request_headers: message.headers,
            answer: Some((answer.status, answer.headers)),
        }
    }

    /// <https://websockets.spec.whatwg.org/#concept-websocket-establish>
    fn handshake(&self) -> Message {
        let Self { environment, url } = self;
        let http = url.strip_prefix("ws").map(|rest| format!("http{rest}"));
        let http = http.unwrap_or_else(|| panic!("{url:?} is not a ws or wss URL"));
        let url = Url::parse(&http).unwrap_or_else(|error| panic!("{error}"));
        let mut headers = HeaderMap::new();
        for (name, value) in [
            (header::HOST, url.authority()),
            (header::USER_AGENT, "Mozilla/5.0"),
            (header::CONNECTION, "Upgrade"),
            (header::UPGRADE, "websocket"),
            (header::ORIGIN, environment.origin.serialized()),
            (header::SEC_WEBSOCKET_VERSION, "13"),
            (header::SEC_WEBSOCKET_KEY, "dG93ZXItY29ycyB0ZXN0cw=="),
        ] {
            set(&mut headers, name, value);
        }
        if let Some(cookies) = environment.shared.cookies_for(url.host()) {
            set(&mut headers, header::COOKIE, &cookies);
        }
        if environment.shared.profile.marks_handshakes() {
            add_metadata(&mut headers, "websocket", &environment.origin, [&url].into_iter());
        }
        Message { is_preflight: false, method: Method::GET, url, headers, payload: Payload::None }
    }
}
