use std::{fs, time::Duration};

use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use tokio::process::Command;
use tower_cors::{AllowHeaders, AllowOrigin, Any, CorsLayer};

use crate::{
    page,
    program::{Program, directory, is_fetched},
    row::{Row, compare},
};

/// What is allowed there by default.
fn defaults() -> CorsLayer {
    CorsLayer::new()
        .allow_methods([Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(AllowHeaders::mirror_request())
}

fn rows() -> Vec<Row<&'static str>> {
    let both = ["https://app.example.com", "https://www.example.com"];
    let app = "https://app.example.com";
    vec![
        Row::same("{}", defaults().allow_origin(Any)),
        Row::same(r#"{ origin: "*" }"#, defaults().allow_origin(Any)),
        Row {
            pages_there: &["null"],
            ..Row::same("{ origin: true }", defaults().allow_origin(AllowOrigin::mirror_request()))
        },
        Row::same("{ origin: false }", CorsLayer::new()),
        Row::same(r#"{ origin: "https://app.example.com" }"#, defaults().allow_origins([app])),
        Row::same(
            r#"{ origin: "https://app.example.com", credentials: true }"#,
            defaults()
                .allow_origin(AllowOrigin::fixed(HeaderValue::from_static(app)))
                .allow_credentials(true),
        ),
        Row::same(
            r#"{ origin: ["https://app.example.com", "https://www.example.com"], credentials: true }"#,
            defaults().allow_origins(both).allow_credentials(true),
        ),
        Row {
            pages_there: &["http"],
            ..Row::same(
                r"{ origin: /\.example\.com$/, credentials: true }",
                defaults().allow_origins(["https://*.example.com"]).allow_credentials(true),
            )
        },
        Row::same(
            r#"{ origin: (origin, callback) => callback(null, origin == "https://app.example.com") }"#,
            defaults().allow_origin(AllowOrigin::async_predicate(move |origin, _| async move {
                origin == app
            })),
        ),
        Row::same(
            r#"{ methods: ["PUT"], allowedHeaders: ["Authorization", "Content-Type"] }"#,
            CorsLayer::new()
                .allow_origin(Any)
                .allow_methods([Method::PUT])
                .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE]),
        ),
        Row::same(
            r#"{ exposedHeaders: ["X-Request-Id"], maxAge: 600, optionsSuccessStatus: 200 }"#,
            defaults()
                .allow_origin(Any)
                .expose_headers([HeaderName::from_static("x-request-id")])
                .max_age(Duration::from_secs(600))
                .preflight_status(StatusCode::OK),
        ),
        Row {
            pages_there: &["null"],
            ..Row::same(
                r#"(request, callback) => callback(null, { origin: request.url.startsWith("/11/") })"#,
                CorsLayer::new().when(
                    |target| target.uri().path().starts_with('/'),
                    defaults().allow_origin(AllowOrigin::mirror_request()),
                ),
            )
        },
    ]
}

/// Serves an application behind each of the options, if that is possible here.
pub(crate) async fn serve(options: &[&str]) -> Option<Program> {
    let directory = directory("express");
    let mut fetch = Command::new("npm");
    fetch.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    let remedy = "apt-get install --no-install-recommends nodejs npm";
    if !is_fetched(&directory.join("package-lock.json"), &mut fetch, remedy).await {
        return None;
    }
    let mut serve = Command::new("node");
    Some(Program::start(serve.arg(directory.join("serve.js")).args(options)).await)
}

#[tokio::test]
async fn pages_can_do_the_same_as_with_cors_of_express() {
    let rows = rows();
    let options: Vec<_> = rows.iter().map(|row| row.theirs).collect();
    let Some(server) = serve(&options).await else {
        return;
    };
    compare(&rows, server.address).await;

    let readme = fs::read_to_string(directory("express").join("node_modules/cors/README.md"));
    let readme = readme.expect("the package has one");
    let (_, options) = readme.split_once("\n## Configuration Options\n").expect("it has them");
    let lines = options.lines().filter_map(|line| line.strip_prefix("* `"));
    page::names_all("Express", "2.8.6", lines.filter_map(|line| line.split('`').next()));
}
