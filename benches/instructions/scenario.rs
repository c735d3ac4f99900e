use std::convert::Infallible;

use http::{HeaderValue, Method, Request, Response, header};

use crate::exchange::{APP, STRANGER, actual, answer, preflight, request};

pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) policy: Policy,
    pub(crate) request: fn() -> Request<()>,
    pub(crate) inner: Inner,
    /// How many times the floor's instructions this crate may take, each over the inner service.
    pub(crate) bound: f64,
}

/// Who is allowed.
#[derive(Clone, Copy)]
pub(crate) enum Policy {
    Any,
    /// One origin, with credentials and two exposed headers.
    Credentials,
    /// So many origins.
    Listed(usize),
    Wildcard,
}

/// What the inner service answers.
#[derive(Clone, Copy)]
pub(crate) enum Inner {
    AllowOrigin,
    /// No CORS layer asks it about a preflight, so that what it answers must cost nothing.
    Nothing,
    Plain,
    Vary,
}

// A bound is what was measured and 10 % more: enough for another build and for the hash of lists,
// which is keyed at random, too little for a slower request path to land unseen. Who makes it
// faster lowers the bound.
pub(crate) const SCENARIOS: [Scenario; 15] = [
    row("not CORS", Policy::Listed(1), not_cors, Inner::Plain, 1.72),
    row("allowed, 1 origin", Policy::Listed(1), from_app, Inner::Plain, 2.02),
    row("allowed, 10 origins", Policy::Listed(10), from_app, Inner::Plain, 1.72),
    row("allowed, 1,000 origins", Policy::Listed(1_000), from_app, Inner::Plain, 1.72),
    row("allowed, 100,000 origins", Policy::Listed(100_000), from_app, Inner::Plain, 1.72),
    row("any origin", Policy::Any, from_app, Inner::Plain, 2.05),
    row("wildcard pattern", Policy::Wildcard, from_app, Inner::Plain, 2.43),
    row("denied", Policy::Listed(1), from_stranger, Inner::Plain, 1.65),
    row("credentials, exposed headers", Policy::Credentials, from_app, Inner::Plain, 1.37),
    row("inner vary", Policy::Listed(1), from_app, Inner::Vary, 1.67),
    row("inner allow-origin", Policy::Listed(1), from_app, Inner::AllowOrigin, 1.92),
    row("preflight, no header", Policy::Listed(1), put, Inner::Nothing, 1.76),
    row("preflight, 3 headers", Policy::Listed(1), put_with_headers, Inner::Nothing, 1.93),
    row("preflight, origin refused", Policy::Listed(1), put_from_stranger, Inner::Nothing, 1.73),
    row("preflight, method refused", Policy::Listed(1), patch, Inner::Nothing, 1.59),
];

const fn row(
    name: &'static str,
    policy: Policy,
    request: fn() -> Request<()>,
    inner: Inner,
    bound: f64,
) -> Scenario {
    Scenario { name, policy, request, inner, bound }
}

impl Inner {
    pub(crate) async fn answer(self, request: Request<()>) -> Result<Response<()>, Infallible> {
        let added = match self {
            Self::AllowOrigin => (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            Self::Nothing => return Ok(Response::new(())),
            Self::Plain => return answer(request).await,
            Self::Vary => (header::VARY, "accept-encoding"),
        };
        let mut response = answer(request).await?;
        response.headers_mut().insert(added.0, HeaderValue::from_static(added.1));
        Ok(response)
    }
}

fn not_cors() -> Request<()> {
    request(&Method::GET, &[])
}

fn from_app() -> Request<()> {
    actual(APP)
}

fn from_stranger() -> Request<()> {
    actual(STRANGER)
}

fn put() -> Request<()> {
    preflight(APP, "PUT", "")
}

fn put_with_headers() -> Request<()> {
    preflight(APP, "PUT", "authorization,content-type,x-request-id")
}

fn put_from_stranger() -> Request<()> {
    preflight(STRANGER, "PUT", "authorization,content-type")
}

fn patch() -> Request<()> {
    preflight(APP, "PATCH", "authorization,content-type")
}
