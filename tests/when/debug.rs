//! What a layer with branches shows of itself.

use tower::Layer;
use tower_cors::CorsLayer;

use crate::harness::{APP, PARTNER};

fn layer() -> CorsLayer {
    let partners = CorsLayer::new().allow_origins([PARTNER]);
    CorsLayer::new().allow_origins([APP]).when(|target| target.uri().path() == "/", partners)
}

#[test]
fn a_layer_shows_the_settings_of_its_branches_built_or_not() {
    for layer in [layer(), layer().build().unwrap()] {
        let shown = format!("{layer:?}");
        for text in ["branches: [Branch(Settings {", APP, PARTNER] {
            assert!(shown.contains(text), "{shown}");
        }
    }
}

#[test]
fn a_service_shows_its_inner_service_alone() {
    assert_eq!(format!("{:?}", layer().layer("inner")), "Cors { inner: \"inner\", .. }");
}
