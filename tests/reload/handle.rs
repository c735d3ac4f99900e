//! What a handle does to its layer and to all that was made from it.

use axum::{Router, body::Body, routing::get};
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, StatusCode};
use tower::{Layer, ServiceExt};
use tower_cors::{AllowOrigin, Any, CorsHandle, CorsLayer};

use crate::{
    APP, Answer, OTHER, actual, answer, application, listed, preflight, reloadable, request, serve,
};

fn codes(error: &tower_cors::ConfigError) -> Vec<&'static str> {
    error.problems().iter().map(tower_cors::Problem::code).collect()
}

#[test]
fn all_clones_and_services_follow() {
    let (layer, handle) = reloadable(listed([APP]));
    let mut service = layer.layer(application());
    serve(&mut service, actual(APP));
    let mut services = [service.clone(), service, layer.clone().layer(application())];
    let (old, new) = (listed([APP]), listed([OTHER]).allow_credentials(true));
    for policy in [&old, &new, &old] {
        let _change = handle.clone().reload(policy.clone()).unwrap();
        for origin in [APP, OTHER] {
            for service in &mut services {
                assert_eq!(serve(service, actual(origin)), answer(policy, actual(origin)));
                assert_eq!(serve(service, preflight(origin)), answer(policy, preflight(origin)));
            }
            // And what is made later.
            assert_eq!(answer(&layer.clone(), actual(origin)), answer(policy, actual(origin)));
        }
    }
}

#[test]
fn all_routes_follow() {
    let (layer, handle) = reloadable(listed([APP]));
    let routes = Router::new().route("/users", get(async || "users")).layer(layer.clone());
    let nested = Router::new().route("/users", get(async || "users"));
    let app = routes.nest("/nested", nested.layer(layer));
    let allowed = |app: &Router, uri: &str| {
        let request = request(http::Method::GET, &[("origin", OTHER)]).map(|()| Body::empty());
        let (mut parts, body) = request.into_parts();
        parts.uri = uri.parse().expect("the URI is valid");
        let request = http::Request::from_parts(parts, body);
        let response = app.clone().oneshot(request).now_or_never().expect("nothing is waited for");
        response.unwrap().headers().get("access-control-allow-origin").cloned()
    };
    for uri in ["/users", "/nested/users"] {
        assert_eq!(allowed(&app, uri), None);
    }
    let _change = handle.reload(listed([OTHER])).unwrap();
    for uri in ["/users", "/nested/users"] {
        assert_eq!(allowed(&app, uri), Some(HeaderValue::from_static(OTHER)), "{uri}");
    }
}

#[test]
fn a_wrong_policy_changes_nothing_and_tells_all_problems() {
    let (layer, handle) = reloadable(listed([APP]));
    let wrong = listed(["https://Example.com/", "example.org"])
        .allow_headers([HeaderName::from_static("cookie")])
        .preflight_status(StatusCode::NOT_FOUND);
    let error = handle.reload(wrong).unwrap_err();
    assert_eq!(
        codes(&error),
        [
            "origin-trailing-slash",
            "origin-missing-scheme",
            "forbidden-request-header",
            "preflight-status"
        ]
    );
    for request in [actual(APP), actual(OTHER), preflight(APP), preflight(OTHER)] {
        assert_eq!(answer(&layer, request.clone()), answer(&listed([APP]), request));
    }
    assert_eq!(answer(&handle.current(), actual(APP)), answer(&listed([APP]), actual(APP)));
    let change = handle.reload(listed([APP])).unwrap();
    assert_eq!(change.to_string(), "no origin opened or closed");
}

#[test]
fn current_is_what_is_served_and_can_be_changed() {
    let (layer, handle) = reloadable(listed([APP]));
    let _change = handle.reload(listed([OTHER]).allow_credentials(true)).unwrap();
    let current = handle.current().build().unwrap();
    assert_eq!(answer(&current, actual(OTHER)), answer(&layer, actual(OTHER)));
    let change = handle.reload(current.allow_origins([APP, OTHER])).unwrap();
    assert_eq!(change.to_string(), "opened https://app.example.com");
    assert_eq!(
        answer(&layer, actual(APP)),
        answer(&listed([APP]).allow_credentials(true), actual(APP))
    );
}

#[test]
fn the_layer_speaks_for_the_policy_of_now() {
    let (layer, handle) = reloadable(listed([APP]));
    let codes = |layer: &CorsLayer| -> Vec<_> {
        layer.warnings().iter().map(tower_cors::Warning::code).collect()
    };
    let explain = |layer: &CorsLayer| {
        let (parts, ()) = actual(OTHER).into_parts();
        layer.explain(&parts).unwrap().to_string()
    };
    assert_eq!(codes(&layer), Vec::<&str>::new());
    assert!(explain(&layer).contains("denied"), "{}", explain(&layer));
    let _change = handle.reload(CorsLayer::very_permissive()).unwrap();
    assert_eq!(codes(&layer), ["very-permissive"]);
    assert!(explain(&layer).contains("allowed"), "{}", explain(&layer));
    assert!(layer.clone().build().is_ok());
}

/// What is the same for everyone today may not be tomorrow, and caches would keep it.
#[test]
fn a_reloadable_policy_is_never_static() {
    let fixed = || CorsLayer::new().allow_origin(AllowOrigin::fixed(HeaderValue::from_static(APP)));
    let any = || CorsLayer::new().allow_origin(Any);
    for policy in [any(), fixed(), CorsLayer::permissive()] {
        let (layer, handle) = reloadable(policy.clone());
        for _ in 0..2 {
            for request in [
                request(http::Method::GET, &[]),
                actual(APP),
                actual("null"),
                actual(OTHER),
                preflight(APP),
                preflight(OTHER),
            ] {
                let Answer { headers, .. } = answer(&layer, request);
                let vary = headers["vary"].join(", ");
                assert!(vary.split(", ").any(|name| name == "origin"), "{vary}");
            }
            // Without an origin nothing is said, as for any policy that varies by it.
            let Answer { headers, .. } = answer(&layer, request(http::Method::GET, &[]));
            assert!(!headers.contains_key("access-control-allow-origin"));
            let _change = handle.reload(policy.clone()).unwrap();
        }
        // The same policy, not reloadable, is static.
        assert!(!answer(&policy, preflight(APP)).headers.contains_key("vary"));
        assert!(!answer(&handle.current(), preflight(APP)).headers.contains_key("vary"));
    }
    let (layer, _handle) = reloadable(any());
    for origin in [APP, "null", "no origin"] {
        let Answer { headers, denial, .. } = answer(&layer, actual(origin));
        assert_eq!((&headers["access-control-allow-origin"], denial), (&vec!["*".into()], None));
    }
    let (layer, _handle) = reloadable(fixed());
    assert_eq!(answer(&layer, actual(OTHER)), answer(&listed([APP]), actual(OTHER)));
    assert_eq!(answer(&layer, preflight(APP)), answer(&listed([APP]), preflight(APP)));
}

#[test]
fn layers_within_layers_are_problems() {
    let (layer, handle) = reloadable(listed([APP]));
    let branching = || CorsLayer::new().when(|_| true, listed([APP]));
    let text = |error: tower_cors::ConfigError| error.to_string();
    let twice = "invalid CORS configuration\n  reloadable: the layer has a handle already; use that, or a \
                 layer that is not reloadable, such as that of CorsHandle::current";
    let branches = "invalid CORS configuration\n  when: what is reloaded is one policy for all targets; leave \
                    it out, or put a reloadable layer on each router";

    assert_eq!(text(layer.clone().reloadable().unwrap_err()), twice);
    assert_eq!(text(handle.reload(layer.clone()).unwrap_err()), twice);
    assert_eq!(text(branching().reloadable().unwrap_err()), branches);
    assert_eq!(text(handle.reload(branching()).unwrap_err()), branches);
    assert_eq!(
        text(layer.clone().allow_credentials(true).build().unwrap_err()),
        "invalid CORS configuration\n  reloadable: its handle does not reach a layer that is changed \
         afterwards; call the other setters before it"
    );
    assert_eq!(
        text(CorsLayer::new().when(|_| true, layer).build().unwrap_err()),
        "invalid CORS configuration\n  when[0].reloadable: its handle would not reach the copy that `when` is \
         given; put the reloadable layer on a router of its own"
    );
}

#[test]
fn a_handle_that_is_dropped_leaves_the_policy() {
    let (layer, handle) = reloadable(listed([APP]));
    let _change = handle.reload(listed([OTHER])).unwrap();
    drop(handle);
    assert_eq!(answer(&layer, actual(OTHER)), answer(&listed([OTHER]), actual(OTHER)));
}

#[test]
fn handles_cross_threads_and_can_be_printed() {
    fn shared<T: Clone + Send + Sync + std::fmt::Debug + 'static>(_: &T) {}
    let (layer, handle) = reloadable(listed([APP]));
    shared::<CorsHandle>(&handle);
    shared::<CorsLayer>(&layer);
    assert!(format!("{handle:?}").contains(APP));
    assert!(format!("{layer:?}").contains(APP));
}
