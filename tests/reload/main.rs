//! A policy that is replaced while it is served.
#![cfg(feature = "reload")]

mod changes;
mod handle;
mod in_flight;
mod torture;

use std::{collections::BTreeMap, convert::Infallible, future::ready};

use futures_util::FutureExt;
use http::{Method, Request, Response};
use tower::{Layer, Service, service_fn};
use tower_cors::{Cors, CorsLayer, Denial};

const APP: &str = "https://app.example.com";
const OTHER: &str = "https://other.example";

/// A whole answer: status, header lines, and why it was refused.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, Vec<String>>,
    denial: Option<Denial>,
}

impl<B> From<Response<B>> for Answer {
    fn from(response: Response<B>) -> Self {
        let mut headers = BTreeMap::<_, Vec<_>>::new();
        for (name, value) in response.headers() {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            headers.entry(name.to_string()).or_default().push(value);
        }
        let denial = response.extensions().get().copied();
        Self { status: response.status().as_u16(), headers, denial }
    }
}

fn request(method: Method, headers: &[(&str, &str)]) -> Request<()> {
    let mut request = Request::builder().method(method).uri("/users");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(()).expect("the request is valid")
}

fn actual(origin: &str) -> Request<()> {
    request(Method::GET, &[("origin", origin)])
}

fn preflight(origin: &str) -> Request<()> {
    let headers = [("origin", origin), ("access-control-request-method", "PUT")];
    request(Method::OPTIONS, &headers)
}

/// The service of an application that has CORS headers of its own, which never come through.
fn application()
-> impl Service<Request<()>, Response = Response<()>, Error = Infallible, Future: Send> + Clone {
    service_fn(|_: Request<()>| {
        let response = Response::builder().status(201).header("vary", "accept");
        let response = response.header("access-control-allow-origin", "https://inner.example");
        ready(Ok(response.body(()).expect("the response is valid")))
    })
}

fn serve<S>(cors: &mut Cors<S>, request: Request<()>) -> Answer
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    let answer = cors.call(request).now_or_never().expect("nothing is waited for");
    answer.unwrap_or_else(|never| match never {}).into()
}

fn answer(layer: &CorsLayer, request: Request<()>) -> Answer {
    serve(&mut layer.layer(application()), request)
}

fn listed<const N: usize>(patterns: [&str; N]) -> CorsLayer {
    CorsLayer::new().allow_origins(patterns)
}

/// Of a layer that is changed by what the handle is given.
fn reloadable(layer: CorsLayer) -> (CorsLayer, tower_cors::CorsHandle) {
    layer.reloadable().unwrap_or_else(|error| panic!("{error}"))
}
