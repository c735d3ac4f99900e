use axum::{
    Json, Router,
    http::{
        HeaderName, StatusCode,
        header::{ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, ETAG, VARY},
    },
    routing::get,
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct User {
    id: u32,
    name: String,
    address: String,
}

/// What the layer is put around. A plain `OPTIONS` gets the status that a preflight does.
pub(super) fn app() -> Router {
    let users = get(list).put(save).options(async || StatusCode::NO_CONTENT);
    Router::new().route("/users", users).route("/upstream", get(upstream))
}

async fn list() -> ([(HeaderName, &'static str); 1], Json<Vec<User>>) {
    let user =
        |id| User { id, name: format!("User {id}"), address: format!("user-{id}@example.com") };
    ([(ETAG, "\"1\"")], Json((1..=20).map(user).collect()))
}

async fn save(Json(user): Json<User>) -> Json<User> {
    Json(user)
}

/// What says something of CORS itself, which the layer replaces.
async fn upstream() -> ([(HeaderName, &'static str); 3], &'static str) {
    let headers = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        (VARY, "accept-encoding"),
    ];
    (headers, "from elsewhere")
}
