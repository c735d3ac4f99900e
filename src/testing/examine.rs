use http::{Method, Request as HttpRequest, Response};
use http_body::Body as HttpBody;
use tower_service::Service;

use super::{
    body::Body,
    environment::Environment,
    options::Credentials,
    origin::Origin,
    request::{Request, Tainting},
    script::Script,
    url::Url,
    wire::BoxError,
};

mod fault;
pub use fault::Fault;

mod finding;
pub use finding::Finding;

mod report;
pub use report::Report;

mod probe;
use probe::{Asker, Question};

mod layers;

mod refusals;

mod varying;

mod exposing;

const STRANGER: &str = "https://stranger.invalid";

/// Below the URL, where the same layers should be, and deep, where no route should be.
const UNKNOWN: &str = "no/such/path";

/// An examination of a whole service, which looks for the usual faults of a stack.
///
/// It sends preflights, GET, HEAD and OPTIONS to the URL, to those [added](Self::also) and to an
/// unknown path below, for the page, for a stranger and without `Origin`. It follows no redirects
/// and sends no other method unless [told to](Self::send).
///
/// It sees what responses show. A fault that only some path brings out, such as a panic caught
/// outside the CORS layer, needs that path; a panic that nothing catches passes through.
#[derive(Clone, Debug)]
#[must_use]
pub struct Examination {
    environment: Environment,
    url: String,
    also: Vec<String>,
    methods: Vec<Method>,
    sent: Vec<Method>,
    headers: Vec<(String, Vec<u8>)>,
    credentials: Credentials,
    ignored: Vec<String>,
}

impl Examination {
    pub(super) fn new(environment: Environment, url: &str) -> Self {
        Self {
            environment,
            url: url.to_owned(),
            also: Vec::new(),
            methods: vec![Method::GET],
            sent: Vec::new(),
            headers: Vec::new(),
            credentials: Credentials::default(),
            ignored: Vec::new(),
        }
    }

    /// Adds a URL, or a reference relative to the first one, such as `/fails` for a route that
    /// answers with 500.
    pub fn also(mut self, url: impl Into<String>) -> Self {
        self.also.push(url.into());
        self
    }

    /// Adds a preflight for this method, without sending the method itself.
    pub fn method(mut self, method: Method) -> Self {
        self.methods.push(method);
        self
    }

    /// Sends this method to the first URL, without a body, after its preflight. It is for methods
    /// that may do something there.
    pub fn send(mut self, method: Method) -> Self {
        self.sent.push(method.clone());
        self.method(method)
    }

    /// Adds a request header, which preflights ask for and all other requests have. One that
    /// scripts cannot set is left out.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Sets whether credentials are included, as [`Fetch::credentials`](super::Fetch::credentials)
    /// does.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// Says nothing about this response header, be it exposed and not sent, or sent and not
    /// exposed.
    pub fn ignore_header(mut self, name: impl AsRef<str>) -> Self {
        self.ignored.push(name.as_ref().to_ascii_lowercase());
        self
    }

    /// Examines a service that takes any request body, as routers of axum and tonic and layers
    /// around them do.
    ///
    /// # Panics
    ///
    /// If a URL is not an http(s) URL of another origin than the page's, or a header or method is
    /// one that `fetch` throws at.
    pub async fn run<S, R>(self, service: &mut S) -> Report
    where
        S: Service<HttpRequest<Body>, Response = Response<R>>,
        S::Error: Into<BoxError>,
        R: HttpBody,
        R::Error: Into<BoxError>,
    {
        self.run_as(service).await
    }

    /// Examines, as [`run`](Self::run), a service that takes a request body of its own, such as
    /// `service_fn` with a typed argument.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    pub async fn run_as<S, B, R>(self, service: &mut S) -> Report
    where
        S: Service<HttpRequest<B>, Response = Response<R>>,
        S::Error: Into<BoxError>,
        B: From<Vec<u8>>,
        R: HttpBody,
        R::Error: Into<BoxError>,
    {
        let mut probes = Vec::new();
        for question in self.questions() {
            probes.push(question.ask(service).await);
        }
        let two_layers = layers::two_layers(&probes);
        let mut findings = refusals::refusals(&probes, two_layers.is_some());
        findings.extend(two_layers);
        findings.extend(varying::vary_lacks_origin(&probes));
        findings.extend(exposing::exposures(&probes, &self.ignored));
        Report { findings, exchanges: probes.into_iter().map(|probe| probe.exchange).collect() }
    }

    fn questions(&self) -> Vec<Question> {
        let first = self.request(Asker::Page, &Method::GET, &self.url).url;
        let also = self.also.iter().map(|reference| joined(&first, reference));
        let unknown = joined(&first, &unknown_below(&first));
        let mut questions = Vec::new();
        for url in std::iter::once(first.to_string()).chain(also) {
            questions.extend(self.methods.iter().map(|method| self.preflight(method, &url)));
            questions.extend(self.reads(&url));
            for method in [Method::HEAD, Method::OPTIONS] {
                questions.push(self.actual(Asker::Page, &method, &url));
            }
        }
        questions.extend(self.reads(&unknown));
        let first = first.to_string();
        questions.extend(self.sent.iter().map(|method| self.actual(Asker::Page, method, &first)));
        questions
    }

    /// GET as everyone.
    fn reads(&self, url: &str) -> [Question; 3] {
        [Asker::Page, Asker::Stranger, Asker::Nobody]
            .map(|asker| self.actual(asker, &Method::GET, url))
    }

    fn preflight(&self, method: &Method, url: &str) -> Question {
        let request = self.request(Asker::Page, method, url);
        Question::preflight(Asker::Page, self.environment.shared.profile, request)
    }

    fn actual(&self, asker: Asker, method: &Method, url: &str) -> Question {
        let request = self.request(asker, method, url);
        let shared = &self.environment.shared;
        let cookies = match request.sends_credentials() {
            true => shared.cookies_for(request.url.host()),
            false => None,
        };
        Question::actual(asker, shared.profile, request, cookies.as_deref())
    }

    fn request(&self, asker: Asker, method: &Method, url: &str) -> Request {
        let mut script = Script::new(method.as_str(), url);
        script.headers.clone_from(&self.headers);
        script.credentials = self.credentials;
        let request = script.request(&self.environment);
        let mut request = request.unwrap_or_else(|reason| panic!("{reason}"));
        assert!(
            !request.is_same_origin(),
            "{url:?} is of the page's own origin, which needs no CORS"
        );
        request.tainting = Tainting::Cors;
        if asker == Asker::Stranger {
            request.origin = Origin::tuple(STRANGER.to_owned());
        }
        request
    }
}

fn joined(base: &Url, reference: &str) -> String {
    let url = base.join(reference).unwrap_or_else(|error| panic!("{error}"));
    url.to_string()
}

fn unknown_below(url: &Url) -> String {
    let path = url.path_and_query();
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    format!("{}/{UNKNOWN}", path.trim_end_matches('/'))
}
