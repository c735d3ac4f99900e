//! A fetch as plain data, and what a page gets that makes it.

use std::{collections::BTreeMap, convert::Infallible};

use futures_util::FutureExt;
use http::{Request, Response};
use proptest::{
    prelude::*,
    sample::{select, subsequence},
};
use tower::{Layer, service_fn};
use tower_cors::{
    CorsLayer,
    testing::{Body, Browser, Credentials, Outcome},
};

use crate::origins::{NULL, PAGES, Page, SERVER};

#[derive(Clone, Debug)]
pub(crate) struct Fetch {
    pub(crate) page: Page,
    pub(crate) method: &'static str,
    pub(crate) headers: Vec<SentHeader>,
    pub(crate) credentials: Credentials,
    /// To the progress of the upload, which makes the browser ask.
    listens: bool,
    pub(crate) reply: Reply,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct SentHeader {
    pub(crate) name: &'static str,
    value: &'static str,
    pub(crate) needs_permission: bool,
}

/// What the service answers.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
}

pub(crate) type Seen = BTreeMap<String, String>;

/// As a script writes them: some are put into upper case.
const METHODS: [&str; 12] = [
    "GET", "GET", "HEAD", "POST", "post", "PUT", "put", "DELETE", "PATCH", "patch", "QUERY",
    "OPTIONS",
];

const HEADERS: [SentHeader; 8] = [
    harmless("accept", "application/json"),
    harmless("accept-language", "en"),
    harmless("cookie", "no script can set it"),
    harmless("range", "bytes=0-9"),
    announced("authorization", "Bearer token"),
    announced("content-type", "application/json"),
    announced("x-a", "1"),
    announced("x-b", "2"),
];

const REPLIED: [(&str, &str); 8] = [
    ("cache-control", "no-cache"),
    ("content-type", "text/plain"),
    ("etag", "\"7\""),
    ("set-cookie", "sid=1"),
    ("set-cookie2", "sid=1"),
    ("x-count", "3"),
    ("x-request-id", "r1"),
    ("x-secret", "s"),
];

const STATUSES: [u16; 8] = [200, 201, 204, 304, 401, 404, 500, 503];

const fn harmless(name: &'static str, value: &'static str) -> SentHeader {
    SentHeader { name, value, needs_permission: false }
}

const fn announced(name: &'static str, value: &'static str) -> SentHeader {
    SentHeader { name, value, needs_permission: true }
}

pub(crate) fn fetches() -> impl Strategy<Value = Fetch> {
    let headers = prop_oneof![
        1 => Just(Vec::new()),
        3 => subsequence(&HEADERS[..], 0..4),
    ];
    let credentials =
        select(vec![Credentials::Include, Credentials::Omit, Credentials::SameOrigin]);
    let reply = (select(&STATUSES[..]), subsequence(&REPLIED[..], 0..=REPLIED.len()));
    let reply = reply.prop_map(|(status, headers)| Reply { status, headers });
    let request = (select(&PAGES[..]), select(&METHODS[..]), headers, credentials);
    let listens = proptest::bool::weighted(0.2);
    (request, listens, reply).prop_map(|((page, method, headers, credentials), listens, reply)| {
        Fetch { page, method, headers, credentials, listens, reply }
    })
}

impl Fetch {
    pub(crate) fn is_same_origin(&self) -> bool {
        self.page == SERVER
    }

    /// As a browser sends it.
    pub(crate) fn sent_method(&self) -> &'static str {
        match self.method {
            "post" => "POST",
            "put" => "PUT",
            other => other,
        }
    }

    pub(crate) fn run(&self, browser: &Browser, layer: &CorsLayer) -> Outcome {
        let page = match self.page {
            NULL => browser.page(SERVER.origin()).sandboxed(),
            page => browser.page(page.origin()),
        };
        let fetch = page.fetch(self.method, format!("{}/orders", SERVER.origin()));
        let fetch = fetch.credentials(self.credentials);
        let fetch = self.headers.iter().fold(fetch, |fetch, header| {
            let SentHeader { name, value, .. } = header;
            fetch.header(name, value)
        });
        let fetch = if self.listens { fetch.upload_listener() } else { fetch };
        let reply = |_: Request<Body>| async { Ok::<_, Infallible>(self.reply.response()) };
        let mut service = layer.layer(service_fn(reply));
        fetch.send(&mut service).now_or_never().expect("nothing waits")
    }

    /// Those of the service's own headers that the page sees, if it may read the response.
    pub(crate) fn seen(&self, outcome: &Outcome) -> Option<Seen> {
        let response = outcome.readable()?;
        let replied = self.reply.headers.iter();
        let seen =
            replied.filter_map(|(name, _)| Some(((*name).to_owned(), response.header(name)?)));
        Some(seen.collect())
    }
}

impl Reply {
    fn response(&self) -> Response<Body> {
        let reply = Response::builder().status(self.status);
        let reply =
            self.headers.iter().fold(reply, |reply, (name, value)| reply.header(*name, *value));
        reply.body(Body::default()).expect("a response")
    }
}
