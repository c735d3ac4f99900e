//! What the page controls the playground by.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{delete, get, post, put},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tower_cors::testing::Profile;

use crate::{
    fetch::{self, Fetch},
    messages::Told,
    policy,
    stage::Stage,
};

/// Of the text of a policy.
const LONGEST_POLICY: usize = 64 * 1024;
/// Of what describes a case, policy included.
const LONGEST_BODY: usize = 512 * 1024;

pub(crate) fn endpoints(stage: &Arc<Stage>) -> Router {
    Router::new()
        .route("/places", get(Json(stage.places.clone())))
        .route("/policy", put(put_policy))
        .route("/cases", post(post_case))
        .route("/cases/{id}", get(get_case))
        .route("/cache", delete(delete_cache))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .with_state(Arc::clone(stage))
}

async fn put_policy(State(stage): State<Arc<Stage>>, text: Bytes) -> Result<Json<Value>, Refusal> {
    let text = std::str::from_utf8(&text).map_err(|_| Refusal::of("the policy is no UTF-8"))?;
    let reading = read(&stage, text)?;
    let (serving, change) = stage.serving.put(text, &reading);
    let builds = reading.cors.is_some();
    let remarks = reading.remarks;
    Ok(Json(json!({ "builds": builds, "serving": serving, "change": change, "remarks": remarks })))
}

fn read(stage: &Stage, text: &str) -> Result<policy::Reading, Refusal> {
    if text.len() > LONGEST_POLICY {
        return Err(Refusal::of("the policy is longer than 64 KiB"));
    }
    Ok(policy::read(text, &stage.places))
}

#[derive(Deserialize)]
struct Described {
    policy: String,
    fetch: Fetch,
}

async fn post_case(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let Described { policy, fetch } =
        serde_json::from_slice(&body).map_err(|error| Refusal::of(error.to_string()))?;
    let reading = read(&stage, &policy)?;
    fetch::check(&fetch, &stage.places).await.map_err(Refusal::of)?;
    let (serving, _) = stage.serving.put(&policy, &reading);
    let id = stage.record.begin(fetch.credentials());
    let url = fetch.url(&stage.places, id);
    let strict = fetch::predict(&fetch, &url, &stage, Profile::Standard).await;
    let shipping = fetch::predict(&fetch, &url, &stage, fetch::shipping(&headers)).await;
    Ok(Json(json!({
        "id": id,
        "url": url,
        "serving": serving,
        "init": fetch.init(),
        "predictions": { "strict": strict, "shipping": shipping },
    })))
}

async fn get_case(State(stage): State<Arc<Stage>>, Path(id): Path<u64>) -> Response {
    match stage.record.case(id) {
        Some(case) => Json(Told::of(&case, &stage.places)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn delete_cache(State(stage): State<Arc<Stage>>) -> StatusCode {
    stage.cache.clear();
    StatusCode::NO_CONTENT
}

/// What was sent means nothing.
struct Refusal(String);

impl Refusal {
    fn of(error: impl Into<String>) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({ "error": self.0 }))).into_response()
    }
}
