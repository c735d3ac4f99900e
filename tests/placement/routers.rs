//! Where in a router of axum the layer is.

use axum::{Router, handler::Handler, routing};
use tower_cors::testing::{Fetch, Page};
use tower_http::services::ServeDir;

use crate::row::{Row, cors, get_missing, put, stack, users};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        on_a_handler(),
        on_a_method(),
        before_the_routes(),
        before_the_fallback(),
        route_layer(),
        inside_nest(),
        static_files(),
    ]
}

async fn save() -> &'static str {
    "saved"
}

fn on_a_handler() -> Row {
    let route = |method_router| stack(Router::new().route("/users", method_router));
    Row {
        name: "`put(save.layer(cors))`",
        wrong: route(routing::put(save.layer(cors()))),
        right: route(routing::put(save).layer(cors())),
        fetch: put,
        status: 200,
    }
}

fn on_a_method() -> Row {
    let route = |method_router| Router::new().route("/users", method_router);
    Row {
        name: "`put(save).route_layer(cors)`",
        wrong: stack(route(routing::put(save).route_layer(cors()))),
        right: stack(route(routing::put(save)).layer(cors())),
        fetch: put,
        status: 200,
    }
}

fn before_the_routes() -> Row {
    Row {
        name: "`.layer(cors)` before `.route(…)`",
        wrong: stack(Router::new().layer(cors()).route("/users", routing::put(save))),
        right: stack(Router::new().route("/users", routing::put(save)).layer(cors())),
        fetch: put,
        status: 200,
    }
}

fn before_the_fallback() -> Row {
    let missing = async || (http::StatusCode::NOT_FOUND, "no such page");
    Row {
        name: "`.layer(cors)` before `.fallback(…)`",
        wrong: stack(users().layer(cors()).fallback(missing)),
        right: stack(users().fallback(missing).layer(cors())),
        fetch: get_missing,
        status: 404,
    }
}

fn route_layer() -> Row {
    Row {
        name: "`.route_layer(cors)`",
        wrong: stack(users().route_layer(cors())),
        right: stack(users().layer(cors())),
        fetch: get_missing,
        status: 404,
    }
}

fn inside_nest() -> Row {
    fn get_missing_in_nest(page: &Page) -> Fetch {
        page.get("https://api.example.com/api/missing")
    }
    Row {
        name: "`.nest(\"/api\", api.layer(cors))`",
        wrong: stack(Router::new().nest("/api", users().layer(cors()))),
        right: stack(Router::new().nest("/api", users()).layer(cors())),
        fetch: get_missing_in_nest,
        status: 404,
    }
}

fn static_files() -> Row {
    fn get_file(page: &Page) -> Fetch {
        page.get("https://api.example.com/Cargo.toml")
    }
    let files = || ServeDir::new(env!("CARGO_MANIFEST_DIR"));
    Row {
        name: "`.layer(cors)` before `.fallback_service(ServeDir::new(…))`",
        wrong: stack(users().layer(cors()).fallback_service(files())),
        right: stack(users().fallback_service(files()).layer(cors())),
        fetch: get_file,
        status: 200,
    }
}
