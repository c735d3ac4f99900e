//! The cells of the comparison that an answer shows.

use std::collections::BTreeMap;

use actix_cors::Cors;
use http::{HeaderMap, HeaderName, Method, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use tower::{BoxError, Layer, Service, ServiceExt, service_fn};
use tower_cors::testing::{Body, Browser, Credentials};

use crate::{actix, application::application, express, remote, starlette};

const TABLE: &str = include_str!("../../../../docs/comparison.md");

const APP: &str = "https://app.example.com";
const STRANGER: &str = "https://stranger.example";

const PREFLIGHT: (&str, &str) = ("access-control-request-method", "PUT");

/// What the table says of a library, by the numbers of the rows.
fn cells(library: &str) -> BTreeMap<u32, &'static str> {
    let cells = |row: &'static str| row.trim_matches('|').split('|').map(str::trim);
    let mut lines = TABLE.lines().skip_while(|line| !line.starts_with("|  | |"));
    let head = lines.next().expect("the table is there");
    let column = cells(head).position(|cell| cell == library).expect("it has a column");
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    let row = |row| {
        let number = cells(row).next().and_then(|cell| cell.parse().ok());
        Some((number?, cells(row).nth(column)?))
    };
    rows.filter_map(row).collect()
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    ran: bool,
}

impl Answer {
    fn has_cors(&self) -> bool {
        self.headers.keys().any(|name| name.as_str().starts_with("access-control-"))
    }

    fn varies_by_origin(&self) -> bool {
        let lines = self.headers.get_all(header::VARY).iter().filter_map(|line| line.to_str().ok());
        lines
            .flat_map(|line| line.split(','))
            .any(|name| name.trim().eq_ignore_ascii_case("origin"))
    }
}

/// Asks an application that allows `APP` to `PUT` with credentials and `x-a`.
async fn ask<S, R>(service: &mut S, method: Method, lines: &[(&str, &str)]) -> Answer
where
    S: Service<Request<Body>, Response = Response<R>, Error: Into<BoxError>>,
    R: http_body::Body<Error: Into<BoxError>>,
{
    let mut request = Request::new(Body::default());
    *request.method_mut() = method;
    for (name, value) in lines.iter().chain(&[("host", "api.example.net")]) {
        let name: HeaderName = name.parse().expect("names are valid");
        request.headers_mut().append(name, value.parse().expect("values are valid"));
    }
    let response = service.ready().await.map_err(Into::into).expect("it is ready").call(request);
    let (parts, body) = response.await.map_err(Into::into).expect("it answers").into_parts();
    let body = body.collect().await.map_err(Into::into).expect("it ends").to_bytes();
    Answer { status: parts.status, headers: parts.headers, ran: body == "ran" }
}

/// What holds of a strict policy, by the number of its row.
async fn strict<S, R>(mut service: S) -> Vec<(u32, bool)>
where
    S: Service<Request<Body>, Response = Response<R>, Error: Into<BoxError>>,
    R: http_body::Body<Error: Into<BoxError>>,
{
    let service = &mut service;
    let plain = ask(service, Method::OPTIONS, &[("origin", APP)]).await;
    let no_cors = ask(service, Method::GET, &[]).await;
    let refused = ask(service, Method::POST, &[("origin", STRANGER)]).await;
    let upstream = [("origin", STRANGER), ("x-upstream", "1")];
    let upstream = ask(service, Method::GET, &upstream).await;
    let preflight = ask(service, Method::OPTIONS, &[("origin", STRANGER), PREFLIGHT]).await;
    let other = [("origin", APP), PREFLIGHT, ("access-control-request-headers", "x-other")];
    let other = ask(service, Method::OPTIONS, &other).await;
    let told = [header::ACCESS_CONTROL_ALLOW_ORIGIN, header::ACCESS_CONTROL_ALLOW_HEADERS];
    vec![
        (1, plain.ran),
        (3, [&no_cors, &refused, &preflight].into_iter().all(Answer::varies_by_origin)),
        (4, !refused.has_cors() && !preflight.has_cors()),
        (5, !upstream.has_cors()),
        (10, other.status.is_success() && told.iter().all(|name| other.headers.contains_key(name))),
    ]
}

/// Whether a policy that allows any method and header, and exposes any, does so with credentials.
async fn open<S, R>(mut service: S) -> Vec<(u32, bool)>
where
    S: Service<Request<Body>, Response = Response<R>, Error: Into<BoxError>>,
    R: http_body::Body<Error: Into<BoxError>>,
{
    let put = Browser::new().page(APP).put("https://api.example.net/").header("x-other", "1");
    let outcome = put.credentials(Credentials::Include).send(&mut service).await;
    let read = Browser::new().page(APP).get("https://api.example.net/");
    let read = read.credentials(Credentials::Include).send(&mut service).await;
    let header = read.expect_readable().header("x-request-id");
    vec![(18, outcome.readable().is_some()), (19, header.is_some())]
}

/// `yes` is to hold and `no` is not; what lies between has a note.
fn check(library: &str, held: impl IntoIterator<Item = (u32, bool)>) {
    let cells = cells(library);
    for (number, holds) in held {
        match cells[&number] {
            "yes" => assert!(holds, "{library}, row {number}"),
            "no" => assert!(!holds, "{library}, row {number}"),
            between => assert!(["mostly", "partly"].contains(&between), "row {number}: {between}"),
        }
    }
}

#[tokio::test]
async fn of_tower_cors() {
    use tower_cors::{Any, CorsLayer};

    let cors = CorsLayer::new().allow_origins([APP]).allow_credentials(true);
    let listed = cors
        .clone()
        .allow_methods([Method::PUT])
        .allow_headers([HeaderName::from_static("x-a")])
        .expose_headers([HeaderName::from_static("x-request-id")]);
    let any = cors.allow_methods(Any).allow_headers(Any).expose_headers(Any);
    check("tower-cors", strict(listed.layer(service_fn(application))).await);
    check("tower-cors", open(any.layer(service_fn(application))).await);
}

#[tokio::test]
async fn of_tower_http() {
    use tower_http::cors::{AllowHeaders, AllowMethods, CorsLayer};

    let origins = [http::HeaderValue::from_static(APP)];
    let cors = CorsLayer::new().allow_origin(origins).allow_credentials(true);
    let listed = cors
        .clone()
        .allow_methods([Method::PUT])
        .allow_headers([HeaderName::from_static("x-a")])
        .expose_headers([HeaderName::from_static("x-request-id")]);
    // `Any` panics in its place, which leaves nothing to expose all with.
    let any = cors
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request());
    check("tower-http", strict(listed.layer(service_fn(application))).await);
    check("tower-http", open(any.layer(service_fn(application))).await);
}

#[tokio::test]
async fn of_actix_cors() {
    let address = actix::serve(vec![
        || {
            let cors = Cors::default().allowed_origin(APP).allowed_methods(["PUT"]);
            cors.allowed_header("x-a").expose_headers(["x-request-id"]).supports_credentials()
        },
        || {
            let cors = Cors::default().allowed_origin(APP).allow_any_method().allow_any_header();
            cors.expose_any_header().supports_credentials()
        },
    ]);
    check("actix-cors", strict(remote::application(address, 0)).await);
    check("actix-cors", open(remote::application(address, 1)).await);
}

#[tokio::test]
async fn of_express() {
    let listed = r#"{ origin: ["https://app.example.com"], credentials: true, methods: ["PUT"],
        allowedHeaders: ["X-A"], exposedHeaders: ["X-Request-Id"] }"#;
    let any = r#"{ origin: ["https://app.example.com"], credentials: true, methods: "*",
        exposedHeaders: "*" }"#;
    let Some(server) = express::serve(&[listed, any]).await else {
        return;
    };
    check("Express", strict(remote::application(server.address, 0)).await);
    check("Express", open(remote::application(server.address, 1)).await);
}

#[tokio::test]
async fn of_starlette() {
    let listed = r#"allow_origins=["https://app.example.com"], allow_credentials=True,
        allow_methods=["PUT"], allow_headers=["X-A"], expose_headers=["X-Request-Id"]"#;
    let any = r#"allow_origins=["https://app.example.com"], allow_credentials=True,
        allow_methods=["*"], allow_headers=["*"], expose_headers=["*"]"#;
    let Some(server) = starlette::serve(&[listed, any]).await else {
        return;
    };
    check("Starlette", strict(remote::application(server.address, 0)).await);
    check("Starlette", open(remote::application(server.address, 1)).await);
}
