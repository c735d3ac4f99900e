use std::sync::Arc;

use http::{Request, Response};
use http_body::Body as HttpBody;
use tower_service::Service;

use super::{
    body::Body,
    client::{Client, Step},
    environment::Environment,
    options::{Credentials, Mode, Redirect},
    outcome::Outcome,
    request::Payload,
    script::Script,
    wire::{BoxError, deliver},
};

/// A fetch that a page is about to make. Nothing happens before [`send`](Self::send).
#[derive(Clone, Debug)]
#[must_use]
pub struct Fetch {
    environment: Environment,
    script: Script,
}

impl Fetch {
    pub(super) fn new(environment: Environment, method: &str, url: &str) -> Self {
        Self { environment, script: Script::new(method, url) }
    }

    /// Adds a request header. One that scripts cannot set (`Cookie`, `Origin`, `Sec-…`) is left
    /// out without a word, as browsers do.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) -> Self {
        let header = (name.as_ref().to_owned(), value.as_ref().to_owned());
        self.script.headers.push(header);
        self
    }

    /// Sets the body, without a content type.
    pub fn body(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.payload(Payload::Source(bytes.into()), None)
    }

    /// Sets the body to text, with the content type `text/plain` unless the script says otherwise.
    pub fn text(self, text: impl Into<String>) -> Self {
        let source = Payload::Source(text.into().into_bytes());
        self.payload(source, Some("text/plain;charset=UTF-8"))
    }

    /// Sets the body to a form, already URL-encoded, with its content type unless the script says
    /// otherwise.
    pub fn form(self, encoded: impl Into<String>) -> Self {
        let source = Payload::Source(encoded.into().into_bytes());
        self.payload(source, Some("application/x-www-form-urlencoded;charset=UTF-8"))
    }

    /// Sets the body to JSON and adds the content type `application/json`, which needs a
    /// preflight.
    pub fn json(self, value: &serde_json::Value) -> Self {
        self.text(value.to_string()).header("content-type", "application/json")
    }

    /// Sets the body to a stream of these bytes, as `ReadableStream`: it forces a preflight, and
    /// cannot be sent again after a redirect.
    pub fn stream(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.payload(Payload::Stream(bytes.into()), None)
    }

    /// Listens to the progress of the upload, as on `XMLHttpRequest.upload`, which forces a
    /// preflight.
    pub fn upload_listener(mut self) -> Self {
        self.script.upload_listener = true;
        self
    }

    /// Sets whether credentials are sent. Default: to the page's own origin alone.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.script.credentials = credentials;
        self
    }

    /// Sets what the fetch may do to other origins. Default: [`Mode::Cors`].
    pub fn mode(mut self, mode: Mode) -> Self {
        self.script.mode = mode;
        self
    }

    /// Sets what is done with a redirect. Default: it is followed.
    pub fn redirect(mut self, redirect: Redirect) -> Self {
        self.script.redirect = redirect;
        self
    }

    /// Runs the fetch against a service that takes any request body, as routers of axum and tonic
    /// and layers around them do.
    ///
    /// Every request goes to this service, whatever its host: let it look at `Host` to play
    /// several servers. The response is read to its end.
    pub async fn send<S, R>(self, service: &mut S) -> Outcome
    where
        S: Service<Request<Body>, Response = Response<R>>,
        S::Error: Into<BoxError>,
        R: HttpBody,
        R::Error: Into<BoxError>,
    {
        self.send_as(service).await
    }

    /// Runs the fetch, as [`send`](Self::send), against a service that takes a request body of its
    /// own, such as `service_fn` with a typed argument.
    pub async fn send_as<S, B, R>(self, service: &mut S) -> Outcome
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<BoxError>,
        B: From<Vec<u8>>,
        R: HttpBody,
        R::Error: Into<BoxError>,
    {
        let shared = Arc::clone(&self.environment.shared);
        let request = match self.script.clone().request(&self.environment) {
            Ok(request) => request,
            Err(reason) => {
                return Outcome::refused(reason, &self.script.url, &self.environment.origin);
            }
        };
        let mut client = Client::new(shared, request);
        let mut step = client.start();
        loop {
            let message = match step {
                Ok(Step::Send(message)) => message,
                Ok(Step::Done(ending)) => return client.finish(Ok(ending)),
                Err(reason) => return client.finish(Err(reason)),
            };
            let answer = deliver(service, &message).await;
            step = client.receive(&message, answer);
        }
    }

    fn payload(mut self, payload: Payload, content_type: Option<&'static str>) -> Self {
        self.script.payload = payload;
        self.script.content_type = content_type;
        self
    }
}
