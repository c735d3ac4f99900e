use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
        ACCESS_CONTROL_MAX_AGE, CONTENT_LENGTH, DATE, VARY,
    },
    response::Parts,
};

use crate::{
    case::{Asker, Case},
    policy::{Page, Policy},
};

const OWNED: [HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

/// A whole answer: status, every header and the body.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// What a server has answered, without the headers that it adds by itself.
    pub(crate) fn received(mut head: Parts, body: Bytes) -> Self {
        head.headers.remove(DATE);
        head.headers.remove(CONTENT_LENGTH);
        Self { status: head.status, headers: head.headers, body }
    }

    /// What is right, if `inner` is what the server answers without the layer. Written beside the
    /// crate, of which it uses nothing.
    pub(crate) fn expected(case: &Case, policy: &Policy, inner: &Self) -> Self {
        let allowed = policy.allowed(case);
        let mut answer = match (case.is_preflight(), allowed) {
            (false, _) => inner.without_cors(),
            (true, Some(_)) => Self::empty(StatusCode::NO_CONTENT),
            (true, None) => Self::empty(StatusCode::FORBIDDEN),
        };
        answer.headers.append(VARY, HeaderValue::from_static("origin"));
        if let Some(page) = allowed {
            answer.tell(ACCESS_CONTROL_ALLOW_ORIGIN, page.origin());
            if policy.allows_credentials {
                answer.tell(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            }
            if case.is_preflight() {
                answer.tell(ACCESS_CONTROL_ALLOW_METHODS, &policy.methods.join(","));
                answer.tell(ACCESS_CONTROL_ALLOW_HEADERS, &policy.headers.join(","));
                answer.tell(ACCESS_CONTROL_MAX_AGE, &policy.max_age.to_string());
            } else if !policy.exposed.is_empty() {
                answer.tell(ACCESS_CONTROL_EXPOSE_HEADERS, &policy.exposed.join(","));
            }
        }
        answer
    }

    /// Whether a page may read it, or send what it has asked for.
    pub(crate) fn allows(&self) -> bool {
        self.headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN)
    }

    /// Whether the server has taken the request for HTTP.
    pub(crate) fn is_understood(&self) -> bool {
        let misunderstood = [StatusCode::BAD_REQUEST, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE];
        !misunderstood.contains(&self.status) && !self.status.is_server_error()
    }

    fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Bytes::new() }
    }

    fn without_cors(&self) -> Self {
        let mut answer = self.clone();
        for name in OWNED {
            answer.headers.remove(name);
        }
        answer
    }

    fn tell(&mut self, name: HeaderName, value: &str) {
        let value = HeaderValue::from_str(value).expect("policies are of visible ASCII");
        self.headers.insert(name, value);
    }
}

impl Policy {
    /// The page that sends the request, if this allows it.
    fn allowed(&self, case: &Case) -> Option<Page> {
        match case.asker {
            Asker::Page(page) if self.pages.contains(&page) => Some(page),
            Asker::Page(_) | Asker::Nobody | Asker::Stranger => None,
        }
    }
}
