//! What is surely not meant, in the layer itself and in each branch.

use std::time::Duration;

use tower_cors::{Any, CorsLayer, Warning};

use crate::harness::{APP, PARTNER};

fn when(layer: CorsLayer, branch: CorsLayer) -> CorsLayer {
    layer.when(|_| false, branch)
}

fn fine() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

fn texts(layer: &CorsLayer) -> Vec<String> {
    layer.warnings().iter().map(Warning::to_string).collect()
}

#[test]
fn those_of_the_layer_itself_come_first_then_each_branchs() {
    let layer = fine().allow_origins([PARTNER]);
    let layer = when(layer, CorsLayer::very_permissive());
    let layer = when(layer, fine());
    let layer = when(layer, fine().max_age(Duration::from_secs(7_201)));
    assert_eq!(
        texts(&layer),
        [
            "allow_origin: allow_origin and allow_origins were called more than once, and only the last call counts; \
             write one call, or join them with AllowOrigin::or",
            "when[0].very_permissive: every site can read with the user's credentials; list the origins",
            "when[2].max_age \"7201s\": Chromium remembers for 7200 s at most; write Duration::from_secs(7200) or less",
        ]
    );
    let built = layer.build().unwrap();
    let warnings = built.warnings();
    let places: Vec<_> = warnings.iter().map(|w| (w.branch(), w.code(), w.value())).collect();
    assert_eq!(
        places,
        [
            (None, "origin-set-twice", None),
            (Some(0), "very-permissive", None),
            (Some(2), "max-age-over-chromium-cap", Some("7201s")),
        ]
    );
}

/// Where others are allowed elsewhere, to allow nobody is meant.
#[test]
fn a_part_that_allows_nobody_is_no_warning() {
    for layer in [
        when(CorsLayer::new(), fine()),
        when(fine(), CorsLayer::new()),
        when(when(CorsLayer::new(), CorsLayer::new()), CorsLayer::new().allow_origin(Any)),
        when(when(CorsLayer::new(), CorsLayer::new().allow_origin(Any)), CorsLayer::new()),
    ] {
        assert_eq!(texts(&layer), [""; 0]);
    }
}

#[test]
fn a_whole_that_allows_nobody_is_one_warning() {
    let layer = when(when(CorsLayer::new(), CorsLayer::new()), CorsLayer::new());
    assert_eq!(
        texts(&layer),
        [
            "allow_origin: no origin is allowed, so no page can read anything; write allow_origins, or leave out the layer"
        ]
    );
}

/// A pattern of one policy covers nothing of another one.
#[test]
fn policies_are_not_compared() {
    let wide = CorsLayer::new().allow_origins(["https://*.example.com"]);
    assert_eq!(texts(&when(wide, fine())), [""; 0]);
}
