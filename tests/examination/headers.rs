//! `Vary` and exposed headers.

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::Response,
};
use http::{HeaderName, HeaderValue, header};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::stack::{assert_found, cors, examination, routes};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TOTAL: HeaderName = HeaderName::from_static("x-total");

async fn overwrite_vary(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let encoding = HeaderValue::from_static("accept-encoding");
    response.headers_mut().insert(header::VARY, encoding);
    response
}

async fn remove_vary(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().remove(header::VARY);
    response
}

/// As most hand-written layers do it.
async fn vary_for_pages_alone(request: Request, next: Next) -> Response {
    let has_origin = request.headers().contains_key(header::ORIGIN);
    let response = next.run(request).await;
    if has_origin { response } else { without_vary(response) }
}

fn without_vary(mut response: Response) -> Response {
    response.headers_mut().remove(header::VARY);
    response
}

async fn add_request_id(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(REQUEST_ID, HeaderValue::from_static("7"));
    response
}

#[tokio::test]
async fn vary() {
    let expected = |vary| {
        format!(
            "vary_lacks_origin: GET /users depends on the origin, and {vary}; let what sets or \
             removes Vary outside the CORS layer append to it, or put it inside"
        )
    };
    let overwriting = middleware::from_fn(overwrite_vary);
    assert_found(
        examination(),
        routes().layer(cors()).layer(overwriting.clone()),
        routes().layer(overwriting).layer(cors()),
        &expected("its vary is \"accept-encoding\""),
    )
    .await;
    let removing = middleware::from_fn(remove_vary);
    assert_found(
        examination(),
        routes().layer(cors()).layer(removing.clone()),
        routes().layer(removing).layer(cors()),
        &expected("it has no vary"),
    )
    .await;
    let forgetting = middleware::from_fn(vary_for_pages_alone);
    assert_found(
        examination(),
        routes().layer(cors()).layer(forgetting.clone()),
        routes().layer(forgetting).layer(cors()),
        &expected("it has no vary"),
    )
    .await;
}

#[tokio::test]
async fn vary_that_says_everything() {
    let varying = async |request: Request, next: Next| {
        let mut response = next.run(request).await;
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("*"));
        response
    };
    let mut app = routes().layer(cors()).layer(middleware::from_fn(varying));
    examination().run(&mut app).await.assert_clean();
}

#[tokio::test]
async fn vary_that_no_cache_needs() {
    let uncached = async |request: Request, next: Next| {
        let mut response = without_vary(next.run(request).await);
        let no_store = HeaderValue::from_static("private, no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, no_store);
        response
    };
    let mut app = routes().layer(cors()).layer(middleware::from_fn(uncached));
    examination().run(&mut app).await.assert_clean();
}

#[tokio::test]
async fn exposed_and_never_sent() {
    let sending = || routes().layer(middleware::from_fn(add_request_id));
    let broken = sending().layer(cors().expose_headers([REQUEST_ID, TOTAL]));
    assert_found(
        examination(),
        broken.clone(),
        sending().layer(cors().expose_headers([REQUEST_ID])),
        "exposed_never_sent: exposed and never sent: x-total; send it, or take it out of \
         .expose_headers(…)",
    )
    .await;
    examination().ignore_header("X-Total").run(&mut broken.clone()).await.assert_clean();
}

#[tokio::test]
async fn empty_elements_expose_nothing() {
    let exposing = SetResponseHeaderLayer::overriding(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("x-request-id,,"),
    );
    let mut app = routes().layer(middleware::from_fn(add_request_id)).layer(cors()).layer(exposing);
    examination().run(&mut app).await.assert_clean();
}

#[tokio::test]
async fn answers_to_preflights_are_for_no_page() {
    let count = middleware::from_fn(async |request: Request, next: Next| {
        let is_preflight = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        let mut response = next.run(request).await;
        if is_preflight {
            response.headers_mut().insert(TOTAL, HeaderValue::from_static("1"));
        }
        response
    });
    examination().run(&mut routes().layer(cors()).layer(count)).await.assert_clean();
}

#[tokio::test]
async fn sent_and_never_exposed() {
    let sending = || routes().layer(middleware::from_fn(add_request_id));
    let broken: Router = sending().layer(cors());
    assert_found(
        examination(),
        broken.clone(),
        sending().layer(cors().expose_headers([REQUEST_ID])),
        "sent_never_exposed: sent and never exposed: x-request-id; let pages read it: \
         .expose_headers([HeaderName::from_static(\"x-request-id\")])",
    )
    .await;
    examination().ignore_header("X-Request-Id").run(&mut broken.clone()).await.assert_clean();
}
