//! What a hostile value costs, counted by Callgrind: within the bounds of what is looked at, four times
//! the bytes take at most four times the instructions, and far beyond them hardly more.

use std::error::Error;

use futures_util::FutureExt;
use http::{HeaderValue, Request, Response};
use tower::{Layer, Service, service_fn};
use tower_cors::CorsLayer;

use crate::{
    callgrind::{count, counted_round},
    served::{actual, one, preflight, values},
    table::{Row, headers, methods, origins},
    victims::{APP, asked, victims},
};

/// A megabyte is divided by these: two sizes within the bounds, and one beyond.
const DIVISORS: [usize; 3] = [1_024, 256, 16];
const GROWTH_WITHIN: u64 = 4;
const GROWTH_BEYOND: u64 = 2;

/// Something that takes time, prepared.
type Work = Box<dyn FnOnce()>;

/// The same for a value of each size.
type Round = (String, [Work; 3]);

/// Serving a request, and saying why it is refused.
fn serving(cors: &CorsLayer, request: Request<()>) -> Work {
    let mut service =
        cors.layer(service_fn(|_: Request<()>| async { Ok::<_, ()>(Response::new(())) }));
    let (cors, (parts, ())) = (cors.clone(), request.clone().into_parts());
    Box::new(move || {
        drop(service.call(request).now_or_never());
        drop(cors.explain(&parts).map(|explanation| explanation.to_string()));
    })
}

/// That of each large row, at the policy that it is made for.
fn rounds() -> Vec<Round> {
    let mut rounds = vec![("quadratic".into(), DIVISORS.map(quadratic))];
    let victims = victims();
    for row in origins().into_iter().filter(Row::is_large) {
        let victim = victims.iter().find(|victim| victim.name == row.victim);
        let cors = &victim.expect("it is known").layer;
        let actual = sized(&row).map(|origin| serving(cors, actual(&origin)));
        rounds.push((format!("{}, actual", row.name), actual));
        let asks = sized(&row).map(|origin| serving(cors, preflight(&origin, &one("PUT"), &[])));
        rounds.push((format!("{}, preflight", row.name), asks));
    }
    for (victim, cors) in asked() {
        let is_for_it = |row: &Row| row.victim == victim && row.is_large();
        for row in methods().into_iter().filter(is_for_it) {
            let asks = |method: Vec<_>| serving(&cors, preflight(&one(APP), &method, &[]));
            rounds.push((format!("method {}", row.name), sized(&row).map(asks)));
        }
        for row in headers().into_iter().filter(is_for_it) {
            let asks = |names: Vec<_>| serving(&cors, preflight(&one(APP), &one("PUT"), &names));
            rounds.push((format!("names {}", row.name), sized(&row).map(asks)));
        }
    }
    rounds
}

/// The value in each size.
fn sized(row: &Row) -> [Vec<HeaderValue>; 3] {
    DIVISORS.map(|divisor| values(&row.scaled(divisor)).expect("it can be sent"))
}

/// What the count must notice.
fn quadratic(divisor: usize) -> Work {
    let text = "a,".repeat(65_536 / divisor);
    Box::new(move || {
        let commas = text.char_indices().filter(|(_, c)| *c == ',');
        let before: usize = commas.map(|(at, _)| text[..at].matches(',').count()).sum();
        assert!(before > 0);
    })
}

#[test]
#[ignore = "what Callgrind counts: work_is_linear_within_the_bounds_and_constant_beyond runs it"]
fn counted() {
    for (_, works) in rounds() {
        for work in works {
            counted_round(work);
        }
    }
}

#[test]
fn work_is_linear_within_the_bounds_and_constant_beyond() -> Result<(), Box<dyn Error>> {
    let rounds = rounds();
    let Some(counts) = count("instructions::counted", DIVISORS.len() * rounds.len())? else {
        return Ok(());
    };
    for ((name, _), counts) in rounds.into_iter().zip(counts.chunks_exact(DIVISORS.len())) {
        let &[tiny, small, large] = counts else { unreachable!("three for each") };
        let is_bounded = small <= tiny * GROWTH_WITHIN && large <= small * GROWTH_BEYOND;
        assert_eq!(is_bounded, name != "quadratic", "{name}: {counts:?}");
    }
    Ok(())
}
