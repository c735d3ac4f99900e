//! The policy that is served, and which one a request was answered by.

use std::{
    fmt,
    sync::{Arc, OnceLock, PoisonError, RwLock},
    task::{Context, Poll},
};

use axum::http::Request;
use serde::Serialize;
use tower::{Layer, Service};
use tower_cors::{Cors, CorsHandle, CorsLayer};

use crate::policy::Reading;

/// The policy in service.
#[derive(Debug)]
pub(crate) struct Serving {
    cors: CorsLayer,
    handle: CorsHandle,
    /// What the handle was given last. Requests hold it while they are decided.
    policy: RwLock<Arc<Policy>>,
}

/// A policy that builds, with the text that it was read from.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) text: String,
    /// Decides as the layer in service does, for as long as anyone wants to know.
    pub(crate) cors: CorsLayer,
    normal_form: String,
}

/// What became of a text.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Put {
    /// It says something else than before.
    Changed,
    /// It does not build, so the policy before it goes on.
    Kept,
    /// It says what was served before.
    Same,
}

impl Serving {
    /// Allows nothing yet.
    pub(crate) fn new() -> Self {
        let policy = Policy::of("", CorsLayer::new());
        let (cors, handle) = CorsLayer::new().reloadable().expect("nothing is wrong in it");
        Self { cors, handle, policy: RwLock::new(Arc::new(policy)) }
    }

    /// Serves what was read, if it builds, and tells which origins that opened and closed.
    pub(crate) fn put(&self, text: &str, reading: &Reading) -> (Put, Option<String>) {
        let Some(cors) = &reading.cors else {
            return (Put::Kept, None);
        };
        let policy = Policy::of(text, cors.clone());
        let mut served = self.policy.write().unwrap_or_else(PoisonError::into_inner);
        let is_same = policy.normal_form == served.normal_form;
        *served = Arc::new(policy);
        if is_same {
            return (Put::Same, None);
        }
        let change = self.handle.reload(cors.clone()).expect("it was built");
        (Put::Changed, Some(change.to_string()))
    }

    pub(crate) fn policy(&self) -> Arc<Policy> {
        Arc::clone(&self.policy.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Policy {
    fn of(text: &str, cors: CorsLayer) -> Self {
        let normal_form = serde_json::to_string(&cors).expect("what files say can be written");
        let (cors, _) = cors.reloadable().expect("it was built");
        Self { text: text.to_owned(), cors, normal_form }
    }
}

/// Where a request finds the policy that answered it.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnsweredBy(Arc<OnceLock<Arc<Policy>>>);

impl AnsweredBy {
    pub(crate) fn policy(&self) -> Option<Arc<Policy>> {
        self.0.get().cloned()
    }
}

/// The CORS layer, which notes its policy in the request's [`AnsweredBy`].
#[derive(Clone)]
pub(crate) struct Witnessed<S = ()> {
    serving: Arc<Serving>,
    inner: S,
}

impl Witnessed {
    pub(crate) fn by(serving: &Arc<Serving>) -> Self {
        Self { serving: Arc::clone(serving), inner: () }
    }
}

impl<S> Layer<S> for Witnessed {
    type Service = Witnessed<Cors<S>>;

    fn layer(&self, inner: S) -> Self::Service {
        Witnessed { serving: Arc::clone(&self.serving), inner: self.serving.cors.layer(inner) }
    }
}

impl<S: Service<Request<B>>, B> Service<Request<B>> for Witnessed<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    /// The layer takes its policy in `call`, so none replaces it meanwhile.
    fn call(&mut self, request: Request<B>) -> Self::Future {
        let policy = self.serving.policy.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(answered) = request.extensions().get::<AnsweredBy>() {
            answered.0.get_or_init(|| Arc::clone(&policy));
        }
        self.inner.call(request)
    }
}

impl<S> fmt::Debug for Witnessed<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Witnessed").finish_non_exhaustive()
    }
}
