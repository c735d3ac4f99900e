//! What an unlisted origin costs, counted by Callgrind: as much however near it is to a listed one,
//! so that time does not lead to the list byte by byte.

use std::{error::Error, hint::black_box};

use futures_util::FutureExt;
use http::{Request, Response, header::ORIGIN};
use tower::{Layer, Service, service_fn};
use tower_cors::CorsLayer;

use crate::callgrind::{count, counted_round};

const LISTED: &str = "https://a.app.example.com";
const WILDCARD: &str = "https://*.app.example.com";
/// Of some thousand instructions.
const ALIKE: u64 = 64;

/// Something that is asked about an origin.
type Ask = Box<dyn FnMut(&str)>;

fn asks() -> Vec<(&'static str, Ask)> {
    let others = (0..1000).map(|number| format!("https://{number:05}.example.com"));
    let list = others.chain([LISTED.to_owned()]);
    vec![
        ("byte by byte", Box::new(|origin| assert!(!is_listed(origin)))),
        ("one origin", served(&CorsLayer::new().allow_origins([LISTED]))),
        ("a list", served(&CorsLayer::new().allow_origins(list))),
        ("a wildcard", served(&CorsLayer::new().allow_origins([WILDCARD]))),
    ]
}

/// What the count must notice.
fn is_listed(origin: &str) -> bool {
    let mut pairs = origin.bytes().zip(LISTED.bytes());
    pairs.all(|(byte, listed)| black_box(byte) == black_box(listed))
}

fn served(cors: &CorsLayer) -> Ask {
    let inner = service_fn(|_: Request<()>| async { Ok::<_, ()>(Response::new(())) });
    let mut service = cors.layer(inner);
    Box::new(move |origin| {
        let request = Request::get("/").header(ORIGIN, origin).body(());
        let request = request.expect("it is a request");
        drop(service.call(request).now_or_never());
    })
}

/// All that differ from the listed origin in one byte of what the wildcard stands on.
fn strangers() -> Vec<String> {
    let places = "https://a.".len()..LISTED.len();
    let letters = places.filter(|place| LISTED.as_bytes()[*place] != b'.');
    let stranger = |place| {
        let mut stranger = LISTED.to_owned();
        stranger.replace_range(place..=place, "q");
        stranger
    };
    letters.map(stranger).collect()
}

#[test]
#[ignore = "what Callgrind counts: time_does_not_lead_to_the_list runs it"]
fn counted() {
    let strangers = strangers();
    for (_, mut ask) in asks() {
        // The first call allocates what later ones find.
        ask(&strangers[0]);
        for stranger in &strangers {
            counted_round(|| ask(stranger));
        }
    }
}

#[test]
fn time_does_not_lead_to_the_list() -> Result<(), Box<dyn Error>> {
    let (asks, strangers) = (asks(), strangers());
    let Some(counts) = count("timing::counted", asks.len() * strangers.len())? else {
        return Ok(());
    };
    for ((name, _), counts) in asks.iter().zip(counts.chunks_exact(strangers.len())) {
        // The least, as a few have part of their hash in common with a listed one by chance.
        let (far, near) = counts.split_at(counts.len() / 2);
        let [far, near] = [far, near].map(|counts| counts.iter().min().expect("there are some"));
        let is_told = near.abs_diff(*far) > ALIKE;
        assert_eq!(is_told, *name == "byte by byte", "{name}: {counts:?}");
    }
    Ok(())
}
