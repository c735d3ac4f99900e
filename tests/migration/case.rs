//! One configuration, one request and one inner service, and what a CORS layer makes of them.

use std::{
    cell::Cell,
    future::{Ready, ready},
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::FutureExt;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode,
    header::{self, VARY},
};
use tower::{Layer, Service};

pub(crate) const APP: &str = "https://app.example.com";

/// The headers that a CORS layer answers with.
pub(crate) const CORS: [HeaderName; 6] = [
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
];

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) config: Config,
    pub(crate) asked: Asked,
    pub(crate) inner: Inner,
}

/// What is written down with the names that both crates have. `None`: the setter is not called.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    pub(crate) base: Base,
    pub(crate) origin: Option<Origins>,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) methods: Option<Names>,
    pub(crate) headers: Option<Names>,
    pub(crate) expose: Option<Names>,
    pub(crate) max_age: Option<Age>,
    pub(crate) vary: Option<Vec<HeaderName>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Base {
    #[default]
    New,
    Permissive,
    VeryPermissive,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Origins {
    Any,
    AsyncPredicate,
    Exact(&'static str),
    List(Vec<&'static str>),
    Mirror,
    Predicate,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Credentials {
    No,
    OnlyForApp,
    Yes,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Names {
    Any,
    List(Vec<&'static str>),
    /// Of methods and request headers only.
    Mirror,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Age {
    ByOrigin(Duration),
    Exact(Duration),
}

/// A request, with every line of the headers that count.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) origin: Vec<HeaderValue>,
    pub(crate) request_method: Vec<HeaderValue>,
    pub(crate) request_headers: Vec<HeaderValue>,
}

#[derive(Clone, Debug)]
pub(crate) struct Inner {
    pub(crate) fails: bool,
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

/// A response as far as CORS goes, and the rest of it, that it leaves alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) inner_ran: bool,
    /// `None`: the inner service's error came through.
    pub(crate) status: Option<StatusCode>,
    pub(crate) cors: HeaderMap,
    /// The names in all lines, in order.
    pub(crate) vary: Vec<String>,
    pub(crate) rest: HeaderMap,
}

macro_rules! layer_of {
    ($($cors:tt)+) => {
        pub(crate) fn layer(config: &Config) -> $($cors)+::CorsLayer {
            use $($cors)+::{
                AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, CorsLayer, ExposeHeaders, MaxAge, Vary,
            };

            let mut layer = match config.base {
                Base::New => CorsLayer::new(),
                Base::Permissive => CorsLayer::permissive(),
                Base::VeryPermissive => CorsLayer::very_permissive(),
            };
            if let Some(origin) = &config.origin {
                layer = layer.allow_origin(match origin {
                    Origins::Any => AllowOrigin::any(),
                    Origins::AsyncPredicate => AllowOrigin::async_predicate(|origin, _| ready(is_ours(&origin))),
                    Origins::Exact(origin) => AllowOrigin::exact(HeaderValue::from_static(origin)),
                    Origins::List(list) => {
                        AllowOrigin::list(list.iter().map(|origin| HeaderValue::from_static(origin)))
                    }
                    Origins::Mirror => AllowOrigin::mirror_request(),
                    Origins::Predicate => AllowOrigin::predicate(|origin, _| is_ours(origin)),
                });
            }
            if let Some(credentials) = config.credentials {
                layer = layer.allow_credentials(match credentials {
                    Credentials::No => AllowCredentials::from(false),
                    Credentials::OnlyForApp => AllowCredentials::predicate(|origin, _| origin == APP),
                    Credentials::Yes => AllowCredentials::yes(),
                });
            }
            if let Some(methods) = &config.methods {
                layer = layer.allow_methods(match methods {
                    Names::Any => AllowMethods::any(),
                    Names::List(list) => {
                        AllowMethods::list(list.iter().map(|name| name.parse().expect("pools hold methods")))
                    }
                    Names::Mirror => AllowMethods::mirror_request(),
                });
            }
            if let Some(headers) = &config.headers {
                layer = layer.allow_headers(match headers {
                    Names::Any => AllowHeaders::any(),
                    Names::List(list) => {
                        AllowHeaders::list(list.iter().map(|name| HeaderName::from_static(name)))
                    }
                    Names::Mirror => AllowHeaders::mirror_request(),
                });
            }
            if let Some(expose) = &config.expose {
                layer = layer.expose_headers(match expose {
                    Names::List(list) => {
                        ExposeHeaders::list(list.iter().map(|name| HeaderName::from_static(name)))
                    }
                    Names::Any | Names::Mirror => ExposeHeaders::any(),
                });
            }
            if let Some(max_age) = config.max_age {
                layer = layer.max_age(match max_age {
                    Age::ByOrigin(age) => MaxAge::dynamic(move |origin, _| {
                        if origin == APP { age } else { age + Duration::from_secs(60) }
                    }),
                    Age::Exact(age) => MaxAge::exact(age),
                });
            }
            match &config.vary {
                None => layer,
                Some(names) => layer.vary(Vary::list(names.clone())),
            }
        }
    };
}

pub(crate) mod with_tower_cors {
    use super::*;
    layer_of!(tower_cors);
}

pub(crate) mod with_tower_http {
    use super::*;
    layer_of!(tower_http::cors);
}

/// True of many a malformed origin, too.
pub(crate) fn is_ours(origin: &HeaderValue) -> bool {
    origin.as_bytes().to_ascii_lowercase().ends_with(b"example.com")
}

impl Config {
    pub(crate) fn origin(&self) -> Origins {
        match (&self.origin, self.base) {
            (Some(Origins::Exact("*")), _) | (None, Base::Permissive) => Origins::Any,
            (Some(origin), _) => origin.clone(),
            (None, Base::New) => Origins::List(Vec::new()),
            (None, Base::VeryPermissive) => Origins::Mirror,
        }
    }

    pub(crate) fn credentials(&self) -> Credentials {
        let unset =
            if self.base == Base::VeryPermissive { Credentials::Yes } else { Credentials::No };
        self.credentials.unwrap_or(unset)
    }

    pub(crate) fn methods(&self) -> Names {
        self.methods.clone().unwrap_or_else(|| self.base.names())
    }

    pub(crate) fn headers(&self) -> Names {
        self.headers.clone().unwrap_or_else(|| self.base.names())
    }

    pub(crate) fn expose(&self) -> Names {
        let unset =
            if self.base == Base::Permissive { Names::Any } else { Names::List(Vec::new()) };
        self.expose.clone().unwrap_or(unset)
    }

    /// The names of request headers that tower-http derives for `Vary`.
    pub(crate) fn derived_vary(&self) -> Vec<HeaderName> {
        let derived = [
            (self.origin() != Origins::Any, header::ORIGIN),
            (self.methods() == Names::Mirror, header::ACCESS_CONTROL_REQUEST_METHOD),
            (self.headers() == Names::Mirror, header::ACCESS_CONTROL_REQUEST_HEADERS),
        ];
        derived.into_iter().filter(|(varies, _)| *varies).map(|(_, name)| name).collect()
    }

    /// One answer for everyone.
    pub(crate) fn is_static(&self) -> bool {
        self.origin() == Origins::Any && self.credentials() == Credentials::No
    }
}

impl Base {
    fn names(self) -> Names {
        match self {
            Base::New => Names::List(Vec::new()),
            Base::Permissive => Names::Any,
            Base::VeryPermissive => Names::Mirror,
        }
    }
}

impl Case {
    pub(crate) fn is_cors(&self) -> bool {
        !self.asked.origin.is_empty()
    }

    pub(crate) fn is_preflight(&self) -> bool {
        self.asked.method == Method::OPTIONS
            && self.is_cors()
            && !self.asked.request_method.is_empty()
    }

    pub(crate) fn through<L>(&self, layer: &L) -> Answer
    where
        L: Layer<
                Scripted,
                Service: Service<Request<()>, Response = Response<String>, Error = Broken>,
            >,
    {
        let ran = Rc::new(Cell::new(false));
        let inner = Scripted { inner: self.inner.clone(), ran: Rc::clone(&ran) };
        let response =
            layer.layer(inner).call(self.asked.request()).now_or_never().expect("nothing waits");
        Answer::new(ran.get(), response)
    }
}

impl Asked {
    fn request(&self) -> Request<()> {
        let mut request = Request::new(());
        request.method_mut().clone_from(&self.method);
        let lines = [
            (header::ORIGIN, &self.origin),
            (header::ACCESS_CONTROL_REQUEST_METHOD, &self.request_method),
            (header::ACCESS_CONTROL_REQUEST_HEADERS, &self.request_headers),
        ];
        for (name, values) in lines {
            for value in values {
                request.headers_mut().append(name.clone(), value.clone());
            }
        }
        request
    }
}

impl Inner {
    pub(crate) fn vary(&self) -> Vec<String> {
        names_in(self.headers.iter().filter(|(name, _)| *name == VARY).map(|(_, value)| value))
    }
}

impl Answer {
    fn new(inner_ran: bool, response: Result<Response<String>, Broken>) -> Self {
        let Ok(response) = response else {
            return Self {
                inner_ran,
                status: None,
                cors: HeaderMap::new(),
                vary: Vec::new(),
                rest: HeaderMap::new(),
            };
        };
        let (parts, _) = response.into_parts();
        let (mut cors, mut rest) = (HeaderMap::new(), HeaderMap::new());
        for (name, value) in &parts.headers {
            if CORS.contains(name) {
                cors.append(name, value.clone());
            } else if name != VARY {
                rest.append(name, value.clone());
            }
        }
        let vary = names_in(parts.headers.get_all(VARY));
        Self { inner_ran, status: Some(parts.status), cors, vary, rest }
    }

    /// `Vary` is a set, but one that shows when a name came twice.
    pub(crate) fn sorted(mut self) -> Self {
        self.vary.sort_unstable();
        self
    }
}

/// The elements of comma-separated lines, lower-cased.
fn names_in<'a>(lines: impl IntoIterator<Item = &'a HeaderValue>) -> Vec<String> {
    let lines =
        lines.into_iter().map(|line| line.to_str().expect("names are ASCII").to_ascii_lowercase());
    let lines = lines.collect::<Vec<_>>().join(",");
    lines.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The inner service: answers as it is told, and tells whether it was called.
#[derive(Clone, Debug)]
pub(crate) struct Scripted {
    inner: Inner,
    ran: Rc<Cell<bool>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Broken;

impl Service<Request<()>> for Scripted {
    type Response = Response<String>;
    type Error = Broken;
    type Future = Ready<Result<Response<String>, Broken>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Broken>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        self.ran.set(true);
        if self.inner.fails {
            return ready(Err(Broken));
        }
        let mut response = Response::new(String::new());
        *response.status_mut() = self.inner.status;
        for (name, value) in &self.inner.headers {
            response.headers_mut().append(name, value.clone());
        }
        ready(Ok(response))
    }
}
