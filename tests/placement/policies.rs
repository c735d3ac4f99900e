//! Several policies.

use axum::{Router, routing};
use tower::Layer;
use tower_cors::{
    Any, CorsLayer,
    testing::{Credentials, Fetch, Page},
};
use tower_http::normalize_path::NormalizePathLayer;

use crate::row::{Row, cors, get_with_cookies, stack, users};

pub(crate) fn rows() -> Vec<Row> {
    vec![open_around_closed(), a_layer_per_method(), before_the_path_is_normalized()]
}

fn public() -> CorsLayer {
    CorsLayer::new().allow_origin(Any)
}

fn is_public(path: &str) -> bool {
    path == "/public"
}

fn open_around_closed() -> Row {
    let closed = || cors().when(|target| is_public(target.uri().path()), public());
    Row {
        name: "an open layer around a closed one",
        wrong: stack(users().layer(cors()).layer(public())),
        right: stack(users().layer(closed())),
        fetch: get_with_cookies,
        status: 200,
    }
}

fn a_layer_per_method() -> Row {
    fn put_with_cookies(page: &Page) -> Fetch {
        page.put("https://api.example.com/users").credentials(Credentials::Include)
    }
    let get = routing::get(async || "users").layer(public());
    let put = || routing::put(async || "saved");
    Row {
        name: "a policy per method of one path",
        wrong: stack(Router::new().route("/users", put().layer(cors()).merge(get))),
        right: stack(Router::new().route("/users", put()).layer(cors())),
        fetch: put_with_cookies,
        status: 200,
    }
}

fn before_the_path_is_normalized() -> Row {
    fn get_public(page: &Page) -> Fetch {
        page.get("https://api.example.com/public/").header("x-a", "1")
    }
    let layer = || {
        let public = public().allow_headers(Any);
        CorsLayer::new().when(|target| is_public(target.uri().path()), public)
    };
    let news = || Router::new().route("/public", routing::get(async || "news"));
    let trim = NormalizePathLayer::trim_trailing_slash;
    Row {
        name: "`when` outside of `NormalizePathLayer`",
        wrong: stack(layer().layer(trim().layer(news()))),
        right: stack(trim().layer(layer().layer(news()))),
        fetch: get_public,
        status: 200,
    }
}
