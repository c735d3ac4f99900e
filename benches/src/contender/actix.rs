use std::hint::black_box;

use actix_cors::Cors;
use actix_web::{
    Error, HttpResponse,
    dev::{Service as ActixService, ServiceRequest, ServiceResponse, Transform, fn_service},
    test::TestRequest,
};
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};

use super::{
    Contestant, Service,
    settings::{EXPOSED, MAX_AGE, METHODS, is_app, is_below, is_localhost, request_headers},
};
use crate::{
    inner::{Body, Inner},
    policy::Policy,
};

/// A service of actix-web, whose requests and responses are of other types than all others'.
struct Actix<S> {
    service: S,
    prepared: Vec<ServiceRequest>,
}

pub(super) fn alone(inner: Inner) -> Box<dyn Contestant> {
    Box::new(Actix { service: service(inner), prepared: Vec::new() })
}

pub(super) fn cors(policy: Policy) -> Cors {
    let is_below = is_below(policy);
    let cors = match policy {
        Policy::Any => Cors::default().allow_any_origin().send_wildcard(),
        Policy::AnyPort => {
            Cors::default().allowed_origin_fn(|origin, _| is_localhost(origin.as_bytes()))
        }
        Policy::AsyncPredicate | Policy::Predicate => {
            Cors::default().allowed_origin_fn(|origin, _| is_app(origin.as_bytes()))
        }
        Policy::Wildcards(_) => {
            Cors::default().allowed_origin_fn(move |origin, _| is_below(origin.as_bytes()))
        }
        _ => policy.patterns().fold(Cors::default(), |cors, origin| cors.allowed_origin(&origin)),
    };
    let names: Vec<_> = request_headers(policy).iter().map(ToString::to_string).collect();
    let cors = cors
        .allowed_methods(METHODS.iter().map(http::Method::as_str))
        .allowed_headers(&names)
        .max_age(MAX_AGE.as_secs() as usize);
    match policy {
        Policy::Credentials => {
            cors.supports_credentials().expose_headers(EXPOSED.iter().map(HeaderName::as_str))
        }
        _ => cors,
    }
}

pub(super) fn with_cors(cors: &Cors, inner: Inner) -> Box<dyn Contestant> {
    let layered = cors.new_transform(service(inner)).now_or_never();
    let service = layered.expect("nothing waits").expect("the settings are valid");
    Box::new(Actix { service, prepared: Vec::new() })
}

fn service(
    inner: Inner,
) -> impl ActixService<ServiceRequest, Response = ServiceResponse, Error = Error> {
    fn_service(move |request: ServiceRequest| async move {
        let mut response = HttpResponse::Ok();
        for (name, value) in inner.headers() {
            response.insert_header((name.as_str(), value));
        }
        Ok(request.into_response(response.finish()))
    })
}

impl<S, B> Contestant for Actix<S>
where
    S: ActixService<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    fn answer(&mut self, request: Request<()>) -> Response<Body> {
        let answered = self.service.call(translated(&request)).now_or_never();
        let answered = answered.expect("nothing waits").expect("nothing fails");
        let mut response = Response::new(Body::new());
        let status = StatusCode::from_u16(answered.status().as_u16());
        *response.status_mut() = status.expect("a status is a status");
        for (name, value) in answered.headers() {
            let name = HeaderName::try_from(name.as_str()).expect("a name is a name");
            let value = HeaderValue::from_bytes(value.as_bytes()).expect("a value is a value");
            response.headers_mut().append(name, value);
        }
        response
    }

    fn prepare(&mut self, requests: Vec<Request<()>>) {
        self.prepared = requests.iter().map(translated).collect();
    }

    /// Actix-web keeps one service for each thread.
    fn serve(&mut self, _: Service) {
        for request in self.prepared.drain(..) {
            actix_exchange(&self.service, request);
        }
    }
}

fn translated(request: &Request<()>) -> ServiceRequest {
    let method = actix_web::http::Method::from_bytes(request.method().as_str().as_bytes());
    let mut translated = TestRequest::default().method(method.expect("a method is a method"));
    for (name, value) in request.headers() {
        translated = translated.append_header((name.as_str(), value.as_bytes()));
    }
    translated.to_srv_request()
}

// What Callgrind counts: the functions that are called `…_exchange`.
#[inline(never)]
fn actix_exchange<S, B>(service: &S, request: ServiceRequest)
where
    S: ActixService<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    drop(black_box(service.call(request).now_or_never()));
}
