//! The problems of all branches at once, each with the number of its `when`.

use http::{HeaderValue, Request, StatusCode, header};
use tower::Layer;
use tower_cors::{AllowOrigin, Any, ConfigError, CorsLayer};

use crate::harness::APP;

fn when(layer: CorsLayer, branch: CorsLayer) -> CorsLayer {
    layer.when(|_| false, branch)
}

fn fine() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

fn error(layer: CorsLayer) -> ConfigError {
    layer.build().expect_err("it has a problem")
}

/// What each of them is about: the number of the `when`, the setting, and the value.
fn places(error: &ConfigError) -> Vec<(Option<usize>, &str, Option<&str>)> {
    error
        .into_iter()
        .map(|problem| (problem.branch(), problem.setting(), problem.value()))
        .collect()
}

#[test]
fn all_of_them_are_told_those_of_the_layer_itself_first() {
    let layer = CorsLayer::new().allow_origins(["https://example.com/"]);
    let layer = when(layer, CorsLayer::new().allow_origins(["https://a.example/", "null"]));
    let layer = when(layer, fine());
    let open = CorsLayer::new().allow_origin(Any).allow_credentials(true);
    let layer = when(layer, open.allow_headers([header::COOKIE]));
    let error = error(layer);
    assert_eq!(
        error.to_string(),
        "invalid CORS configuration\n  \
         allow_origins \"https://example.com/\": an origin has no slash at its end; write \"https://example.com\"\n  \
         when[0].allow_origins \"https://a.example/\": an origin has no slash at its end; write \"https://a.example\"\n  \
         when[0].allow_origins \"null\": `null` is the origin of every sandboxed frame, so anyone can have it; leave it out, \
         or if every site may read what you serve, write dangerously_allow_origins([\"null\"])\n  \
         when[2].allow_origin \"*\": every site could read with the user's credentials; list the origins, or leave out allow_credentials\n  \
         when[2].allow_headers \"cookie\": pages cannot set this header, only the browser does; leave it out"
    );
    assert_eq!(
        places(&error),
        [
            (None, "allow_origins", Some("https://example.com/")),
            (Some(0), "allow_origins", Some("https://a.example/")),
            (Some(0), "allow_origins", Some("null")),
            (Some(2), "allow_origin", Some("*")),
            (Some(2), "allow_headers", Some("cookie")),
        ]
    );
    let suggestion = error.problems()[1].suggestion();
    assert_eq!(suggestion, Some("https://a.example"));
}

#[test]
fn a_wrong_layer_with_right_branches_does_not_build() {
    let error = error(when(CorsLayer::new().preflight_status(StatusCode::FOUND), fine()));
    assert_eq!(places(&error), [(None, "preflight_status", Some("302"))]);
}

/// What only makes sense beside the settings of one policy is judged by those.
#[test]
fn the_settings_of_one_policy_are_no_problem_of_another() {
    let any = CorsLayer::new().allow_origin(Any);
    let credentials = fine().allow_credentials(true);
    let fixed = AllowOrigin::fixed(HeaderValue::from_static(APP));
    for layer in [
        when(any.clone(), credentials.clone()),
        when(credentials, any),
        when(fine().allow_credentials(true), CorsLayer::new().allow_origin(fixed)),
        when(fine(), CorsLayer::very_permissive()),
    ] {
        assert!(layer.build().is_ok());
    }
}

#[test]
fn when_in_when() {
    let error = error(when(fine(), when(fine(), CorsLayer::new().allow_origins(["junk"]))));
    assert_eq!(
        error.to_string(),
        "invalid CORS configuration\n  \
         when[0].when: the layer given to it has a `when` of its own; write both on the outer layer, the narrower first"
    );
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!((problem.code(), problem.branch()), ("when-in-when", Some(0)));
    assert_eq!((problem.setting(), problem.value()), ("when", None));
}

#[cfg(feature = "reload")]
#[test]
fn a_reloadable_layer_in_when() {
    let (reloadable, _handle) = fine().reloadable().unwrap();
    let error = error(when(when(fine(), fine()), reloadable));
    assert_eq!(
        error.to_string(),
        "invalid CORS configuration\n  \
         when[1].reloadable: its handle would not reach the copy that `when` is given; put the reloadable layer on a router of its own"
    );
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!((problem.code(), problem.branch()), ("reloadable-in-when", Some(1)));
}

#[cfg(feature = "reload")]
#[test]
fn when_in_a_reloadable_layer() {
    let error = when(fine(), fine()).reloadable().expect_err("it has a problem");
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!((problem.code(), problem.branch()), ("when-in-reloadable", None));
    let (reloadable, handle) = fine().reloadable().unwrap();
    let error = handle.reload(when(fine(), fine())).expect_err("it has a problem");
    assert_eq!(error.problems()[0].code(), "when-in-reloadable");
    let error = when(reloadable, fine()).build().expect_err("it has a problem");
    assert_eq!(error.problems()[0].code(), "changed-after-reloadable");
}

/// Where it is applied without `build`.
#[test]
#[should_panic = "when[0].allow_origins \"null\": "]
fn a_layer_that_is_not_built_panics_with_the_same_text() {
    let _cors = when(fine(), CorsLayer::new().allow_origins(["null"])).layer(());
}

#[test]
fn explain_tells_the_problems_too() {
    let layer = when(fine(), CorsLayer::new().allow_origins(["null"]));
    let (parts, ()) = Request::new(()).into_parts();
    let error = layer.explain(&parts).expect_err("it has a problem");
    assert_eq!(places(&error), [(Some(0), "allow_origins", Some("null"))]);
}
