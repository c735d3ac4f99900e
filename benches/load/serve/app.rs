use axum::{
    Json, Router,
    extract::{FromRequest, Request},
    http::{
        HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ETAG, ORIGIN, VARY,
        },
    },
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};

use crate::policy::Page;

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

/// The same, which adds to what it answers the headers of the first policy.
pub(super) fn by_hand() -> Router {
    Router::new().route("/users", get(told).put(told))
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

async fn told(request: Request) -> Response {
    let origin = request.headers().get(ORIGIN);
    let is_app = origin.is_some_and(|origin| origin == Page::App.origin());
    let mut response = if request.method() == Method::PUT {
        match Json::from_request(request, &()).await {
            Ok(user) => save(user).await.into_response(),
            Err(rejection) => rejection.into_response(),
        }
    } else {
        list().await.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("origin"));
    if is_app {
        let origin = HeaderValue::from_static(Page::App.origin());
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag"));
    }
    response
}
