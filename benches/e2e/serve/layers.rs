use std::{io, iter, time::Duration};

use axum::http::{
    HeaderValue, Method,
    header::{AUTHORIZATION, CONTENT_TYPE},
};

use super::APP;

const MAX_AGE: Duration = Duration::from_secs(600);

/// `count` origins, the last of which asks.
pub(super) fn origins(count: usize) -> impl Iterator<Item = String> {
    let others = (1..count).map(|number| format!("https://app-{number}.example.com"));
    others.chain(iter::once(APP.to_owned()))
}

pub(super) fn tower_cors(count: usize) -> io::Result<tower_cors::CorsLayer> {
    tower_cors::CorsLayer::new()
        .allow_origins(origins(count))
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE])
        .max_age(MAX_AGE)
        .build()
        .map_err(io::Error::other)
}

pub(super) fn tower_http(count: usize) -> io::Result<tower_http::cors::CorsLayer> {
    let values = origins(count).map(HeaderValue::try_from).collect::<Result<Vec<_>, _>>();
    let layer = tower_http::cors::CorsLayer::new()
        .allow_origin(values.map_err(io::Error::other)?)
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE])
        .max_age(MAX_AGE);
    Ok(layer)
}

pub(super) fn actix_cors(count: usize) -> actix_cors::Cors {
    let cors = actix_cors::Cors::default()
        .allowed_methods(["PUT", "DELETE"])
        .allowed_headers(["authorization", "content-type"])
        .max_age(600);
    origins(count).fold(cors, |cors, origin| cors.allowed_origin(&origin))
}
