use axum::{Json, Router, extract::State, routing::get};
use tokio::sync::watch;
use tower_cors::CorsLayer;

use crate::status::Status;

/// Makes the service.
pub(crate) fn app(cors: CorsLayer, status: watch::Receiver<Status>) -> Router {
    Router::new()
        .route("/", get("Hello\n").put("Saved\n"))
        .route("/healthz", get(health))
        .with_state(status)
        .layer(cors)
}

async fn health(State(status): State<watch::Receiver<Status>>) -> Json<Status> {
    Json(*status.borrow())
}
