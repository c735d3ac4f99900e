//! What is built is never checked again.

use std::{convert::Infallible, future::ready};

use futures_util::FutureExt;
use http::{Request, Response, header};
use tower::{Layer, Service, service_fn};
use tower_cors::CorsLayer;

use crate::{allowed_origin, literal};

const APP: &str = "https://app.example";

#[test]
fn a_wrong_setter_on_a_clone_changes_nothing_that_is_served() {
    let built = CorsLayer::new().allow_origins([APP]).build().unwrap();
    let inner = |_: Request<()>| ready(Ok::<_, Infallible>(Response::new(())));
    let mut service = built.layer(service_fn(inner));
    let wrong = built.clone().allow_origins(["https://app.example/"]);
    assert!(wrong.build().is_err());

    assert_eq!(allowed_origin(&built, APP), Some(APP.into()));
    let mut request = Request::new(());
    request.headers_mut().insert(header::ORIGIN, literal(APP));
    let response = service.call(request).now_or_never().unwrap().unwrap();
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], APP);
    drop(built);
    assert!(service.call(Request::new(())).now_or_never().unwrap().is_ok());
}

#[test]
fn a_setter_after_a_problem_starts_anew() {
    let wrong = CorsLayer::new().allow_origins(["https://app.example/"]);
    assert!(wrong.clone().build().is_err());
    let right = wrong.clone().allow_origins([APP]).build().unwrap();
    assert_eq!(allowed_origin(&right, APP), Some(APP.into()));
    assert!(wrong.build().is_err());
}

#[test]
fn a_layer_works_unbuilt() {
    let unbuilt = CorsLayer::new().allow_origins([APP]);
    assert_eq!(allowed_origin(&unbuilt, APP), Some(APP.into()));
    assert_eq!(allowed_origin(&unbuilt, "https://other.example"), None);
}
