//! Which routes of axum a layer covers, by where it is written.

use std::future::{Ready, ready};

use axum::{
    Router,
    body::Body,
    handler::Handler,
    routing::{self, MethodRouter},
};
use http::{Request, StatusCode, header};
use tower::{Layer, ServiceExt};

use crate::answers::{APP, Answer, Answers, assert_answers, cors};

const LAYERED: Answers = Answers::layered(200);
/// A preflight meets a route that has no `OPTIONS`.
const BARE: Answers = Answers::bare(200, 405);

#[tokio::test]
async fn router_layer_covers_everything_written_before_it() {
    let hello = || Router::new().route("/", get());
    let posts = || Router::new().route("/", routing::post(ok));
    assert_rows([
        ("a route", hello().layer(cors()), "/", LAYERED),
        ("any method", Router::new().route("/", routing::any(ok)).layer(cors()), "/", LAYERED),
        ("404", hello().layer(cors()), "/missing", Answers::layered(404)),
        ("405", posts().layer(cors()), "/", Answers::layered(405)),
        ("fallback", hello().fallback(gone).layer(cors()), "/missing", Answers::layered(410)),
        (
            "fallback_service",
            hello().fallback_service(routing::any(gone)).layer(cors()),
            "/missing",
            Answers::layered(410),
        ),
        (
            "method_not_allowed_fallback",
            posts().method_not_allowed_fallback(gone).layer(cors()),
            "/",
            Answers::layered(410),
        ),
        ("no route at all", Router::new().layer(cors()), "/", Answers::layered(404)),
    ])
    .await;
}

#[tokio::test]
async fn mistake_router_layer_covers_nothing_written_after_it() {
    let layered = || Router::new().route("/", get()).layer(cors());
    assert_rows([
        ("the route before", layered().route("/late", get()), "/", LAYERED),
        ("a later route", layered().route("/late", get()), "/late", BARE),
        ("a later fallback", layered().fallback(gone), "/missing", Answers::bare(410, 410)),
        (
            "a later method_not_allowed_fallback",
            layered().method_not_allowed_fallback(gone),
            "/",
            Answers {
                allowed_preflight: Answer::undecorated(410),
                denied_preflight: Answer::undecorated(410),
                ..LAYERED
            },
        ),
    ])
    .await;
}

#[tokio::test]
async fn route_layer_covers_405_but_not_404() {
    let hello = || Router::new().route("/", get()).route_layer(cors());
    let posts = || Router::new().route("/", routing::post(ok)).route_layer(cors());
    assert_rows([
        ("a route", hello(), "/", LAYERED),
        ("405", posts(), "/", Answers::layered(405)),
        ("404", hello(), "/missing", Answers::bare(404, 404)),
        ("fallback", hello().fallback(gone), "/missing", Answers::bare(410, 410)),
    ])
    .await;
}

#[tokio::test]
async fn method_router_and_handler_layers() {
    // What is layered is the handler of GET alone: preflights never come there.
    let of_get = Answers {
        allowed_preflight: Answer::undecorated(405),
        denied_preflight: Answer::undecorated(405),
        ..LAYERED
    };
    let route = |method_router| Router::new().route("/", method_router);
    assert_rows([
        ("MethodRouter::layer", route(get().layer(cors())), "/", LAYERED),
        (
            "MethodRouter::layer, 405",
            route(routing::post(ok).layer(cors())),
            "/",
            Answers::layered(405),
        ),
        ("mistake: MethodRouter::route_layer", route(get().route_layer(cors())), "/", of_get),
        ("mistake: Handler::layer", route(routing::get(ok.layer(cors()))), "/", of_get),
        ("Handler::layer on any", route(routing::any(ok.layer(cors()))), "/", LAYERED),
    ])
    .await;
}

#[tokio::test]
async fn nest_and_merge() {
    let api = || Router::new().route("/users", get());
    let nested = || Router::new().nest("/api", api().layer(cors()));
    let merged = || Router::new().route("/closed", get()).merge(api().layer(cors()));
    assert_rows([
        (
            "layer around nest",
            Router::new().nest("/api", api()).layer(cors()),
            "/api/users",
            LAYERED,
        ),
        (
            "layer around nest, 404 in it",
            Router::new().nest("/api", api()).layer(cors()),
            "/api/missing",
            Answers::layered(404),
        ),
        ("layer in nest", nested(), "/api/users", LAYERED),
        ("layer in nest, a route beside", nested().route("/", get()), "/", BARE),
        ("layer in nest, 404 in it", nested(), "/api/missing", Answers::bare(404, 404)),
        (
            "layer in nest, fallback in it",
            Router::new().nest("/api", api().fallback(gone).layer(cors())),
            "/api/missing",
            Answers::layered(410),
        ),
        (
            "layer around nest_service, 404 in it",
            Router::new().nest_service("/api", cors().layer(api())),
            "/api/missing",
            Answers::layered(404),
        ),
        ("layer in merge", merged(), "/users", LAYERED),
        ("layer in merge, a route beside", merged(), "/closed", BARE),
        ("layer in merge, 404", merged(), "/missing", Answers::layered(404)),
        ("layer around merge", merged().layer(cors()), "/closed", LAYERED),
    ])
    .await;
}

#[tokio::test]
async fn a_layer_around_a_router_covers_all_of_it() {
    let service = cors().layer(Router::new().route("/", get()));
    assert_answers("a route", service.clone(), "/", &LAYERED).await;
    assert_answers("404", service, "/missing", &Answers::layered(404)).await;
}

#[tokio::test]
async fn a_plain_options_request_reaches_its_handler() {
    let app = Router::new().route("/", routing::options(gone)).layer(cors());
    let request = Request::options("/").header(header::ORIGIN, APP).body(Body::empty()).unwrap();
    let response = app.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::GONE);
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], APP);
    assert!(!response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_METHODS));
}

/// axum names a route's methods on answers that do not, those of layers on the router included.
#[tokio::test]
async fn only_a_layer_around_the_router_keeps_allow_off_preflights() {
    let router = || Router::new().route("/", get());
    for (name, allow, answer) in [
        ("inside", Some("GET,HEAD"), router().layer(cors()).oneshot(preflight()).await),
        ("around", None, cors().layer(router()).oneshot(preflight()).await),
    ] {
        let response = answer.unwrap();
        assert_eq!(response.status(), StatusCode::NO_CONTENT, "{name}");
        let found = response.headers().get(header::ALLOW).map(|value| value.to_str().unwrap());
        assert_eq!(found, allow, "{name}");
    }
}

fn preflight() -> Request<Body> {
    Request::options("/")
        .header(header::ORIGIN, APP)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .body(Body::empty())
        .expect("the request is valid")
}

async fn assert_rows<const N: usize>(rows: [(&str, Router, &str, Answers); N]) {
    for (name, app, path, expected) in rows {
        assert_answers(name, app, path, &expected).await;
    }
}

fn get() -> MethodRouter {
    routing::get(ok)
}

fn ok() -> Ready<StatusCode> {
    ready(StatusCode::OK)
}

fn gone() -> Ready<StatusCode> {
    ready(StatusCode::GONE)
}
