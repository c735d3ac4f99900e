//! By path, by host, by extension; the first that is met; the layer's own policy otherwise.

use http::{Request, header, request::Builder};
use tower_cors::{Any, CorsLayer};

use crate::harness::{ADMIN_HOST, APP, Beta, PARTNER, Row, STRANGER, api, check, get, preflight};

#[test]
fn by_path() {
    check(
        &api(),
        [
            Row {
                name: "public GET: the same for everyone, so without Vary",
                request: get("/public/news", STRANGER),
                branch: Some(0),
                answer: &[
                    "200",
                    "access-control-allow-origin: *",
                    "access-control-expose-headers: *",
                    "inner: GET /public/news",
                ],
            },
            Row {
                name: "public GET without origin",
                request: Request::get("/public/news"),
                branch: Some(0),
                answer: &[
                    "200",
                    "access-control-allow-origin: *",
                    "access-control-expose-headers: *",
                    "inner: GET /public/news",
                ],
            },
            Row {
                name: "public preflight",
                request: preflight("/public/news", STRANGER, "GET"),
                branch: Some(0),
                answer: &[
                    "204",
                    "access-control-allow-methods: GET,HEAD,POST",
                    "access-control-allow-origin: *",
                ],
            },
            Row {
                name: "public preflight of a method that only partners may use",
                request: preflight("/public/news", PARTNER, "PUT"),
                branch: Some(0),
                answer: &[
                    "204",
                    "access-control-allow-methods: GET,HEAD,POST",
                    "access-control-allow-origin: *",
                    "(method-not-allowed)",
                ],
            },
            Row {
                name: "PUT of a partner",
                request: get("/partners/7?x=/public/", PARTNER).method("PUT"),
                branch: Some(1),
                answer: &[
                    "200",
                    "access-control-allow-credentials: true",
                    "access-control-allow-origin: https://partner.example",
                    "access-control-expose-headers: etag",
                    "inner: PUT /partners/7?x=/public/",
                    "vary: origin",
                ],
            },
            Row {
                name: "preflight of a partner's PUT",
                request: preflight("/partners/7", PARTNER, "PUT"),
                branch: Some(1),
                answer: &[
                    "204",
                    "access-control-allow-credentials: true",
                    "access-control-allow-headers: content-type",
                    "access-control-allow-methods: PUT",
                    "access-control-allow-origin: https://partner.example",
                    "vary: origin",
                ],
            },
            Row {
                name: "preflight of the app's own PUT to the partners",
                request: preflight("/partners/7", APP, "PUT"),
                branch: Some(1),
                answer: &["403", "vary: origin", "(origin-not-allowed)"],
            },
            Row {
                name: "GET of the partners without origin",
                request: Request::get("/partners/7"),
                branch: Some(1),
                answer: &["200", "inner: GET /partners/7", "vary: origin"],
            },
        ],
    );
}

#[test]
fn otherwise() {
    check(
        &api(),
        [
            Row {
                name: "GET of the app",
                request: get("/partners", APP),
                branch: None,
                answer: &[
                    "200",
                    "access-control-allow-origin: https://app.example.com",
                    "inner: GET /partners",
                    "vary: origin",
                ],
            },
            Row {
                name: "GET of a partner",
                request: get("/", PARTNER),
                branch: None,
                answer: &["200", "inner: GET /", "vary: origin", "(origin-not-allowed)"],
            },
            Row {
                name: "preflight of the app",
                request: preflight("/", APP, "GET"),
                branch: None,
                answer: &[
                    "204",
                    "access-control-allow-methods: GET,HEAD,POST",
                    "access-control-allow-origin: https://app.example.com",
                    "vary: origin",
                ],
            },
            Row {
                name: "preflight of the whole server",
                request: preflight("*", APP, "GET"),
                branch: None,
                answer: &[
                    "204",
                    "access-control-allow-methods: GET,HEAD,POST",
                    "access-control-allow-origin: https://app.example.com",
                    "vary: origin",
                ],
            },
        ],
    );
}

#[test]
fn by_host_and_enforced_there_alone() {
    let at_admin = |request: Builder| request.header(header::HOST, ADMIN_HOST);
    check(
        &api(),
        [
            Row {
                name: "POST from elsewhere is not run",
                request: at_admin(get("/", APP)).method("POST"),
                branch: Some(2),
                answer: &[
                    "403",
                    "cache-control: no-store",
                    "vary: origin, sec-fetch-site",
                    "(origin-not-allowed)",
                ],
            },
            Row {
                name: "preflight from elsewhere",
                request: at_admin(preflight("/", APP, "GET")),
                branch: Some(2),
                answer: &["403", "vary: origin, sec-fetch-site", "(origin-not-allowed)"],
            },
            Row {
                name: "POST of its own page runs",
                request: at_admin(get("/", "https://admin.example.com")).method("POST"),
                branch: Some(2),
                answer: &["200", "inner: POST /", "vary: origin, sec-fetch-site"],
            },
            Row {
                name: "GET without origin",
                request: at_admin(Request::get("/")),
                branch: Some(2),
                answer: &["200", "inner: GET /", "vary: origin, sec-fetch-site"],
            },
            Row {
                name: "write from elsewhere without origin",
                request: at_admin(Request::post("/")).header("sec-fetch-site", "cross-site"),
                branch: Some(2),
                answer: &[
                    "403",
                    "cache-control: no-store",
                    "vary: origin, sec-fetch-site",
                    "(origin-not-allowed)",
                ],
            },
            Row {
                name: "elsewhere the same runs",
                request: Request::post("/").header("sec-fetch-site", "cross-site"),
                branch: None,
                answer: &["200", "inner: POST /", "vary: origin"],
            },
            Row {
                name: "elsewhere a foreign POST runs",
                request: get("/", STRANGER).method("POST"),
                branch: None,
                answer: &["200", "inner: POST /", "vary: origin", "(origin-not-allowed)"],
            },
        ],
    );
}

#[test]
fn by_extension() {
    check(
        &api(),
        [
            Row {
                name: "GET",
                request: get("/", STRANGER).extension(Beta),
                branch: Some(3),
                answer: &[
                    "200",
                    "access-control-allow-origin: https://stranger.example",
                    "inner: GET /",
                    "vary: origin",
                ],
            },
            Row {
                name: "preflight",
                request: preflight("/", STRANGER, "GET").extension(Beta),
                branch: Some(3),
                answer: &[
                    "204",
                    "access-control-allow-methods: GET,HEAD,POST",
                    "access-control-allow-origin: https://stranger.example",
                    "vary: origin",
                ],
            },
        ],
    );
}

#[test]
fn the_first_that_is_met_wins() {
    let everywhere = |request: Builder| request.header(header::HOST, ADMIN_HOST).extension(Beta);
    check(
        &api(),
        [
            Row {
                name: "path before host",
                request: everywhere(get("/public/", STRANGER)),
                branch: Some(0),
                answer: &[
                    "200",
                    "access-control-allow-origin: *",
                    "access-control-expose-headers: *",
                    "inner: GET /public/",
                ],
            },
            Row {
                name: "host before extension",
                request: everywhere(preflight("/", STRANGER, "GET")),
                branch: Some(2),
                answer: &["403", "vary: origin, sec-fetch-site", "(origin-not-allowed)"],
            },
        ],
    );
}

#[test]
fn a_static_policy_is_static_for_its_own_targets_alone() {
    let app = CorsLayer::new().allow_origins([APP]);
    check(
        &CorsLayer::new().allow_origin(Any).when(|target| target.uri().path() == "/app", app),
        [
            Row {
                name: "otherwise",
                request: get("/", STRANGER),
                branch: None,
                answer: &["200", "access-control-allow-origin: *", "inner: GET /"],
            },
            Row {
                name: "branch",
                request: get("/app", STRANGER),
                branch: Some(0),
                answer: &["200", "inner: GET /app", "vary: origin", "(origin-not-allowed)"],
            },
        ],
    );
}
