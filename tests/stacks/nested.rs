//! A CORS layer around a CORS layer: the outer one decides.

use std::{convert::Infallible, future::ready};

use axum::body::Body;
use http::{Request, Response, StatusCode};
use tower::{Layer, service_fn, util::BoxCloneService};
use tower_cors::CorsLayer;

use crate::answers::{Answer, Answers, assert_answer, assert_answers, cors, get, preflight};

const PARTNER: &str = "https://partner.example";

/// What a permissive outer layer tells every page.
const READABLE_BY_ALL: Answer = Answer {
    status: 200,
    headers: &["access-control-allow-origin: *", "access-control-expose-headers: *"],
    denial: None,
};

const GRANTED_TO_ALL: Answer = Answer {
    status: 204,
    headers: &[
        "access-control-allow-headers: *,authorization",
        "access-control-allow-methods: *",
        "access-control-allow-origin: *",
    ],
    denial: None,
};

#[tokio::test]
async fn strict_around_permissive() {
    for inner in [CorsLayer::permissive(), CorsLayer::very_permissive()] {
        let expected = Answers::layered(200);
        assert_answers("strict around permissive", nested(&cors(), &inner), "/", &expected).await;
    }
}

#[tokio::test]
async fn permissive_around_strict() {
    // The inner layer's `Vary` stays: its response still depends on the origin.
    let readable = Answer {
        headers: &[
            "access-control-allow-origin: *",
            "access-control-expose-headers: *",
            "vary: origin",
        ],
        ..READABLE_BY_ALL
    };
    let expected = Answers {
        allowed_get: readable,
        denied_get: readable,
        allowed_preflight: GRANTED_TO_ALL,
        denied_preflight: GRANTED_TO_ALL,
        get_without_origin: readable,
    };
    let service = nested(&CorsLayer::permissive(), &cors());
    assert_answers("permissive around strict", service, "/", &expected).await;
}

#[tokio::test]
async fn permissive_around_permissive() {
    let expected = Answers {
        allowed_get: READABLE_BY_ALL,
        denied_get: READABLE_BY_ALL,
        allowed_preflight: GRANTED_TO_ALL,
        denied_preflight: GRANTED_TO_ALL,
        get_without_origin: READABLE_BY_ALL,
    };
    let service = nested(&CorsLayer::permissive(), &CorsLayer::permissive());
    assert_answers("permissive around permissive", service, "/", &expected).await;
}

#[tokio::test]
async fn one_origin_around_another() {
    let inner = cors().allow_origins([PARTNER]);
    let service = nested(&cors(), &inner);
    assert_answers("APP around PARTNER", service.clone(), "/", &Answers::layered(200)).await;
    let request = get("/", Some(PARTNER));
    assert_answer("the inner layer's origin: GET", service.clone(), request, Answer::refused(200))
        .await;
    let request = preflight("/", PARTNER);
    assert_answer("the inner layer's origin: preflight", service, request, Answer::refused(403))
        .await;
}

#[tokio::test]
async fn preflights_stop_at_the_outer_layer() {
    let inner = cors().preflight_status(StatusCode::ACCEPTED);
    let service = nested(&cors(), &inner);
    assert_answers("inner with a status of its own", service, "/", &Answers::layered(200)).await;
}

#[tokio::test]
async fn what_the_inner_layer_enforces_is_decorated_by_the_outer() {
    let service = nested(&CorsLayer::permissive(), &cors().enforce_origins(true));
    let readable = Answer {
        headers: &[
            "access-control-allow-origin: *",
            "access-control-expose-headers: *",
            "vary: origin, sec-fetch-site",
        ],
        ..READABLE_BY_ALL
    };
    let expected = Answers {
        allowed_get: readable,
        denied_get: Answer { status: 403, ..readable },
        allowed_preflight: GRANTED_TO_ALL,
        denied_preflight: GRANTED_TO_ALL,
        get_without_origin: readable,
    };
    assert_answers("permissive around enforcing", service, "/", &expected).await;
}

fn nested(
    outer: &CorsLayer,
    inner: &CorsLayer,
) -> BoxCloneService<Request<Body>, Response<Body>, Infallible> {
    let handler = service_fn(|_| ready(Ok(Response::new(Body::empty()))));
    BoxCloneService::new(outer.layer(inner.layer(handler)))
}
