use std::{convert::Infallible, hint::black_box};

use futures_util::FutureExt;
use http::{Request, Response};

use super::{Contestant, Service};
use crate::inner::Body;

/// A tower service.
pub(crate) struct Tower<S> {
    service: S,
    prepared: Vec<Request<()>>,
}

/// A hyper service.
pub(super) struct Hyper<S> {
    service: S,
    prepared: Vec<Request<()>>,
}

impl<S> Tower<S>
where
    S: tower::Service<Request<()>, Response = Response<Body>, Error = Infallible> + Clone + 'static,
{
    pub(crate) fn of(service: S) -> Box<dyn Contestant> {
        Box::new(Self { service, prepared: Vec::new() })
    }
}

impl<S> Contestant for Tower<S>
where
    S: tower::Service<Request<()>, Response = Response<Body>, Error = Infallible> + Clone,
{
    fn answer(&mut self, request: Request<()>) -> Response<Body> {
        let answered = self.service.call(request).now_or_never();
        let Ok(response) = answered.expect("nothing waits");
        response
    }

    fn prepare(&mut self, requests: Vec<Request<()>>) {
        self.prepared = requests;
    }

    fn serve(&mut self, service: Service) {
        for request in self.prepared.drain(..) {
            match service {
                Service::Cloned => tower_exchange::<_, true>(&mut self.service, request),
                Service::Kept => tower_exchange::<_, false>(&mut self.service, request),
            }
        }
    }
}

impl<S> Hyper<S>
where
    S: hyper::service::Service<Request<()>, Response = Response<Body>, Error = Infallible>
        + Clone
        + 'static,
{
    pub(super) fn of(service: S) -> Box<dyn Contestant> {
        Box::new(Self { service, prepared: Vec::new() })
    }
}

impl<S> Contestant for Hyper<S>
where
    S: hyper::service::Service<Request<()>, Response = Response<Body>, Error = Infallible> + Clone,
{
    fn answer(&mut self, request: Request<()>) -> Response<Body> {
        let answered = self.service.call(request).now_or_never();
        let Ok(response) = answered.expect("nothing waits");
        response
    }

    fn prepare(&mut self, requests: Vec<Request<()>>) {
        self.prepared = requests;
    }

    fn serve(&mut self, service: Service) {
        for request in self.prepared.drain(..) {
            match service {
                Service::Cloned => hyper_exchange::<_, true>(&self.service, request),
                Service::Kept => hyper_exchange::<_, false>(&self.service, request),
            }
        }
    }
}

// What Callgrind counts: the functions that are called `…_exchange`.

#[inline(never)]
fn tower_exchange<S, const CLONES: bool>(service: &mut S, request: Request<()>)
where
    S: tower::Service<Request<()>, Response = Response<Body>, Error = Infallible> + Clone,
{
    if CLONES {
        drop(black_box(service.clone().call(request).now_or_never()));
    } else {
        drop(black_box(service.call(request).now_or_never()));
    }
}

#[inline(never)]
fn hyper_exchange<S, const CLONES: bool>(service: &S, request: Request<()>)
where
    S: hyper::service::Service<Request<()>, Response = Response<Body>, Error = Infallible> + Clone,
{
    if CLONES {
        drop(black_box(service.clone().call(request).now_or_never()));
    } else {
        drop(black_box(service.call(request).now_or_never()));
    }
}
