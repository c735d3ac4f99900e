//! The API that pages of other origins call.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    middleware::from_fn_with_state,
    response::IntoResponse,
    routing::{any, get},
};
use serde_json::{Value, json};
use tower::ServiceBuilder;
use tower_cors::CorsLayer;

use crate::{
    cache::{self, Cache},
    record,
    serving::Witnessed,
    site,
    stage::Stage,
};

/// The API as browsers reach it. Everything goes through the recorder, and nothing but the shared
/// cache may answer for the CORS layer.
pub(crate) fn api(stage: &Stage) -> Router {
    let service = ServiceBuilder::new()
        .layer(from_fn_with_state(Arc::clone(&stage.record), record::record))
        .layer(from_fn_with_state(Arc::clone(&stage.cache), cache::share))
        .layer(Witnessed::by(&stage.serving))
        .service(routes());
    Router::new().fallback_service(service)
}

/// The same with a policy and a cache of its own, which nobody records.
pub(crate) fn rehearsal(cors: CorsLayer, cache: Cache) -> Router {
    let service = ServiceBuilder::new()
        .layer(from_fn_with_state(Arc::new(cache), cache::share))
        .layer(cors)
        .service(routes());
    Router::new().fallback_service(service)
}

const NOTHING: (StatusCode, &str) = (StatusCode::NOT_FOUND, "There is nothing here");

fn routes() -> Router {
    Router::new()
        .route("/hello", get("Hello from the API"))
        .route("/echo", any(echo))
        .route("/me", get(me))
        .route("/list", get(list))
        .route(cache::HEEDING, get("An answer that a shared cache may keep"))
        .route(cache::IGNORING, get("An answer that a shared cache may keep"))
        .route("/fails", get((StatusCode::INTERNAL_SERVER_ERROR, "The API failed")))
        .fallback(async || NOTHING)
        .method_not_allowed_fallback(async || NOTHING)
}

async fn echo(method: Method, headers: HeaderMap, body: Bytes) -> Json<Value> {
    let content_type = headers.get(header::CONTENT_TYPE);
    Json(json!({
        "method": method.as_str(),
        "content_type": content_type.map(|value| String::from_utf8_lossy(value.as_bytes())),
        "authorization": headers.contains_key(header::AUTHORIZATION),
        "body": String::from_utf8_lossy(&body),
    }))
}

async fn me(headers: HeaderMap) -> Json<Value> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let signed_in =
        cookies.flat_map(|line| line.split("; ")).any(|cookie| cookie == site::SIGNED_IN);
    Json(json!({ "signed_in": signed_in }))
}

async fn list() -> impl IntoResponse {
    let headers =
        [(HeaderName::from_static("x-total-count"), "42"), (header::ETAG, "\"42-things\"")];
    (headers, Json(json!(["first", "second", "third"])))
}
