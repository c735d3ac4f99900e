//! A flood of refusals in the log. It is alone in its process: whether an event is heard is
//! remembered for all threads, and not while another test's subscriber comes or goes.
#![cfg(feature = "tracing")]

use std::{
    convert::Infallible,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use futures_util::FutureExt;
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cors::CorsLayer;
use tracing::{
    Dispatch, Event, Subscriber,
    dispatcher::with_default,
    field::{Field, Visit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{
    layer::{Context, SubscriberExt},
    registry,
};

/// How many refusals each warning says were left out.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<usize>>>);

struct LeftOut<'a>(&'a mut Vec<usize>);

impl<S: Subscriber> tracing_subscriber::Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut LeftOut(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)));
    }
}

impl Visit for LeftOut<'_> {
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "left_out" {
            self.0.push(usize::try_from(value).expect("a count fits"));
        }
    }
}

impl Log {
    fn take(&self) -> Vec<usize> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn flood(cors: &CorsLayer, refusals: usize, now_and_then: &(impl Fn() + Sync)) {
    for nth in 0..refusals {
        refuse(cors);
        if nth % 100 == 0 {
            now_and_then();
        }
    }
}

fn refuse(cors: &CorsLayer) {
    let inner = service_fn(|_: Request<()>| async { Ok::<_, Infallible>(Response::new(())) });
    let request = Request::get("/").header("origin", "https://evil.example").body(());
    let request = request.expect("the request is valid");
    let answered = cors.layer(inner).oneshot(request).now_or_never();
    let Ok(response) = answered.expect("nothing waits");
    assert_eq!(response.headers()["vary"], "origin");
}

#[test]
fn a_flood_is_warned_of_once_a_second_and_counted() {
    warns_once_a_second(allowing_one(), || ());
    changing_warns_no_more();
}

fn allowing_one() -> CorsLayer {
    CorsLayer::new().allow_origins(["https://app.example.com"])
}

/// A policy that is replaced meanwhile does not begin to count anew.
#[cfg(feature = "reload")]
fn changing_warns_no_more() {
    let (cors, handle) = allowing_one().reloadable().expect("the policy is valid");
    warns_once_a_second(cors, || drop(handle.reload(allowing_one())));
}

#[cfg(not(feature = "reload"))]
fn changing_warns_no_more() {}

/// Floods the layer, and does something now and then.
fn warns_once_a_second(cors: CorsLayer, now_and_then: impl Fn() + Sync) {
    const THREADS: usize = 8;
    const REFUSALS: usize = 12_500;
    let log = Log::default();
    let dispatch = Dispatch::new(registry().with(LevelFilter::WARN).with(log.clone()));
    let cors = with_default(&dispatch, || cors.build().expect("the policy is valid"));
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| with_default(&dispatch, || flood(&cors, REFUSALS, &now_and_then)));
        }
    });
    let seconds = usize::try_from(start.elapsed().as_secs()).expect("it does not take long");
    let flood = log.take();
    assert!((1..=seconds + 1).contains(&flood.len()), "{} in {seconds} s", flood.len());

    // The next warning tells of all that the last one has not.
    let mut served_after = 0;
    let mut last = Vec::new();
    while last.is_empty() {
        thread::sleep(Duration::from_millis(50));
        with_default(&dispatch, || refuse(&cors));
        served_after += 1;
        last = log.take();
    }
    let left_out: usize = flood.iter().chain(&last).sum();
    let warned = flood.len() + last.len();
    assert_eq!(left_out + warned, THREADS * REFUSALS + served_after);
}
