//! What setters reach that are called before, after, and on a clone.

use http::{Method, StatusCode, header};
use tower_cors::{Any, CorsLayer};

use crate::harness::{APP, PARTNER, STRANGER, get, preflight, serve};

fn is_branch(target: &tower_cors::Target<'_>) -> bool {
    target.uri().path() == "/branch"
}

/// Status and header lines of a preflight of a `PUT`.
fn asks(layer: &CorsLayer, path: &str, origin: &str) -> Vec<String> {
    serve(layer, preflight(path, origin, "PUT").body(()).expect("the request is valid"))
}

const OF_BRANCH: [&str; 4] = [
    "204",
    "access-control-allow-methods: PUT",
    "access-control-allow-origin: https://partner.example",
    "vary: origin",
];

fn change(layer: CorsLayer) -> CorsLayer {
    layer
        .allow_origins([APP])
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION])
        .allow_credentials(true)
        .preflight_status(StatusCode::OK)
        .vary([header::ACCEPT])
}

#[test]
fn setters_of_the_layer_do_not_reach_the_branch_before_or_after() {
    let branch = CorsLayer::new().allow_origins([PARTNER]).allow_methods([Method::PUT]);
    for layer in [
        change(CorsLayer::new()).when(is_branch, branch.clone()),
        change(CorsLayer::new().when(is_branch, branch.clone())),
        change(CorsLayer::new().when(is_branch, branch).build().unwrap()),
    ] {
        assert_eq!(asks(&layer, "/branch", PARTNER), OF_BRANCH);
        assert_eq!(
            asks(&layer, "/", APP),
            [
                "200",
                "access-control-allow-credentials: true",
                "access-control-allow-headers: authorization",
                "access-control-allow-methods: PUT,DELETE",
                "access-control-allow-origin: https://app.example.com",
                "vary: origin, accept",
            ]
        );
    }
}

/// Like a setter, it makes a new layer: a clone keeps the policy that it has.
#[test]
fn when_does_not_reach_clones() {
    let layer = CorsLayer::new().allow_origins([APP]).build().unwrap();
    let with_branch = layer.clone().when(is_branch, CorsLayer::new().allow_origin(Any));
    let served = |layer: &CorsLayer| serve(layer, get("/branch", STRANGER).body(()).unwrap());
    assert_eq!(
        served(&layer),
        ["200", "inner: GET /branch", "vary: origin", "(origin-not-allowed)"]
    );
    assert_eq!(
        served(&with_branch),
        ["200", "access-control-allow-origin: *", "inner: GET /branch"]
    );
}

/// The layer of a branch may be used elsewhere, built or not, before and after.
#[test]
fn the_layer_of_a_branch_is_copied() {
    let branch = CorsLayer::new().allow_origins([PARTNER]).allow_methods([Method::PUT]);
    for branch in [branch.clone(), branch.build().unwrap()] {
        let layer = CorsLayer::new().when(is_branch, branch.clone()).when(|_| true, branch.clone());
        let changed = branch.clone().allow_origins([APP]);
        assert_eq!(asks(&layer, "/branch", PARTNER), OF_BRANCH);
        assert_eq!(asks(&layer, "/", PARTNER), OF_BRANCH);
        assert_eq!(asks(&branch, "/", PARTNER), OF_BRANCH);
        assert_eq!(asks(&changed, "/", PARTNER)[0], "403");
    }
}

/// `very_permissive` is a licence of its own policy alone.
#[test]
fn a_setter_of_the_layer_does_not_end_the_licence_of_a_branch() {
    let layer = CorsLayer::new().when(is_branch, CorsLayer::very_permissive());
    let layer = layer.allow_origins([APP]).allow_credentials(true).build().unwrap();
    let answer = serve(&layer, get("/branch", STRANGER).body(()).unwrap());
    assert!(answer.contains(&format!("access-control-allow-origin: {STRANGER}")), "{answer:?}");
    assert!(answer.contains(&"access-control-allow-credentials: true".to_owned()), "{answer:?}");
}
