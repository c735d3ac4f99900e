//! Three policies in one layer: anyone may read the public API, partners may use theirs as the user,
//! and all the rest is for the server's own pages.

use std::time::Duration;

use axum::{
    Router,
    extract::Path,
    http::{Method, header::CONTENT_TYPE},
    response::Html,
    routing::{get, post},
};
use tower_cors::{Any, ConfigError, CorsLayer, Target};

/// The layer is the outermost part, so that it answers for every route, a 404 included.
pub(crate) fn app() -> Result<Router, ConfigError> {
    Ok(routes().layer(cors()?))
}

/// What no `when` names is closed, and so is a route that is added and forgotten here.
pub(crate) fn cors() -> Result<CorsLayer, ConfigError> {
    CorsLayer::new()
        .enforce_origins(true)
        .when(is_public, public())
        .when(|target| is_below(target, "/partners"), partners())
        .build()
}

/// The status is public under one name of the server alone. The path is asked too: a name does not
/// open the rest of the router, as anyone can write it into a request.
pub(crate) fn is_public(target: &Target<'_>) -> bool {
    let is_status = target.uri().path() == "/status";
    is_below(target, "/public") || is_status && target.host() == Some("public.localhost")
}

/// Whether the path is that one or below it: `/publications` is not below `/public`.
pub(crate) fn is_below(target: &Target<'_>, path: &str) -> bool {
    let rest = target.uri().path().strip_prefix(path);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Everyone is answered alike, without `Vary`: caches keep one copy.
pub(crate) fn public() -> CorsLayer {
    CorsLayer::new().allow_origin(Any).max_age(Duration::from_secs(7_200))
}

pub(crate) fn partners() -> CorsLayer {
    CorsLayer::new()
        .allow_origins(["https://partner.example", "https://*.partner.example"])
        .allow_methods([Method::PUT])
        .allow_headers([CONTENT_TYPE])
        .allow_credentials(true)
        .max_age(Duration::from_secs(600))
}

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/status", get(status))
        .nest("/public", public_api())
        .nest("/partners", partner_api())
        .nest("/admin", admin_api())
}

pub(crate) fn public_api() -> Router {
    Router::new().route("/books", get(books))
}

pub(crate) fn partner_api() -> Router {
    Router::new().route("/orders/{id}", get(order).put(replace_order))
}

fn admin_api() -> Router {
    Router::new().route("/", get(admin)).route("/restart", post(restart))
}

async fn status() -> &'static str {
    "up"
}

pub(crate) async fn books() -> &'static str {
    "Emma, Ulysses"
}

async fn order(Path(id): Path<u32>) -> String {
    format!("order {id}")
}

async fn replace_order(Path(id): Path<u32>, order: String) -> String {
    format!("order {id} is {order}")
}

/// Its form is of the server's own origin, which needs no CORS.
async fn admin() -> Html<&'static str> {
    Html("<!doctype html><form method=post action=/admin/restart><button>Restart</button></form>")
}

async fn restart() -> &'static str {
    "restarting"
}
