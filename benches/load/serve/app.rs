use axum::{
    Json, Router,
    extract::{FromRequest, Request},
    http::{
        HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
            ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
            ETAG, ORIGIN, VARY,
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
    let hundred = get(async || list_of(100));
    Router::new()
        .route("/users", users)
        .route("/hundred", hundred)
        .route("/upstream", get(upstream))
}

/// The same, whose handler of users answers as the first policy says.
pub(super) fn by_hand() -> Router {
    let users = get(told).put(told).options(told);
    Router::new()
        .route("/users", users)
        .route("/hundred", get(told))
        .route("/upstream", get(upstream))
}

async fn list() -> Response {
    list_of(20)
}

fn list_of(count: u32) -> Response {
    let user =
        |id| User { id, name: format!("User {id}"), address: format!("user-{id}@example.com") };
    let users: Vec<User> = (1..=count).map(user).collect();
    ([(ETAG, "\"1\"")], Json(users)).into_response()
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
    let headers = request.headers();
    let is_app = headers.get(ORIGIN).is_some_and(|origin| origin == Page::App.origin());
    let is_preflight = headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match *request.method() {
        Method::OPTIONS if is_preflight && !is_app => StatusCode::FORBIDDEN.into_response(),
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        Method::PUT => match Json::from_request(request, &()).await {
            Ok(user) => save(user).await.into_response(),
            Err(rejection) => rejection.into_response(),
        },
        _ if request.uri().path() == "/hundred" => list_of(100),
        _ => list_of(20),
    };
    let headers = response.headers_mut();
    let mut tell = |name, value| drop(headers.insert(name, HeaderValue::from_static(value)));
    tell(VARY, "origin");
    if is_app {
        tell(ACCESS_CONTROL_ALLOW_ORIGIN, Page::App.origin());
        tell(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        if is_preflight {
            tell(ACCESS_CONTROL_ALLOW_METHODS, "PUT,DELETE");
            tell(ACCESS_CONTROL_ALLOW_HEADERS, "authorization,content-type");
            tell(ACCESS_CONTROL_MAX_AGE, "600");
        } else {
            tell(ACCESS_CONTROL_EXPOSE_HEADERS, "etag");
        }
    }
    response
}
