//! Origins joined by `AllowOrigin::or`.

use std::sync::{Arc, Mutex};

use tower_cors::{AllowOrigin, Any, CorsLayer};

use crate::{actual, allowed_origin, literal};

const LISTED: &str = "https://listed.example";
const PATTERN: &str = "https://*.pattern.example";
const MATCHING: &str = "https://a.pattern.example";
const ASKED: &str = "https://asked.example";
const ASKED_LATER: &str = "https://asked-later.example";
const STRANGER: &str = "https://stranger.example";

/// The predicates that were asked, in order.
type Asked = Arc<Mutex<Vec<&'static str>>>;

fn listed() -> AllowOrigin {
    AllowOrigin::list([literal(LISTED)])
}

fn patterns() -> AllowOrigin {
    AllowOrigin::patterns([PATTERN])
}

fn predicate(name: &'static str, allowed: &'static str, asked: &Asked) -> AllowOrigin {
    let asked = Arc::clone(asked);
    AllowOrigin::predicate(move |origin, _| {
        asked.lock().expect("no panic").push(name);
        origin == allowed
    })
}

fn async_predicate(name: &'static str, allowed: &'static str, asked: &Asked) -> AllowOrigin {
    let asked = Arc::clone(asked);
    AllowOrigin::async_predicate(move |origin, _| async move {
        asked.lock().expect("no panic").push(name);
        origin == allowed
    })
}

#[test]
fn lists_and_patterns_merge() {
    for union in [listed().or(patterns()), patterns().or(listed()), patterns().or(literal(LISTED))]
    {
        let layer = CorsLayer::new().allow_origin(union).build().unwrap();
        for allowed in [LISTED, MATCHING] {
            assert_eq!(allowed_origin(&layer, allowed), Some(allowed.into()));
        }
        assert_eq!(allowed_origin(&layer, STRANGER), None);
    }
}

#[test]
fn lists_are_asked_first_and_async_predicates_last() {
    let asked = Asked::default();
    let union = async_predicate("async", ASKED_LATER, &asked)
        .or(predicate("first", "", &asked))
        .or(listed())
        .or(async_predicate("async again", "", &asked))
        .or(predicate("second", ASKED, &asked))
        .or(patterns())
        .or(predicate("third", "", &asked));
    let layer = CorsLayer::new().allow_origin(union).build().unwrap();
    for (origin, allowed, expected) in [
        (LISTED, true, &[][..]),
        (MATCHING, true, &[]),
        (ASKED, true, &["first", "second"]),
        (ASKED_LATER, true, &["first", "second", "third", "async"]),
        (STRANGER, false, &["first", "second", "third", "async", "async again"]),
        ("null", false, &[]),
        ("https://stranger.example/", false, &[]),
    ] {
        assert_eq!(allowed_origin(&layer, origin), allowed.then(|| origin.into()), "{origin}");
        assert_eq!(asked.lock().unwrap().split_off(0), expected, "{origin}");
    }
}

#[test]
fn any_absorbs_the_rest() {
    let asked = Asked::default();
    let others =
        || [listed(), patterns(), predicate("asked", "", &asked), AllowOrigin::mirror_request()];
    for other in others() {
        for union in [AllowOrigin::any().or(other.clone()), other.clone().or(Any), other.or("*")] {
            let layer = CorsLayer::new().allow_origin(union).build().unwrap();
            for origin in [LISTED, STRANGER, "null"] {
                assert_eq!(actual(&layer, origin), ["200", "access-control-allow-origin: *"]);
            }
        }
    }
    assert!(asked.lock().unwrap().is_empty());
}

#[test]
fn mirror_absorbs_the_rest() {
    let asked = Asked::default();
    let mirror = AllowOrigin::mirror_request;
    for other in
        [listed(), patterns(), predicate("asked", "", &asked), async_predicate("async", "", &asked)]
    {
        for union in [mirror().or(other.clone()), other.or(mirror())] {
            let layer = CorsLayer::new().allow_origin(union).build().unwrap();
            for origin in [LISTED, STRANGER] {
                assert_eq!(allowed_origin(&layer, origin), Some(origin.into()));
            }
            assert_eq!(allowed_origin(&layer, "null"), None);
        }
    }
    assert!(asked.lock().unwrap().is_empty());
}

#[test]
fn nothing_is_neutral() {
    for union in [listed().or(AllowOrigin::default()), AllowOrigin::default().or(listed())] {
        let layer = CorsLayer::new().allow_origin(union).build().unwrap();
        assert_eq!(allowed_origin(&layer, LISTED), Some(LISTED.into()));
        assert_eq!(allowed_origin(&layer, STRANGER), None);
    }
}
