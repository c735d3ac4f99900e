use std::{convert::Infallible, hint::black_box};

use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Request, Response, header};
use tower::{Layer, Service, util::service_fn};

use crate::{
    exchange::{APP, origin_values, origins, ours, theirs},
    floor::{Any, Credentials, Floor, Listed, One, Shape, Wildcard},
    scenario::{Policy, Scenario},
};

#[derive(Clone, Copy)]
pub(crate) enum Contender {
    Inner,
    Floor,
    Ours,
    Theirs,
}

const EXPOSED: [HeaderName; 2] = [header::ETAG, HeaderName::from_static("x-request-id")];

impl Contender {
    pub(crate) const ALL: [Self; 4] = [Self::Inner, Self::Floor, Self::Ours, Self::Theirs];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Inner => "inner",
            Self::Floor => "floor",
            Self::Ours => "tower-cors",
            Self::Theirs => "tower-http",
        }
    }

    /// How many requests are counted.
    pub(crate) fn requests(self, scenario: &Scenario) -> usize {
        match (self, scenario.policy) {
            // Clones and searches its whole list for each.
            (Self::Theirs, Policy::Listed(100_000)) => 10,
            _ => 1_000,
        }
    }

    /// Serves one request uncounted, whose response is returned, and then `count` requests.
    pub(crate) fn serve(self, scenario: &Scenario, count: usize) -> Response<()> {
        let respond = scenario.inner;
        let inner = service_fn(move |request| respond.answer(request));
        let request = (scenario.request)();
        let requests = vec![request; count + 1];
        match self {
            Self::Inner => serve(&inner, requests),
            Self::Floor => serve_floor(scenario.policy, inner, requests),
            Self::Ours => serve(&our_layer(scenario.policy).layer(inner), requests),
            Self::Theirs => serve(&their_layer(scenario.policy).layer(inner), requests),
        }
    }
}

fn our_layer(policy: Policy) -> tower_cors::CorsLayer {
    let layer = match policy {
        Policy::Any => ours().allow_origin(tower_cors::Any),
        Policy::Credentials => {
            ours().allow_origins([APP]).allow_credentials(true).expose_headers(EXPOSED)
        }
        Policy::Listed(count) => ours().allow_origins(origins(count)),
        Policy::Wildcard => ours().allow_origins(["https://*.example.com"]),
    };
    layer.build().expect("the settings are valid")
}

fn their_layer(policy: Policy) -> tower_http::cors::CorsLayer {
    use tower_http::cors::{AllowOrigin, Any};

    let is_below = |origin: &HeaderValue| {
        let text = origin.as_bytes();
        text.starts_with(b"https://") && text.ends_with(b".example.com")
    };
    match policy {
        Policy::Any => theirs().allow_origin(Any),
        Policy::Credentials => {
            theirs().allow_origin(origin_values(1)).allow_credentials(true).expose_headers(EXPOSED)
        }
        Policy::Listed(count) => theirs().allow_origin(origin_values(count)),
        Policy::Wildcard => {
            theirs().allow_origin(AllowOrigin::predicate(move |origin, _| is_below(origin)))
        }
    }
}

fn serve_floor<S>(policy: Policy, inner: S, requests: Vec<Request<()>>) -> Response<()>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible> + Clone,
{
    fn with<P, S>(shape: P, inner: S, requests: Vec<Request<()>>) -> Response<()>
    where
        P: Shape,
        S: Service<Request<()>, Response = Response<()>, Error = Infallible> + Clone,
    {
        serve(&Floor::new(shape, inner), requests)
    }
    match policy {
        Policy::Any => with(Any, inner, requests),
        Policy::Credentials => with(Credentials, inner, requests),
        Policy::Listed(1) => with(One, inner, requests),
        Policy::Listed(count) => {
            let texts: &'static [String] = origins(count).leak();
            let set = texts.iter().map(String::as_bytes).collect();
            with(Listed(Box::leak(Box::new(set))), inner, requests)
        }
        Policy::Wildcard => with(Wildcard, inner, requests),
    }
}

fn serve<S>(service: &S, requests: Vec<Request<()>>) -> Response<()>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible> + Clone,
{
    let mut requests = requests.into_iter();
    let first = requests.next().expect("one is served uncounted");
    let response = service.clone().call(first).now_or_never();
    for request in requests {
        counted_exchange(service, request);
    }
    let Ok(response) = response.expect("nothing waits");
    response
}

/// What Callgrind counts. A clone of the service serves the request, as in axum and hyper.
#[inline(never)]
fn counted_exchange<S>(service: &S, request: Request<()>)
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible> + Clone,
{
    drop(black_box(service.clone().call(request).now_or_never()));
}
