//! Requests that are under way when the policy is replaced.

use std::{convert::Infallible, future::ready};

use futures_util::FutureExt;
use http::{Request, Response};
use tokio::sync::watch;
use tower::{Layer, Service, service_fn};
use tower_cors::{AllowOrigin, CorsLayer};

use crate::{
    APP, Answer, OTHER, actual, answer, application, listed, preflight, reloadable, serve,
};

fn old() -> CorsLayer {
    listed([APP]).allow_credentials(true)
}

fn new() -> CorsLayer {
    listed([OTHER]).enforce_origins(true).preflight_status(http::StatusCode::OK)
}

/// The inner service's answer comes after the change.
#[test]
fn a_request_keeps_the_policy_that_it_came_under() {
    for origin in [APP, OTHER] {
        let (layer, handle) = reloadable(old());
        let mut service = layer.layer(application());
        let under_way = [actual(origin), preflight(origin)].map(|request| service.call(request));
        let _change = handle.reload(new()).unwrap();
        let requests = [actual(origin), preflight(origin)];
        for (future, request) in under_way.into_iter().zip(requests) {
            let Ok(response) = future.now_or_never().expect("nothing is waited for");
            assert_eq!(Answer::from(response), answer(&old(), request.clone()), "{origin}");
            assert_eq!(serve(&mut service, request.clone()), answer(&new(), request), "{origin}");
        }
    }
}

/// The inner service changes the policy that it is called under.
#[test]
fn a_handler_can_reload() {
    let (layer, handle) = reloadable(old());
    let mut service = layer.layer(service_fn(|_: Request<()>| {
        let _change = handle.reload(new()).expect("the policy is valid");
        ready(Ok::<_, Infallible>(Response::new(())))
    }));
    let allowed = |answer: Answer| answer.headers.get("access-control-allow-origin").cloned();
    assert_eq!(allowed(serve(&mut service, actual(APP))), Some(vec![APP.into()]));
    assert_eq!(allowed(serve(&mut service, actual(APP))), None);
}

/// The policy is asked before the change, and answers after it.
#[test]
fn an_async_predicate_speaks_for_its_own_policy() {
    for preflights in [false, true] {
        let request = || if preflights { preflight(OTHER) } else { actual(OTHER) };
        let (tell, told) = watch::channel(false);
        let asked = AllowOrigin::async_predicate(move |_, _| {
            let mut told = told.clone();
            async move { told.wait_for(|told| *told).await.is_ok() }
        });
        let (layer, handle) = reloadable(old().allow_origin(asked));
        let mut service = layer.layer(application());
        let mut under_way = Box::pin(service.call(request()));
        assert!((&mut under_way).now_or_never().is_none(), "the predicate has not answered");
        let _change = handle.reload(listed([APP])).unwrap();
        tell.send_replace(true);
        let Ok(response) = under_way.now_or_never().expect("it has answered");
        let allowed = listed([OTHER]).allow_credentials(true);
        assert_eq!(Answer::from(response), answer(&allowed, request()));
        assert_eq!(serve(&mut service, request()), answer(&listed([APP]), request()));
    }
}
