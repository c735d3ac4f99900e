//! What a hostile value makes the layer allocate: it has a bound, whatever the size.

use std::{convert::Infallible, future::Ready, hint::black_box};

use allocation_counter::{AllocationInfo, measure};
use futures_util::FutureExt;
use http::{HeaderValue, Request, Response};
use tower::{Layer, Service, service_fn};
use tower_cors::CorsLayer;

use crate::{
    served::{actual, one, preflight, values},
    table::{Row, headers, methods, origins},
    victims::{APP, Trust, Victim, asked, victims},
};

/// The requested names that are looked at, 8 KiB at most, are listed, joined and written in lower
/// case.
const MOST_WHERE_NAMES_ARE_REPEATED: u64 = 48 * 1024;
/// Elsewhere: extensions, the room for a few headers, a boxed predicate.
const MOST: u64 = 4 * 1024;
/// What is shown of a request, each byte escaped, and what is said about it.
const MOST_TO_EXPLAIN: u64 = 64 * 1024;

fn inner(_: Request<()>) -> Ready<Result<Response<()>, Infallible>> {
    std::future::ready(Ok(Response::new(())))
}

fn serving(cors: &CorsLayer, request: Request<()>) -> AllocationInfo {
    let mut service = cors.layer(service_fn(inner));
    measure(|| drop(black_box(service.call(request).now_or_never())))
}

fn explaining(cors: &CorsLayer, request: Request<()>) -> AllocationInfo {
    let (parts, ()) = request.into_parts();
    measure(|| drop(black_box(cors.explain(&parts).map(|explained| explained.to_string()))))
}

#[test]
fn origins_allocate_within_a_bound() {
    let victims = victims();
    for row in origins() {
        let Some(origin) = values(&row.lines()) else { continue };
        for victim in &victims {
            let who = format!("{} at {}", row.name, victim.name);
            for request in [|origin: &[HeaderValue]| actual(origin), asking] {
                forget(victim);
                let served = serving(&victim.layer, request(&origin));
                assert!(served.bytes_total <= MOST, "{who}: {served:?}");
                let explained = explaining(&victim.layer, request(&origin));
                assert!(explained.bytes_total <= MOST_TO_EXPLAIN, "{who}: {explained:?}");
            }
        }
    }
}

/// What a predicate has seen is the test's own memory.
fn forget(victim: &Victim) {
    if let Trust::Shown(seen) = &victim.trust {
        seen.lock().expect("no predicate panics").clear();
    }
}

fn asking(origin: &[HeaderValue]) -> Request<()> {
    preflight(origin, &one("PUT"), &one("content-type"))
}

#[test]
fn methods_and_names_allocate_within_a_bound() {
    let method = |row: Row| (row.name, preflight(&one(APP), &sendable(&row), &[]));
    let names = |row: Row| (row.name, preflight(&one(APP), &one("PUT"), &sendable(&row)));
    for (victim, cors) in asked() {
        let most = match victim {
            "mirror" | "any-with-credentials" => MOST_WHERE_NAMES_ARE_REPEATED,
            _ => MOST,
        };
        let methods = methods().into_iter().map(method);
        for (name, request) in methods.chain(headers().into_iter().map(names)) {
            let explained = explaining(&cors, request.clone());
            let served = serving(&cors, request);
            assert!(served.bytes_total <= most, "{name} at {victim}: {served:?}");
            assert!(explained.bytes_total <= MOST_TO_EXPLAIN, "{name} at {victim}: {explained:?}");
        }
    }
}

fn sendable(row: &Row) -> Vec<HeaderValue> {
    values(&row.lines()).expect("it can be sent")
}
