//! A row, and what is asked of it: every header of the answer is compared, line by line.

use std::{cell::RefCell, future::ready, rc::Rc};

use http::{HeaderMap, HeaderValue, Request, Response, request, response};
use tokio::runtime;
use tower::{Layer, ServiceExt, service_fn};
use tower_cors::{AllowOrigin, CorsLayer, Denial};

pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const EVIL: &str = "https://evil.example";

pub(crate) type Line<'a> = (&'a str, &'a str);

pub(crate) const ACAC: &str = "access-control-allow-credentials";
pub(crate) const ACAH: &str = "access-control-allow-headers";
pub(crate) const ACAM: &str = "access-control-allow-methods";
pub(crate) const ACAO: &str = "access-control-allow-origin";
pub(crate) const ACEH: &str = "access-control-expose-headers";
pub(crate) const ACMA: &str = "access-control-max-age";
pub(crate) const ACRH: &str = "access-control-request-headers";
pub(crate) const ACRM: &str = "access-control-request-method";

pub(crate) const ALLOW_APP: Line<'static> = (ACAO, APP);
pub(crate) const SAFELISTED: Line<'static> = (ACAM, "GET,HEAD,POST");
pub(crate) const VARY: Line<'static> = ("vary", "origin");

/// The six CORS response headers, which belong to the layer.
pub(crate) const SIX: [&str; 6] = [ACAC, ACAH, ACAM, ACAO, ACEH, ACMA];

/// What no decision may depend on.
const NOISE: [Line<'static>; 9] = [
    ("access-control-request-private-network", "true"),
    ("authorization", "Bearer secret"),
    ("cookie", "session=1"),
    ("forwarded", "host=app.example.com;proto=https"),
    ("referer", "https://app.example.com/"),
    ("sec-fetch-mode", "cors"),
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-proto", "https"),
    ("x-http-method-override", "PUT"),
];

pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) covers: &'static [&'static str],
    config: CorsLayer,
    request: Request<String>,
    inner: Result<Response<String>, &'static str>,
    expected: Expected,
}

pub(crate) struct Expected {
    /// `None`: the inner service runs, and the status is its own.
    status: Option<u16>,
    lines: Vec<(String, String)>,
    denial: Option<Denial>,
}

/// The inner service runs; to its response come these lines, and its own CORS headers go.
pub(crate) fn runs(lines: &[Line<'_>]) -> Expected {
    Expected { status: None, lines: owned(lines), denial: None }
}

/// The layer answers itself, with these lines and no other.
pub(crate) fn answers(status: u16, lines: &[Line<'_>]) -> Expected {
    Expected { status: Some(status), lines: owned(lines), denial: None }
}

impl Expected {
    pub(crate) fn denied(self, denial: impl Into<Option<Denial>>) -> Self {
        Self { denial: denial.into(), ..self }
    }
}

pub(crate) fn plain(method: &str) -> request::Builder {
    Request::builder().uri("/users?page=2").method(method)
}

pub(crate) fn actual(origin: impl AsRef<[u8]>) -> request::Builder {
    plain("GET").header("origin", origin.as_ref())
}

pub(crate) fn preflight(origin: impl AsRef<[u8]>, method: impl AsRef<[u8]>) -> request::Builder {
    plain("OPTIONS").header("origin", origin.as_ref()).header(ACRM, method.as_ref())
}

/// Allows `APP`, and sends it to everyone.
pub(crate) fn fixed() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::fixed(HeaderValue::from_static(APP)))
}

pub(crate) fn reply(status: u16) -> response::Builder {
    Response::builder().status(status)
}

impl Row {
    pub(crate) fn new(
        name: impl Into<String>,
        config: CorsLayer,
        request: request::Builder,
        expected: Expected,
    ) -> Self {
        let name = name.into();
        let request = request.extension(Mark).body("question".to_owned());
        let request = request.unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { name, covers: &[], config, request, inner: Ok(Response::default()), expected }
            .inner(reply(200).header("content-type", "text/plain"))
    }

    pub(crate) fn inner(self, inner: response::Builder) -> Self {
        let inner = inner.extension(Mark).body("response".to_owned());
        Self { inner: Ok(inner.expect("a response")), ..self }
    }

    pub(crate) fn inner_fails(self) -> Self {
        Self { inner: Err("the inner service's error"), ..self }
    }

    pub(crate) fn covers(self, covers: &'static [&'static str]) -> Self {
        Self { covers, ..self }
    }

    fn expected(&self) -> Answer {
        let own = Answer {
            passed: vec![],
            error: None,
            status: self.expected.status.unwrap_or_default(),
            lines: self.expected.lines.clone(),
            denial: self.expected.denial,
            body: String::new(),
            is_marked: false,
        };
        match (self.expected.status, &self.inner) {
            (Some(_), _) => own,
            (None, Err(error)) => Answer { passed: vec![true], error: Some(*error), ..own },
            (None, Ok(inner)) => {
                let mut lines = lines(inner.headers());
                lines.retain(|(name, _)| !SIX.contains(&&name[..]) && name != "vary");
                lines.extend(own.lines);
                Answer {
                    passed: vec![true],
                    status: inner.status().as_u16(),
                    lines: sorted(lines),
                    body: inner.body().clone(),
                    is_marked: true,
                    ..own
                }
            }
        }
    }

    async fn got(&self, request: Request<String>) -> Answer {
        let received = Rc::new(RefCell::new(Vec::new()));
        let inner = service_fn(|request: Request<String>| {
            received.borrow_mut().push(request);
            ready(self.inner.clone())
        });
        let layer = self.config.clone().build().unwrap_or_else(|e| panic!("{}: {e}", self.name));
        let response = layer.layer(inner).oneshot(request.clone()).await;
        let passed = received.borrow().iter().map(|passed| is_same(passed, &request)).collect();
        match response {
            Ok(response) => Answer {
                passed,
                error: None,
                status: response.status().as_u16(),
                lines: sorted(lines(response.headers())),
                denial: response.extensions().get().copied(),
                is_marked: response.extensions().get::<Mark>().is_some(),
                body: response.into_body(),
            },
            Err(error) => Answer { passed, error: Some(error), ..Answer::default() },
        }
    }

    async fn disagreements(&self) -> Vec<String> {
        let mut noisy = self.request.clone();
        for (name, value) in NOISE {
            if !noisy.headers().contains_key(name) {
                noisy.headers_mut().insert(name, value.parse().expect("a value"));
            }
        }
        let (want, got) = (self.expected(), self.got(self.request.clone()).await);
        let got_in_noise = self.got(noisy).await;
        let mut disagreements = vec![];
        if got != want {
            disagreements.push(format!("{}\n  want {want}\n  got  {got}", self.name));
        }
        if got_in_noise != got {
            disagreements.push(format!("{}\n  in noise {got_in_noise}", self.name));
        }
        disagreements
    }
}

/// Asserts every row, and tells all that disagree.
pub(crate) fn check(rows: &[Row]) {
    let runtime = runtime::Builder::new_current_thread().build().expect("a runtime");
    let disagreements: Vec<_> =
        rows.iter().flat_map(|row| runtime.block_on(row.disagreements())).collect();
    assert!(disagreements.is_empty(), "\n{}", disagreements.join("\n"));
}

/// An extension that neither request nor response may lose.
#[derive(Clone)]
struct Mark;

#[derive(Debug, Default, PartialEq)]
struct Answer {
    /// For each call of the inner service, whether the request was passed on as it was.
    passed: Vec<bool>,
    error: Option<&'static str>,
    status: u16,
    lines: Vec<(String, String)>,
    denial: Option<Denial>,
    body: String,
    is_marked: bool,
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { passed, error, status, lines, denial, body, is_marked } = self;
        write!(f, "{status} {denial:?} passed {passed:?} {body:?} {is_marked} {error:?}")?;
        lines.iter().try_for_each(|(name, value)| write!(f, "\n       {name}: {value}"))
    }
}

fn is_same(one: &Request<String>, other: &Request<String>) -> bool {
    one.method() == other.method()
        && one.uri() == other.uri()
        && one.version() == other.version()
        && one.headers() == other.headers()
        && one.body() == other.body()
        && one.extensions().get::<Mark>().is_some()
}

fn owned(lines: &[Line<'_>]) -> Vec<(String, String)> {
    let owned = |&(name, value): &Line<'_>| (name.to_owned(), value.to_owned());
    sorted(lines.iter().map(owned).collect())
}

fn lines(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| match value.to_str() {
        Ok(text) => text.to_owned(),
        Err(_) => value.as_bytes().escape_ascii().to_string(),
    };
    headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
}

/// By name alone: the lines of a name keep their order.
fn sorted(mut lines: Vec<(String, String)>) -> Vec<(String, String)> {
    lines.sort_by(|(one, _), (other, _)| one.cmp(other));
    lines
}
