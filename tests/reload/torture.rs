//! Many threads of requests, across many changes: each answer is wholly of one policy.

use std::{
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use http::{HeaderName, Method, Request, StatusCode};
use tower::Layer;
use tower_cors::{Any, CorsLayer};

use crate::{
    APP, Answer, OTHER, actual, answer, application, listed, preflight, reloadable, request, serve,
};

const THREADS: usize = 8;
const RELOADS: usize = 10_000;

/// Policies that differ in all that an answer can show.
fn policies() -> [CorsLayer; 2] {
    let some = listed([APP, "https://*.example.org"])
        .allow_credentials(true)
        .allow_headers([HeaderName::from_static("x-one")])
        .allow_methods([Method::PUT])
        .expose_headers([HeaderName::from_static("x-shown")])
        .max_age(Duration::from_secs(60));
    let others = listed([OTHER, APP])
        .allow_headers(Any)
        .allow_methods([Method::DELETE])
        .enforce_origins(true)
        .expose_headers(Any)
        .max_age(Duration::from_secs(600))
        .preflight_status(StatusCode::OK)
        .vary([HeaderName::from_static("x-tenant")]);
    [some, others]
}

fn requests() -> Vec<Request<()>> {
    let origins = [APP, OTHER, "https://a.example.org", "https://evil.example", "null"];
    let without = request(Method::GET, &[]);
    origins.iter().flat_map(|origin| [actual(origin), preflight(origin)]).chain([without]).collect()
}

struct Case {
    request: Request<()>,
    /// The answers of both policies.
    answers: [Answer; 2],
}

fn cases() -> Vec<Case> {
    let case = |request: Request<()>| {
        let answers = policies().map(|policy| answer(&policy, request.clone()));
        Case { request, answers }
    };
    let cases: Vec<_> = requests().into_iter().map(case).collect();
    assert!(cases.iter().all(|case| case.answers[0] != case.answers[1]), "the policies differ");
    cases
}

/// How often each policy was seen. Panics at an answer that is neither's.
fn ask(layer: &CorsLayer, cases: &[Case], is_over: &AtomicBool, start: &Barrier) -> [usize; 2] {
    let mut service = layer.layer(application());
    let mut seen = [0; 2];
    start.wait();
    while !is_over.load(Ordering::Relaxed) {
        for Case { request, answers } in cases {
            let answer = serve(&mut service.clone(), request.clone());
            let policy = answers.iter().position(|of_one| *of_one == answer);
            seen[policy.unwrap_or_else(|| panic!("{answer:?} is neither of {answers:?}"))] += 1;
            // Both kept and cloned.
            assert!(answers.contains(&serve(&mut service, request.clone())));
        }
    }
    seen
}

#[test]
fn each_answer_is_of_one_policy() {
    let (policies, cases) = (policies(), cases());
    let (layer, handle) = reloadable(policies[0].clone());
    let (is_over, start) = (AtomicBool::new(false), Barrier::new(THREADS + 1));
    let seen = thread::scope(|scope| {
        let threads: Vec<_> =
            (0..THREADS).map(|_| scope.spawn(|| ask(&layer, &cases, &is_over, &start))).collect();
        start.wait();
        let mut service = layer.layer(application());
        for nth in 1..=RELOADS {
            let policy = nth % 2;
            let _change = handle.reload(policies[policy].clone()).expect("both are valid");
            // What comes after a change is answered by it.
            let Case { request, answers } = &cases[nth % cases.len()];
            assert_eq!(serve(&mut service, request.clone()), answers[policy]);
        }
        is_over.store(true, Ordering::Relaxed);
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no answer is wrong"))
            .collect::<Vec<_>>()
    });
    for policy in 0..2 {
        let total: usize = seen.iter().map(|seen| seen[policy]).sum();
        assert!(total > 0, "one of the policies was never seen: {seen:?}");
    }
}

/// Many hands: changes follow one another, whoever makes them, so what opened has closed before.
#[test]
fn changes_by_many_threads_are_one_chain() {
    let (_, handle) = reloadable(listed([APP]));
    let balance: i64 = thread::scope(|scope| {
        let change = |nth: usize| {
            let handle = handle.clone();
            move || {
                let mut balance = 0;
                for round in 0..200 {
                    let origin = format!("https://{}.example", (nth + round) % 5);
                    let change = handle.reload(CorsLayer::new().allow_origins([origin]));
                    let change = change.expect("the policy is valid");
                    assert!(change.opened().len() <= 1 && change.closed().len() <= 1);
                    // Whatever is replaced, one origin was allowed before, and one is now.
                    balance += change.opened().len() as i64 - change.closed().len() as i64;
                }
                balance
            }
        };
        let threads: Vec<_> = (0..THREADS).map(|nth| scope.spawn(change(nth))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no change is wrong")).sum()
    });
    assert_eq!(balance, 0);
    let current = handle.current();
    let allowed = |nth: &usize| {
        let (parts, ()) = actual(&format!("https://{nth}.example")).into_parts();
        current.explain(&parts).expect("it is valid").outcome() == tower_cors::Outcome::Allowed
    };
    assert_eq!((0..5).filter(allowed).count(), 1);
}
