//! What the page controls the playground by.

use axum::{Json, Router, routing::get};

use crate::places::Places;

pub(crate) fn endpoints(places: &Places) -> Router {
    Router::new().route("/places", get(Json(places.clone())))
}
