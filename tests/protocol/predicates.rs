//! What predicates are shown, in which order they are asked, and when.

use std::{
    future::{pending, ready},
    sync::{Arc, Mutex},
    time::Duration,
};

use http::{HeaderValue, Request, Response, request::Parts};
use tower::{Layer, Service, ServiceExt, service_fn};
use tower_cors::{AllowCredentials, AllowOrigin, Any, CorsLayer, Denial, MaxAge};

use crate::{
    coverage::Covers,
    harness::{ACAO, APP, EVIL, actual, plain, preflight},
};

/// The covered rules of the tests below.
pub(crate) const COVERS: [Covers; 2] = [
    (are_shown_serialized_origins_only, &["S7", "S20", "D7b"]),
    (lists_then_predicates_then_async_ones, &["S4"]),
];

/// What was asked, and of whom.
#[derive(Clone, Default)]
struct Record(Arc<Mutex<Vec<String>>>);

impl Record {
    fn add(&self, what: &str, origin: &HeaderValue) {
        let origin = origin.as_bytes().escape_ascii();
        self.0.lock().expect("no panic").push(format!("{what} {origin}"));
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("no panic"))
    }

    fn predicate(&self, what: &'static str, says: &'static str) -> AllowOrigin {
        let record = self.clone();
        AllowOrigin::predicate(move |origin, _| {
            record.add(what, origin);
            origin == says
        })
    }

    fn async_predicate(&self, what: &'static str, says: &'static str) -> AllowOrigin {
        let record = self.clone();
        AllowOrigin::async_predicate(move |origin, _: &Parts| async move {
            record.add(what, &origin);
            origin == says
        })
    }

    fn credentials(&self) -> AllowCredentials {
        let record = self.clone();
        AllowCredentials::predicate(move |origin, _| {
            record.add("credentials", origin);
            true
        })
    }

    fn max_age(&self) -> MaxAge {
        let record = self.clone();
        MaxAge::dynamic(move |origin, _| {
            record.add("max age", origin);
            Duration::from_secs(1)
        })
    }
}

fn answer(config: &CorsLayer, request: http::request::Builder) -> Response<()> {
    let service = config.layer(service_fn(|_: Request<()>| ready(Ok::<_, ()>(Response::new(())))));
    let request = request.body(()).expect("a request");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(service.oneshot(request)).expect("a response")
}

#[test]
fn are_shown_serialized_origins_only() {
    let record = Record::default();
    let asked = CorsLayer::new()
        .allow_origin(record.predicate("sync", "").or(record.async_predicate("async", APP)))
        .allow_credentials(record.credentials())
        .max_age(record.max_age());
    let null = asked.clone().allow_credentials(false).dangerously_allow_origins(["null"]);
    let any = CorsLayer::new().allow_origin(Any).max_age(record.max_age());
    let mirror = CorsLayer::very_permissive().max_age(record.max_age());

    let not_shown: [&[u8]; 8] = [
        b"null",
        b"",
        b"garbage",
        b"HTTPS://APP.EXAMPLE.COM",
        b"https://app.example.com/",
        b"https://app.example.com,https://app.example.com",
        b"\xff",
        b"https://app.example.com:443",
    ];
    for config in [&asked, &null, &any, &mirror] {
        for origin in not_shown {
            answer(config, actual(origin));
            answer(config, preflight(origin, "PUT"));
            assert_eq!(record.take(), [""; 0], "{}", origin.escape_ascii());
        }
        answer(config, actual(APP).header("origin", APP));
        answer(config, preflight(APP, "PUT").header("origin", APP));
        answer(config, plain("POST"));
        assert_eq!(record.take(), [""; 0]);
    }
}

#[test]
fn credentials_and_max_age_are_asked_of_allowed_origins() {
    let record = Record::default();
    let asks_all = |config: CorsLayer| {
        config.allow_credentials(record.credentials()).max_age(record.max_age())
    };
    let list = asks_all(CorsLayer::new().allow_origins([APP]));
    let sync = asks_all(CorsLayer::new().allow_origin(record.predicate("sync", APP)));
    // The answer comes too late: predicates are asked in `call`.
    let slow = asks_all(CorsLayer::new().allow_origin(record.async_predicate("async", APP)));
    let any = CorsLayer::new().allow_origin(Any).max_age(record.max_age());
    let mirror = CorsLayer::very_permissive().max_age(record.max_age());
    let table: [(&CorsLayer, &str, &[&str], &[&str]); 9] = [
        (&list, APP, &["credentials"], &["credentials", "max age"]),
        (&list, EVIL, &[], &[]),
        (&sync, APP, &["credentials", "sync"], &["credentials", "max age", "sync"]),
        (&sync, EVIL, &["sync"], &["sync"]),
        (&slow, APP, &["async", "credentials"], &["async", "credentials", "max age"]),
        (&slow, EVIL, &["async", "credentials"], &["async", "credentials", "max age"]),
        (&any, EVIL, &[], &["max age"]),
        (&mirror, EVIL, &[], &["max age"]),
        (&mirror, "null", &[], &[]),
    ];
    for (config, origin, by_actual, by_preflight) in table {
        for (request, asked) in
            [(actual(origin), by_actual), (preflight(origin, "PUT"), by_preflight)]
        {
            answer(config, request);
            let mut record = record.take();
            record.sort();
            let asked: Vec<_> = asked.iter().map(|what| format!("{what} {origin}")).collect();
            assert_eq!(record, asked);
        }
    }
}

#[test]
fn lists_then_predicates_then_async_ones() {
    const OTHER: &str = "https://other.example";
    const THIRD: &str = "https://third.example";
    let record = Record::default();
    // Written in another order than they are asked.
    let origins = record
        .async_predicate("async 1", THIRD)
        .or(record.predicate("sync 1", OTHER))
        .or("https://app.example.com")
        .or(record.async_predicate("async 2", EVIL))
        .or(record.predicate("sync 2", EVIL));
    let config = CorsLayer::new()
        .allow_origin(origins)
        .dangerously_allow_origins(["http://intranet.example"]);
    let table: [(&str, &[&str], bool); 6] = [
        (APP, &[], true),
        ("http://intranet.example", &[], true),
        (OTHER, &["sync 1"], true),
        (EVIL, &["sync 1", "sync 2"], true),
        (THIRD, &["sync 1", "sync 2", "async 1"], true),
        ("https://nobody.example", &["sync 1", "sync 2", "async 1", "async 2"], false),
    ];
    for (origin, asked, is_allowed) in table {
        let asked: Vec<_> = asked.iter().map(|what| format!("{what} {origin}")).collect();
        for request in [actual(origin), preflight(origin, "GET")] {
            let response = answer(&config, request);
            assert_eq!(record.take(), asked);
            assert_eq!(response.headers().contains_key(ACAO), is_allowed, "{origin}");
            let denial = (!is_allowed).then_some(Denial::OriginNotAllowed);
            assert_eq!(response.extensions().get(), denial.as_ref(), "{origin}");
        }
    }
}

#[test]
fn predicates_see_the_whole_request() {
    let config = CorsLayer::new().allow_origin(AllowOrigin::predicate(|_, parts| {
        parts.method == "PUT"
            && parts.uri == "/users?page=2"
            && parts.headers["x-tenant"] == "1"
            && parts.extensions.get::<u8>() == Some(&7)
    }));
    let request = || actual(APP).method("PUT").header("x-tenant", "1").extension(7_u8);
    assert!(answer(&config, request()).headers().contains_key(ACAO));
    assert!(!answer(&config, request().method("POST")).headers().contains_key(ACAO));
}

#[test]
fn sync_predicates_are_asked_before_the_inner_service_is_called() {
    let record = Record::default();
    let config = CorsLayer::new()
        .allow_origin(record.predicate("sync", APP))
        .allow_credentials(record.credentials());
    let inner = record.clone();
    let mut service = config.layer(service_fn(move |_: Request<()>| {
        inner.add("inner", &HeaderValue::from_static("called"));
        pending::<Result<Response<()>, ()>>()
    }));
    // Not polled: `call` alone asks.
    drop(service.call(actual(APP).body(()).unwrap()));
    let asked =
        ["sync https://app.example.com", "credentials https://app.example.com", "inner called"];
    assert_eq!(record.take(), asked);
}
