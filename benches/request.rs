//! What the layer adds to a request, beside the inner service alone and `tower_http::cors`.
//!
//! `cargo bench` runs it. Compare the contenders of one run with each other: times of different
//! runs, or machines, say little.

mod exchange;

use std::{convert::Infallible, hint::black_box};

use criterion::{
    BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime,
};
use futures_util::FutureExt;
use http::{Method, Request, Response};
use tower::{Layer, Service, util::service_fn};

use crate::exchange::{
    APP, STRANGER, actual, answer, origin_values, origins, ours, preflight, request, theirs,
};

/// Serves the request with a clone of the service, as axum and hyper do.
fn measure<S>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    service: &S,
    request: &Request<()>,
) where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible> + Clone,
{
    group.bench_function(name, |bencher| {
        bencher.iter_batched(
            || request.clone(),
            |request| black_box(service.clone().call(request).now_or_never()),
            BatchSize::SmallInput,
        );
    });
}

fn benchmark(criterion: &mut Criterion) {
    let names = "authorization,content-type";
    let scenarios = [
        ("not CORS", 1, request(&Method::GET, &[])),
        ("allowed, 1 origin", 1, actual(APP)),
        ("allowed, 10 origins", 10, actual(APP)),
        ("allowed, 1000 origins", 1_000, actual(APP)),
        ("denied, 1 origin", 1, actual(STRANGER)),
        ("preflight allowed, 1 origin", 1, preflight(APP, "PUT", names)),
        ("preflight denied, 1 origin", 1, preflight(STRANGER, "PUT", names)),
    ];
    for (name, count, request) in scenarios {
        let ours = ours().allow_origins(origins(count)).build().expect("the settings are valid");
        let theirs = theirs().allow_origin(origin_values(count));
        let mut group = criterion.benchmark_group(name);
        measure(&mut group, "inner alone", &service_fn(answer), &request);
        measure(&mut group, "tower-cors", &ours.layer(service_fn(answer)), &request);
        measure(&mut group, "tower-http", &theirs.layer(service_fn(answer)), &request);
        group.finish();
    }
}

criterion_group!(benches, benchmark);
criterion_main!(benches);
