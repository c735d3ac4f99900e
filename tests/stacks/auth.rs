//! Authentication belongs inside: preflights carry no credentials.

use std::future::ready;

use axum::{Router, body::Body, routing};
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use tower::ServiceBuilder;
use tower_http::{
    auth::AsyncRequireAuthorizationLayer, validate_request::ValidateRequestHeaderLayer,
};

use crate::answers::{Answer, Answers, assert_answers, cors};

const TOKEN: &str = "Bearer secret";

#[tokio::test]
async fn auth_inside_lets_preflights_pass_and_its_401_be_read() {
    let expected = Answers::layered(401);
    let validated = hello().layer(ValidateRequestHeaderLayer::custom(validate)).layer(cors());
    assert_answers("ValidateRequestHeaderLayer", validated, "/", &expected).await;
    let authorized = hello().layer(AsyncRequireAuthorizationLayer::new(authorize)).layer(cors());
    assert_answers("AsyncRequireAuthorizationLayer", authorized, "/", &expected).await;
}

#[tokio::test]
async fn auth_inside_lets_whom_it_knows_pass() {
    let service = ServiceBuilder::new()
        .map_request(with_token)
        .layer(cors())
        .layer(ValidateRequestHeaderLayer::custom(validate))
        .service(hello());
    assert_answers("with a token", service, "/", &Answers::layered(200)).await;
}

#[tokio::test]
async fn mistake_auth_outside_answers_preflights_with_401() {
    let service = hello().layer(cors()).layer(ValidateRequestHeaderLayer::custom(validate));
    assert_answers("without a token", service.clone(), "/", &Answers::bare(401, 401)).await;
    let service = ServiceBuilder::new().map_request(with_token).service(service);
    let expected = Answers {
        allowed_preflight: Answer::undecorated(401),
        denied_preflight: Answer::undecorated(401),
        ..Answers::layered(200)
    };
    assert_answers("with a token", service, "/", &expected).await;
}

fn hello() -> Router {
    Router::new().route("/", routing::get(|| ready("hello")))
}

/// Adds the token as a browser does: to everything but preflights.
fn with_token(mut request: Request<Body>) -> Request<Body> {
    if request.method() != Method::OPTIONS {
        request.headers_mut().insert(header::AUTHORIZATION, HeaderValue::from_static(TOKEN));
    }
    request
}

#[expect(clippy::result_large_err, reason = "`ValidateRequest` wants it so")]
fn validate<B>(request: &mut Request<B>) -> Result<(), Response<Body>> {
    if request.headers().get(header::AUTHORIZATION).is_some_and(|token| token == TOKEN) {
        return Ok(());
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    Err(response)
}

async fn authorize(mut request: Request<Body>) -> Result<Request<Body>, Response<Body>> {
    validate(&mut request).map(|()| request)
}
