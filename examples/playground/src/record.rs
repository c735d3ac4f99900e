//! What went over the wire, case by case.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, request::Parts},
    middleware::Next,
    response::Response,
};

use tower_cors::testing::Credentials;

use crate::{
    cache::FromCache,
    serving::{AnsweredBy, Policy},
};

const MOST_CASES: usize = 256;
/// A fetch takes two; whoever sends more is no fetch.
const MOST_MESSAGES: usize = 8;
/// Of the headers of a request that is kept.
const LONGEST_HEADERS: usize = 16 * 1024;

/// The last cases, each with its messages.
#[derive(Debug, Default)]
pub(crate) struct Record(Mutex<Cases>);

#[derive(Debug, Default)]
struct Cases {
    last: u64,
    kept: VecDeque<Case>,
}

/// A fetch that was described, and what came of it so far.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    id: u64,
    pub(crate) credentials: Credentials,
    pub(crate) messages: Vec<Message>,
}

/// A request and its response, as they passed the recorder: what hyper adds is not there, such as
/// `date`.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) request: Parts,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) from_cache: bool,
    /// `None` if the CORS layer has not seen the request.
    pub(crate) policy: Option<Arc<Policy>>,
}

impl Record {
    /// Begins a case; the oldest one may be forgotten for it.
    pub(crate) fn begin(&self, credentials: Credentials) -> u64 {
        self.with(|cases| {
            cases.last += 1;
            let (id, messages) = (cases.last, Vec::new());
            cases.kept.push_back(Case { id, credentials, messages });
            if cases.kept.len() > MOST_CASES {
                cases.kept.pop_front();
            }
            cases.last
        })
    }

    pub(crate) fn case(&self, id: u64) -> Option<Case> {
        self.with(|cases| cases.kept.iter().find(|case| case.id == id).cloned())
    }

    fn add(&self, id: u64, message: Message) {
        self.with(|cases| {
            let case = cases.kept.iter_mut().find(|case| case.id == id);
            if let Some(case) = case.filter(|case| case.messages.len() < MOST_MESSAGES) {
                case.messages.push(message);
            }
        });
    }

    fn with<T>(&self, look: impl FnOnce(&mut Cases) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Keeps the message, if its URL names a case.
pub(crate) async fn record(
    State(record): State<Arc<Record>>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = case_of(request.uri()).filter(|_| length(request.headers()) <= LONGEST_HEADERS);
    let Some(id) = id else {
        return next.run(request).await;
    };
    let answered = AnsweredBy::default();
    request.extensions_mut().insert(answered.clone());
    let (parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    let message = Message {
        request: parts,
        status: response.status(),
        headers: response.headers().clone(),
        from_cache: response.extensions().get::<FromCache>().is_some(),
        policy: answered.policy(),
    };
    record.add(id, message);
    response
}

fn case_of(uri: &Uri) -> Option<u64> {
    let parameters = uri.query()?.rsplit('&');
    parameters.filter_map(|parameter| parameter.strip_prefix("case=")).next()?.parse().ok()
}

fn length(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}
