use http::{
    HeaderName, HeaderValue, Method, Request, Version,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, REFERER},
};
use http_body_util::Full;
use tower_cors_benches::live::BROWSER;

use crate::policy::Page;

/// Where the servers are said to be.
const AUTHORITY: &str = "api.example.com";

/// So long that eight kilobytes of it are within the 256 names that are looked at.
const NAME: &str = ",x-application-request-identifier";

/// A request, and who sends it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) asker: Asker,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    lines: Vec<(HeaderName, HeaderValue)>,
    body: &'static str,
}

/// Whose request it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Asker {
    /// It has no `Origin`.
    Nobody,
    Page(Page),
    /// No policy allows the origin.
    Stranger,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Kind {
    Actual,
    ActualOfStranger,
    Preflight,
    PreflightOfStranger,
    WithoutOrigin,
    HostileOrigin,
    HostileOriginPreflight,
    HostileMethod,
    HostileNames,
}

impl Case {
    pub(crate) fn new(name: impl Into<String>, kind: Kind, asker: Asker, method: Method) -> Self {
        let browser = BROWSER.iter().filter_map(|line| line.split_once(": "));
        let line = |(name, value): (&str, &'static str)| {
            let name = HeaderName::try_from(name).expect("browsers send valid names");
            (name, HeaderValue::from_static(value))
        };
        let lines = browser.map(line).collect();
        Self { name: name.into(), kind, asker, method, path: "/users", lines, body: "" }
    }

    pub(crate) fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        self.lines.push((name, HeaderValue::from_static(value)));
        self
    }

    pub(crate) fn with_lines(mut self, name: &HeaderName, values: Vec<HeaderValue>) -> Self {
        self.lines.extend(values.into_iter().map(|value| (name.clone(), value)));
        self
    }

    pub(crate) fn with_path(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    pub(crate) fn with_body(self, body: &'static str) -> Self {
        Self { body, ..self }
    }

    /// The same, as long as another if that is longer: by more names, if the other has hostile ones, else
    /// by a longer `Referer`, which nobody reads.
    pub(crate) fn lengthened_to(mut self, other: &Self) -> Self {
        let lacking = other.written().len().saturating_sub(self.written().len());
        let (header, filler) = match other.kind {
            Kind::HostileNames => (&ACCESS_CONTROL_REQUEST_HEADERS, NAME),
            _ => (&REFERER, "a"),
        };
        let more: Vec<u8> = filler.bytes().cycle().take(lacking).collect();
        let line = self.lines.iter_mut().find(|(name, _)| name == header);
        let (_, value) = line.expect("the request has that header");
        let longer = [value.as_bytes(), &more].concat();
        *value = HeaderValue::try_from(longer).expect("it is of visible ASCII");
        self
    }

    pub(crate) fn is_preflight(&self) -> bool {
        let has = |wanted: HeaderName| self.lines.iter().any(|(name, _)| *name == wanted);
        self.method == Method::OPTIONS && has(ORIGIN) && has(ACCESS_CONTROL_REQUEST_METHOD)
    }

    /// As it goes over the wire in HTTP/1.1.
    pub(crate) fn written(&self) -> Vec<u8> {
        let Self { method, path, body, .. } = self;
        let mut text = format!("{method} {path} HTTP/1.1\r\nhost: {AUTHORITY}\r\n").into_bytes();
        for (name, value) in &self.lines {
            text.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        if !body.is_empty() {
            text.extend(format!("content-length: {}\r\n", body.len()).as_bytes());
        }
        text.extend([b"\r\n", body.as_bytes()].concat());
        text
    }

    pub(crate) fn request(&self, version: Version) -> Request<Full<&'static [u8]>> {
        let mut request = Request::new(Full::new(self.body.as_bytes()));
        *request.method_mut() = self.method.clone();
        let uri = format!("http://{AUTHORITY}{}", self.path);
        *request.uri_mut() = uri.parse().expect("paths are valid");
        for (name, value) in &self.lines {
            request.headers_mut().append(name.clone(), value.clone());
        }
        if version == Version::HTTP_11 {
            *request.uri_mut() = self.path.parse().expect("paths are valid");
            request.headers_mut().insert("host", HeaderValue::from_static(AUTHORITY));
        }
        request
    }

    /// As h2load takes them, unless it cannot send this.
    pub(crate) fn h2load_headers(&self) -> Option<Vec<Vec<u8>>> {
        let method = format!(":method: {}", self.method).into_bytes();
        let is_sendable = |(_, value): &(_, HeaderValue)| !value.is_empty();
        let can_be_sent = self.body.is_empty() && self.lines.iter().all(is_sendable);
        let lines = self.lines.iter();
        let written =
            lines.map(|(name, value)| [name.as_str().as_bytes(), b": ", value.as_bytes()].concat());
        can_be_sent.then(|| [method].into_iter().chain(written).collect())
    }
}
