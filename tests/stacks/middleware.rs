//! Under and over the middleware that most servers have.

use std::{convert::Infallible, future, time::Duration};

use axum::{Router, body::Body, routing};
use http::{Request, Response, StatusCode};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
    trace::TraceLayer,
};

use crate::answers::{APP, Answer, Answers, assert_answer, assert_answers, cors, get};

/// Long enough to be worth compressing.
const TEXT: &str = "a response that is long enough to be worth compressing";

#[tokio::test]
async fn trace() {
    let expected = Answers::layered(200);
    let under = hello().layer(cors()).layer(TraceLayer::new_for_http());
    assert_answers("under TraceLayer", under, "/", &expected).await;
    let over = hello().layer(TraceLayer::new_for_http()).layer(cors());
    assert_answers("over TraceLayer", over, "/", &expected).await;
    // Its body is not `Default`: outside of axum's own boxing it takes a box.
    let unboxed = ServiceBuilder::new()
        .layer(cors())
        .map_response(|response: Response<_>| response.map(Body::new))
        .layer(TraceLayer::new_for_http())
        .service(hello());
    assert_answers("over TraceLayer, ServiceBuilder", unboxed, "/", &expected).await;
}

#[tokio::test]
async fn compression_under_cors() {
    let expected = Answers {
        allowed_get: Answer {
            headers: &[
                "access-control-allow-credentials: true",
                "access-control-allow-origin: https://app.example.com",
                "access-control-expose-headers: x-request-id",
                "vary: accept-encoding",
                "vary: origin",
            ],
            ..Answer::readable(200)
        },
        denied_get: Answer {
            headers: &["vary: accept-encoding", "vary: origin"],
            ..Answer::refused(200)
        },
        get_without_origin: Answer {
            headers: &["vary: accept-encoding", "vary: origin"],
            ..Answer::not_cors(200)
        },
        ..Answers::layered(200)
    };
    let boxed = hello().layer(CompressionLayer::new()).layer(cors());
    assert_answers("Router::layer", boxed, "/", &expected).await;
    let unboxed = ServiceBuilder::new()
        .layer(cors())
        .layer(CompressionLayer::new())
        .service_fn(async |_: Request<Body>| Ok::<_, Infallible>(Response::new(Body::from(TEXT))));
    assert_answers("ServiceBuilder", unboxed, "/", &expected).await;
}

#[tokio::test]
async fn compression_over_cors() {
    let expected = Answers {
        allowed_get: Answer {
            headers: &[
                "access-control-allow-credentials: true",
                "access-control-allow-origin: https://app.example.com",
                "access-control-expose-headers: x-request-id",
                "vary: origin",
                "vary: accept-encoding",
            ],
            ..Answer::readable(200)
        },
        denied_get: Answer {
            headers: &["vary: origin", "vary: accept-encoding"],
            ..Answer::refused(200)
        },
        get_without_origin: Answer {
            headers: &["vary: origin", "vary: accept-encoding"],
            ..Answer::not_cors(200)
        },
        ..Answers::layered(200)
    };
    let service = hello().layer(cors()).layer(CompressionLayer::new());
    assert_answers("over CORS", service, "/", &expected).await;
}

#[tokio::test]
async fn timeout_under_cors_is_readable() {
    for status in [StatusCode::REQUEST_TIMEOUT, StatusCode::GATEWAY_TIMEOUT] {
        let service = stuck().layer(timeout(status)).layer(cors());
        let expected = Answers::layered(status.as_u16());
        assert_answers("TimeoutLayer under CORS", service, "/", &expected).await;
    }
}

#[tokio::test]
async fn mistake_timeout_over_cors_is_unreadable() {
    let service = stuck().layer(cors()).layer(timeout(StatusCode::REQUEST_TIMEOUT));
    let expected = Answer::undecorated(408);
    assert_answer("TimeoutLayer over CORS", service, get("/", Some(APP)), expected).await;
}

#[tokio::test]
async fn panic_caught_under_cors_is_readable() {
    let boxed = panicking().layer(CatchPanicLayer::new()).layer(cors());
    assert_answers("Router::layer", boxed, "/", &Answers::layered(500)).await;
    let unboxed =
        ServiceBuilder::new().layer(cors()).layer(CatchPanicLayer::new()).service(panicking());
    assert_answers("ServiceBuilder", unboxed, "/", &Answers::layered(500)).await;
}

#[tokio::test]
async fn mistake_panic_caught_over_cors_is_unreadable() {
    let service = panicking().layer(cors()).layer(CatchPanicLayer::new());
    let expected = Answers {
        allowed_preflight: Answer::granted_preflight(),
        denied_preflight: Answer::refused(403),
        ..Answers::bare(500, 204)
    };
    assert_answers("CatchPanicLayer over CORS", service, "/", &expected).await;
}

#[tokio::test]
async fn many_layers_at_once() {
    let service = hello().layer(
        ServiceBuilder::new()
            .layer(TraceLayer::new_for_http())
            .layer(CatchPanicLayer::new())
            .layer(cors())
            .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, HOUR)),
    );
    assert_answers("ServiceBuilder", service, "/", &Answers::layered(200)).await;
}

const HOUR: Duration = Duration::from_secs(3600);

fn hello() -> Router {
    Router::new().route("/", routing::get(|| future::ready(TEXT)))
}

fn stuck() -> Router {
    Router::new().route("/", routing::get(future::pending::<()>))
}

fn panicking() -> Router {
    async fn handler() {
        panic!("a handler may");
    }
    Router::new().route("/", routing::get(handler))
}

/// What it stops never ends, so any time is enough.
fn timeout(status: StatusCode) -> TimeoutLayer {
    TimeoutLayer::with_status_code(status, Duration::from_millis(1))
}
