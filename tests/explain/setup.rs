//! A configuration that a suggestion can be added to, and what the service does by it.

use std::{cell::Cell, convert::Infallible, future::ready};

use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Method, Request, Response, header};
use tower::{Layer, Service, service_fn};
use tower_cors::{
    AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, CorsLayer, Denial, Enforce, Outcome,
};

#[derive(Clone, Debug, Default)]
pub(crate) struct Setup {
    pub(crate) listed: Vec<String>,
    /// What else is allowed.
    pub(crate) origin: AllowOrigin,
    /// `fixed` cannot be one of several.
    pub(crate) fixed: Option<&'static str>,
    pub(crate) dangerous: Vec<&'static str>,
    pub(crate) asks_async: bool,
    pub(crate) methods: Names<Method>,
    pub(crate) headers: Names<HeaderName>,
    /// `None`: never.
    pub(crate) credentials: Option<AllowCredentials>,
    pub(crate) enforce: Enforce,
}

#[derive(Clone, Debug)]
pub(crate) enum Names<T> {
    Any,
    Listed(Vec<T>),
    Mirror,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl Setup {
    /// The layer, whose async predicate says what `answer` says.
    pub(crate) fn layer(&self, answer: bool) -> CorsLayer {
        let later = AllowOrigin::async_predicate(move |_, _| ready(answer));
        let named = AllowOrigin::patterns(&self.listed).or(self.origin.clone());
        let origin = match self.fixed {
            Some(fixed) => AllowOrigin::fixed(HeaderValue::from_static(fixed)),
            None if self.asks_async => named.or(later),
            None => named,
        };
        let methods = match &self.methods {
            Names::Any => AllowMethods::any(),
            Names::Listed(methods) => AllowMethods::list(methods.clone()),
            Names::Mirror => AllowMethods::mirror_request(),
        };
        let headers = match &self.headers {
            Names::Any => AllowHeaders::any(),
            Names::Listed(headers) => AllowHeaders::list(headers.clone()),
            Names::Mirror => AllowHeaders::mirror_request(),
        };
        CorsLayer::new()
            .allow_origin(origin)
            .dangerously_allow_origins(&self.dangerous)
            .allow_methods(methods)
            .allow_headers(headers)
            .allow_credentials(self.credentials.clone().unwrap_or_default())
            .enforce_origins(self.enforce)
    }

    pub(crate) fn is_enforced(&self) -> bool {
        self.enforce != Enforce::Off
    }

    /// Adds what a suggestion says to what is allowed already.
    pub(crate) fn allow(mut self, suggestion: &str) -> Self {
        let (setter, items) = suggestion
            .strip_suffix("])")
            .and_then(|call| call.split_once("(["))
            .unwrap_or_else(|| panic!("a call: {suggestion}"));
        // `…` stands for what is listed already.
        let items: Vec<_> = items.split(", ").filter(|item| *item != "…").collect();
        match setter {
            ".allow_origins" => {
                let patterns = items.iter().map(|item| between(item, "\"", "\""));
                self.listed.extend(patterns.map(str::to_owned));
                self.fixed = None;
            }
            ".allow_methods" => {
                let Names::Listed(methods) = &mut self.methods else {
                    panic!("methods are not listed: {suggestion}");
                };
                methods.extend(items.into_iter().map(method));
            }
            ".allow_headers" => {
                let Names::Listed(headers) = &mut self.headers else {
                    panic!("headers are not listed: {suggestion}");
                };
                headers.extend(items.into_iter().map(header_name));
            }
            _ => panic!("an unknown setter: {suggestion}"),
        }
        self
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.strip_prefix(start)
        .and_then(|text| text.strip_suffix(end))
        .unwrap_or_else(|| panic!("{start}…{end}: {text}"))
}

fn method(expression: &str) -> Method {
    match expression.strip_prefix("Method::from_bytes(b\"") {
        Some(custom) => {
            let name = custom.strip_suffix("\")?").expect("the end of a call");
            Method::from_bytes(name.as_bytes()).expect("a method")
        }
        None => match between(expression, "Method::", "") {
            "DELETE" => Method::DELETE,
            "GET" => Method::GET,
            "HEAD" => Method::HEAD,
            "OPTIONS" => Method::OPTIONS,
            "PATCH" => Method::PATCH,
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            other => panic!("no constant of `Method`: {other}"),
        },
    }
}

/// As `HeaderName::from_static` takes them: in lower case.
fn header_name(expression: &str) -> HeaderName {
    let name = between(expression, "HeaderName::from_static(\"", "\")");
    assert_eq!(name, name.to_ascii_lowercase());
    name.parse().expect("a header name")
}

/// What the service did with a request.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) status: u16,
    pub(crate) ran: bool,
    pub(crate) allowed_origin: Option<HeaderValue>,
    pub(crate) denial: Option<Denial>,
}

impl Served {
    pub(crate) fn by(layer: &CorsLayer, request: Request<()>) -> Self {
        let ran = Cell::new(false);
        let inner = service_fn(|_: Request<()>| {
            ran.set(true);
            ready(Ok::<_, Infallible>(Response::new(())))
        });
        let answered = layer.layer(inner).call(request).now_or_never();
        let response = answered.expect("nothing waits").expect("nothing fails");
        Self {
            status: response.status().as_u16(),
            ran: ran.get(),
            allowed_origin: response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN).cloned(),
            denial: response.extensions().get().copied(),
        }
    }

    /// The outcome that the answer shows.
    pub(crate) fn outcome(&self, request: &Request<()>, fixed: Option<&str>) -> Outcome {
        let Some(origin) = request.headers().get(header::ORIGIN) else {
            return if self.denial.is_some() { Outcome::Denied } else { Outcome::NotCors };
        };
        let is_several = request.headers().get_all(header::ORIGIN).iter().count() > 1;
        match (&self.allowed_origin, self.denial) {
            (_, Some(_)) => Outcome::Denied,
            (None, None) => Outcome::SameOrigin,
            // Its headers go to everyone, so the server's own pages get them too.
            (Some(_), None) if fixed.is_some_and(|fixed| origin != fixed || is_several) => {
                Outcome::SameOrigin
            }
            (Some(_), None) => Outcome::Allowed,
        }
    }
}
