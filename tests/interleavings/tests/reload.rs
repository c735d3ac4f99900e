//! Reloads and requests of several threads, in many orders of events.
#![cfg(shuttle)]

use std::{convert::Infallible, future::ready};

use futures_util::FutureExt;
use http::{Request, Response};
use shuttle::{check_pct, check_random, thread};
use tower::{Layer, Service, service_fn};
use tower_cors::{CorsHandle, CorsLayer, Outcome, PolicyChange};

const ORDERS: usize = 20_000;
/// How many times the scheduler turns from one thread to another where it should not.
const TURNS: usize = 3;

const ORIGINS: [&str; 3] = ["https://0.example", "https://1.example", "https://2.example"];

/// Each policy shows which it is, by its origin and by its `Vary`.
fn policy(nth: usize) -> CorsLayer {
    let name = ["x-0", "x-1", "x-2"][nth];
    CorsLayer::new().allow_origins([ORIGINS[nth]]).vary([http::HeaderName::from_static(name)])
}

fn reloadable() -> (CorsLayer, CorsHandle) {
    policy(0).reloadable().expect("the policy is valid")
}

/// The number of the policy that answers, by all it says.
fn answering(layer: &CorsLayer, origin: usize) -> usize {
    let mut service = layer.layer(service_fn(|_: Request<()>| {
        thread::yield_now();
        ready(Ok::<_, Infallible>(Response::new(())))
    }));
    let request = Request::get("/").header("origin", ORIGINS[origin]);
    let future = service.call(request.body(()).expect("the request is valid"));
    thread::yield_now();
    let Ok(response) = future.now_or_never().expect("nothing is waited for");
    let vary = response.headers()["vary"].to_str().expect("it is ASCII");
    let nth = (0..3).find(|nth| vary.contains(&format!("x-{nth}"))).expect("it is one of them");
    let is_allowed = response.headers().contains_key("access-control-allow-origin");
    assert_eq!(is_allowed, nth == origin, "the headers are of two policies");
    nth
}

fn origins_of(change: &PolicyChange) -> (Vec<String>, Vec<String>) {
    (change.opened().map(str::to_owned).collect(), change.closed().map(str::to_owned).collect())
}

fn check(test: fn()) {
    check_random(test, ORDERS);
    check_pct(test, ORDERS, TURNS);
}

#[test]
fn each_answer_is_of_one_policy_and_none_comes_back() {
    check(|| {
        let (layer, handle) = reloadable();
        let reloads = thread::spawn(move || {
            for nth in [1, 2] {
                let _change = handle.reload(policy(nth)).expect("the policy is valid");
            }
        });
        let requests: Vec<_> = (0..2)
            .map(|origin| {
                let layer = layer.clone();
                thread::spawn(move || {
                    let seen = [answering(&layer, origin), answering(&layer, origin + 1)];
                    assert!(seen[0] <= seen[1], "an old policy came back");
                })
            })
            .collect();
        reloads.join().expect("no reload fails");
        assert_eq!(answering(&layer, 2), 2);
        requests.into_iter().for_each(|thread| thread.join().expect("no answer is wrong"));
    });
}

#[test]
fn changes_of_two_threads_follow_one_another() {
    check(|| {
        let (layer, handle) = reloadable();
        let threads = [1, 2].map(|nth| {
            let handle = handle.clone();
            thread::spawn(move || origins_of(&handle.reload(policy(nth)).expect("it is valid")))
        });
        let [one, two] = threads.map(|thread| thread.join().expect("no reload fails"));
        let text = |nth: usize| vec![ORIGINS[nth].to_owned()];
        assert_eq!((&one.0, &two.0), (&text(1), &text(2)));
        // Whoever was first closed the first origin, and the other one what that had opened.
        let last = if one.1 == text(0) { 2 } else { 1 };
        assert_eq!((one.1, two.1), if last == 2 { (text(0), text(1)) } else { (text(2), text(0)) });
        // And what is served is what the last one said, by the handle's word too.
        assert_eq!(answering(&layer, last), last);
        let request = Request::get("/").header("origin", ORIGINS[last]);
        let (parts, ()) = request.body(()).expect("the request is valid").into_parts();
        let current = handle.current().explain(&parts).expect("it is valid");
        assert_eq!(current.outcome(), Outcome::Allowed);
    });
}
