//! Requests that no browser need send, what a service answers them, and a server that is asked.

use std::{
    convert::Infallible,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicU32, Ordering},
};

use futures_util::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use tower::{Layer, Service, service_fn};
use tower_cors::CorsLayer;

use crate::{origins::Page, policy::Policy};

#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub(crate) method: &'static str,
    pub(crate) uri: &'static str,
    pub(crate) origins: Vec<Origin>,
    pub(crate) asked_methods: Vec<&'static [u8]>,
    pub(crate) asked_headers: Vec<Vec<u8>>,
    pub(crate) others: Vec<(&'static str, &'static str)>,
    pub(crate) inner: Inner,
}

/// A line of `Origin`, and the page that it stands for, if a browser would send it.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) line: Vec<u8>,
    pub(crate) page: Option<Page>,
}

/// What the inner service answers.
#[derive(Clone, Debug)]
pub(crate) struct Inner {
    pub(crate) status: u16,
    pub(crate) lines: Vec<(&'static str, &'static str)>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: &'static str,
    /// How often the inner service ran.
    pub(crate) runs: u32,
    pub(crate) panicked: bool,
}

/// What a wrong layer makes of a right answer.
pub(crate) type Wrong = fn(&Policy, &Raw, &mut Answer);

pub(crate) struct Server<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) layer: CorsLayer,
    pub(crate) wrong: Option<Wrong>,
}

impl Raw {
    pub(crate) fn is_preflight(&self) -> bool {
        self.method == "OPTIONS" && !self.origins.is_empty() && !self.asked_methods.is_empty()
    }

    /// The page that asks, where the request leaves no doubt.
    pub(crate) fn page(&self) -> Option<Page> {
        match &self.origins[..] {
            [origin] => origin.page,
            _ => None,
        }
    }

    /// The names that it asks for.
    pub(crate) fn asked_names(&self) -> Vec<String> {
        let names = self.asked_headers.iter().flat_map(|line| line.split(|byte| *byte == b','));
        let names = names.map(|name| String::from_utf8_lossy(name.trim_ascii()).to_lowercase());
        names.filter(|name| !name.is_empty()).collect()
    }

    fn lines(&self) -> Vec<(&'static str, &[u8])> {
        let origins = self.origins.iter().map(|origin| ("origin", &origin.line[..]));
        let methods = self.asked_methods.iter();
        let methods = methods.map(|line| ("access-control-request-method", *line));
        let names = self.asked_headers.iter();
        let names = names.map(|line| ("access-control-request-headers", &line[..]));
        let others = self.others.iter().map(|(name, line)| (*name, line.as_bytes()));
        origins.chain(methods).chain(names).chain(others).collect()
    }

    fn request(&self) -> Request<()> {
        let mut request = Request::builder().method(self.method).uri(self.uri).body(());
        let headers = request.as_mut().expect("a request").headers_mut();
        for (name, line) in self.lines() {
            let line = HeaderValue::from_bytes(line).expect("a header value");
            headers.append(HeaderName::from_static(name), line);
        }
        request.expect("a request")
    }
}

impl Inner {
    fn response(&self) -> Response<&'static str> {
        let response = Response::builder().status(self.status);
        let lines = self.lines.iter();
        let response = lines.fold(response, |response, (name, line)| response.header(*name, *line));
        response.body(INNER_BODY).expect("a response")
    }
}

pub(crate) const INNER_BODY: &str = "inner";

impl<'a> Server<'a> {
    pub(crate) fn new(policy: &'a Policy, wrong: Option<Wrong>) -> Self {
        Self { policy, layer: policy.layer(), wrong }
    }

    pub(crate) fn ask(&self, raw: &Raw) -> Answer {
        let answer = catch_unwind(AssertUnwindSafe(|| {
            let mut answer = self.right_answer(raw);
            if let Some(wrong) = self.wrong {
                wrong(self.policy, raw, &mut answer);
            }
            answer
        }));
        answer.unwrap_or_else(|_| Answer { panicked: true, ..Answer::default() })
    }

    fn right_answer(&self, raw: &Raw) -> Answer {
        let runs = AtomicU32::new(0);
        let run = |_: Request<()>| {
            runs.fetch_add(1, Ordering::Relaxed);
            async { Ok::<_, Infallible>(raw.inner.response()) }
        };
        let answered = self.layer.layer(service_fn(run)).call(raw.request()).now_or_never();
        let (parts, body) = answered.expect("nothing waits").expect("nothing fails").into_parts();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
            runs: runs.load(Ordering::Relaxed),
            panicked: false,
        }
    }
}

impl Answer {
    pub(crate) fn lines(&self, name: &str) -> Vec<&[u8]> {
        self.headers.get_all(name).iter().map(HeaderValue::as_bytes).collect()
    }

    /// The elements of a list, over all lines.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let lines = self.lines(name);
        let elements = lines.iter().flat_map(|line| line.split(|byte| *byte == b','));
        elements.map(|element| String::from_utf8_lossy(element.trim_ascii()).into_owned()).collect()
    }

    pub(crate) fn set(&mut self, name: &'static str, line: impl AsRef<[u8]>) {
        let line = HeaderValue::from_bytes(line.as_ref()).expect("a header value");
        self.headers.insert(name, line);
    }
}
