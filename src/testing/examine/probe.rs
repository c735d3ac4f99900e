use http::{HeaderMap, HeaderName, Method, Request as HttpRequest, Response, StatusCode, header};
use http_body::Body as HttpBody;
use tower_service::Service;

use crate::testing::{
    check::cors_check,
    exchange::Exchange,
    headers,
    list::tokens,
    preflight,
    profile::Profile,
    reason::Reason,
    request::Request,
    wire::{BoxError, Message, deliver},
};

/// Who asks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Asker {
    /// Something that sends no `Origin`.
    Nobody,
    Page,
    /// A page that no service has heard of.
    Stranger,
}

/// A request that is about to be sent.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) asker: Asker,
    pub(super) profile: Profile,
    pub(super) request: Request,
    pub(super) message: Message,
}

impl Question {
    pub(super) fn preflight(asker: Asker, profile: Profile, request: Request) -> Self {
        let mut own = preflight::headers(&request, profile);
        headers::add_own(&mut own, &request);
        Self::new(asker, profile, request, true, own)
    }

    pub(super) fn actual(
        asker: Asker,
        profile: Profile,
        request: Request,
        cookies: Option<&str>,
    ) -> Self {
        let mut own = request.headers.clone();
        headers::add_own(&mut own, &request);
        headers::add_length(&mut own, &request);
        if let Some(cookies) = cookies {
            headers::set(&mut own, header::COOKIE, cookies);
        }
        if asker == Asker::Nobody {
            for name in ["origin", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site"] {
                own.remove(name);
            }
        }
        Self::new(asker, profile, request, false, own)
    }

    fn new(
        asker: Asker,
        profile: Profile,
        request: Request,
        is_preflight: bool,
        headers: HeaderMap,
    ) -> Self {
        let method = if is_preflight { Method::OPTIONS } else { request.method.clone() };
        let payload = request.payload.clone();
        let message = Message { is_preflight, method, url: request.url.clone(), headers, payload };
        Self { asker, profile, request, message }
    }

    pub(super) async fn ask<S, B, R>(self, service: &mut S) -> Probe
    where
        S: Service<HttpRequest<B>, Response = Response<R>>,
        S::Error: Into<BoxError>,
        B: From<Vec<u8>>,
        R: HttpBody,
        R::Error: Into<BoxError>,
    {
        let Self { asker, profile, request, message } = self;
        let (answer, failure) = match deliver(service, &message).await {
            Ok(answer) => (Some((answer.status, answer.headers)), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let exchange = Exchange {
            is_preflight: message.is_preflight,
            method: message.method,
            url: message.url.to_string(),
            request_headers: message.headers,
            answer,
        };
        Probe { asker, profile, request, exchange, failure }
    }
}

/// A request that was sent, and what came back.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    pub(super) asker: Asker,
    profile: Profile,
    pub(super) request: Request,
    pub(super) exchange: Exchange,
    failure: Option<String>,
}

impl Probe {
    /// Whether a browser would be content with the answer.
    pub(super) fn judge(&self) -> Result<(), Reason> {
        let Some((status, headers)) = self.answer() else {
            return Err(Reason::ServiceFailed(self.failure.clone().unwrap_or_default()));
        };
        if !self.is_preflight() {
            return cors_check(&self.request, headers);
        }
        preflight::judge(&self.request, self.profile, status, headers).map(|_| ())
    }

    pub(super) fn is_preflight(&self) -> bool {
        self.exchange.is_preflight
    }

    pub(super) fn answer(&self) -> Option<(StatusCode, &HeaderMap)> {
        self.exchange.answer.as_ref().map(|(status, headers)| (*status, headers))
    }

    /// Whether the answer says that it depends on the origin, as those of a CORS layer do that
    /// does not answer everyone alike.
    pub(super) fn varies_by_origin(&self) -> bool {
        self.listed(&header::VARY).iter().any(|name| name == "*" || name == "origin")
    }

    /// The elements of a header of the answer, in lower case.
    pub(super) fn listed(&self, name: &HeaderName) -> Vec<String> {
        let Some((_, headers)) = self.answer() else {
            return Vec::new();
        };
        let listed = tokens(headers, name).ok().flatten().unwrap_or_default();
        listed.into_iter().map(|element| element.to_ascii_lowercase()).collect()
    }

    /// The request in a sentence.
    pub(super) fn named(&self) -> String {
        let Request { method, url, .. } = &self.request;
        let what = if self.is_preflight() { "the preflight for " } else { "" };
        format!("{what}{method} {}", url.path_and_query())
    }
}
