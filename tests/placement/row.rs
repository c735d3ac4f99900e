//! A wrong place and the right one, and what a page sees of them.

use std::error::Error;

use axum::{Router, body::Body, routing};
use http::{Method, Request, Response, StatusCode, header};
use http_body::Body as HttpBody;
use tower::{
    Service, ServiceExt,
    util::{BoxService, MapErr},
};
use tower_cors::{
    CorsLayer,
    testing::{self, Blocked, Browser, Credentials, Exchange, Fetch, Page, Reason},
};

const APP: &str = "https://app.example.com";
const API: &str = "https://api.example.com";

type BoxError = Box<dyn Error + Send + Sync>;
pub(crate) type Stack = BoxService<Request<testing::Body>, Response<Body>, BoxError>;

pub(crate) struct Row {
    /// The first cell of the guide's row.
    pub(crate) name: &'static str,
    pub(crate) wrong: Stack,
    pub(crate) right: Stack,
    /// What a page fetches.
    pub(crate) fetch: fn(&Page) -> Fetch,
    /// The status that it reads of the right one.
    pub(crate) status: u16,
}

impl Row {
    /// What the page's console says of the wrong place.
    pub(crate) async fn play(mut self) -> String {
        let page = || Browser::new().cookie("api.example.com", "sid=1").page(APP);
        let outcome = (self.fetch)(&page()).send(&mut self.right).await;
        let status = outcome.expect_readable().status().as_u16();
        assert_eq!(status, self.status, "{}: the right place", self.name);
        let outcome = (self.fetch)(&page()).send(&mut self.wrong).await;
        let blocked = outcome.expect_blocked();
        if blocked.reason() == &Reason::AllowOriginMissing {
            let is_refusal = status_of(blocked) == Some(StatusCode::FORBIDDEN);
            assert_eq!(has_passed_the_layer(blocked), is_refusal, "{}", self.name);
        }
        console(blocked)
    }
}

fn status_of(blocked: &Blocked) -> Option<StatusCode> {
    blocked.exchanges().last().and_then(Exchange::status)
}

/// As the page about troubleshooting tells it: of the rows, the layer itself refuses with 403 alone.
fn has_passed_the_layer(blocked: &Blocked) -> bool {
    let headers = blocked.exchanges().last().and_then(Exchange::response_headers);
    headers.is_some_and(|headers| headers.get_all(header::VARY).iter().any(|line| line == "origin"))
}

/// The status that its network panel shows, and the end of what Chromium says.
fn console(blocked: &Blocked) -> String {
    let reason = match blocked.reason() {
        Reason::AllowOriginMissing => "No 'Access-Control-Allow-Origin' header is present",
        Reason::AllowOriginMultiple(_) => "contains multiple values",
        Reason::AllowOriginWildcard => "must not be the wildcard '*'",
        Reason::PreflightRedirected(_) => "Redirect is not allowed for a preflight request",
        Reason::ServiceFailed(_) => "net::ERR_EMPTY_RESPONSE",
        reason => panic!("the guide has no words for {reason:?}"),
    };
    let at = if blocked.at_preflight() { "preflight " } else { "" };
    let status =
        status_of(blocked).map_or("no response".to_owned(), |status| status.as_str().to_owned());
    format!("{at}{status}: {reason}")
}

pub(crate) fn stack<S, R>(service: S) -> Stack
where
    S: Service<Request<testing::Body>, Response = Response<R>> + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    R: HttpBody<Data = bytes::Bytes> + Send + 'static,
    R::Error: Into<BoxError>,
{
    let boxed = service.map_response(|response| response.map(Body::new));
    BoxService::new(MapErr::new(boxed, Into::into))
}

pub(crate) fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origins([APP])
        .allow_methods([Method::PUT])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .allow_credentials(true)
}

pub(crate) fn users() -> Router {
    let users = routing::get(async || "users").put(async || "saved").post(async |_: String| "new");
    Router::new().route("/users", users)
}

pub(crate) fn get(page: &Page) -> Fetch {
    page.get(format!("{API}/users"))
}

pub(crate) fn get_missing(page: &Page) -> Fetch {
    page.get(format!("{API}/missing"))
}

pub(crate) fn get_with_cookies(page: &Page) -> Fetch {
    get(page).credentials(Credentials::Include)
}

pub(crate) fn put(page: &Page) -> Fetch {
    page.put(format!("{API}/users")).header("authorization", "Bearer token")
}
