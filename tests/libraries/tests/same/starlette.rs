use std::{fs, time::Duration};

use http::{HeaderName, Method, header};
use tokio::process::Command;
use tower_cors::{Any, CorsLayer};

use crate::{
    page,
    program::{Program, directory, is_fetched},
    row::{Row, compare},
};

/// What is allowed there by default, but for methods.
fn defaults() -> CorsLayer {
    CorsLayer::new().allow_headers([header::CONTENT_TYPE]).max_age(Duration::from_secs(600))
}

fn rows() -> Vec<Row<&'static str>> {
    let both = ["https://app.example.com", "https://www.example.com"];
    vec![
        Row::same("", CorsLayer::new()),
        Row {
            only_here: &[
                "app: remember for 600 s",
                "app: send json",
                "www: remember for 600 s",
                "www: send json",
            ],
            ..Row::same(
                r#"allow_origins=["https://app.example.com", "https://www.example.com"]"#,
                defaults().allow_origins(both),
            )
        },
        Row::same(
            r#"allow_origins=["*"], allow_methods=["POST", "PUT"]"#,
            defaults().allow_origin(Any).allow_methods([Method::PUT]),
        ),
        Row::same(
            r#"allow_origin_regex=r"https://.*\.example\.com", allow_methods=["*"], allow_headers=["*"], allow_credentials=True"#,
            defaults()
                .allow_origins(["https://*.example.com"])
                .allow_methods(Any)
                .allow_headers(Any)
                .allow_credentials(true),
        ),
        Row::same(
            r#"allow_origins=["https://app.example.com"], allow_methods=["GET", "POST", "PUT"], allow_headers=["Authorization"], allow_credentials=True"#,
            defaults()
                .allow_origins(["https://app.example.com"])
                .allow_methods([Method::PUT])
                .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
                .allow_credentials(true),
        ),
        Row::same(
            r#"allow_origins=["*"], allow_methods=["POST"], expose_headers=["X-Request-Id"], max_age=60"#,
            defaults()
                .allow_origin(Any)
                .expose_headers([HeaderName::from_static("x-request-id")])
                .max_age(Duration::from_secs(60)),
        ),
        Row::same(
            r#"allow_origins=["https://app.example.com"], allow_methods=["POST"], allow_credentials=True, expose_headers=["*"]"#,
            defaults()
                .allow_origins(["https://app.example.com"])
                .allow_credentials(true)
                .expose_headers(Any),
        ),
    ]
}

/// Serves an application behind each of the options, if that is possible here.
pub(crate) async fn serve(options: &[&str]) -> Option<Program> {
    let directory = directory("starlette");
    let mut fetch = Command::new("python3");
    fetch.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args([
        "--upgrade",
        "--target",
        "packages",
        "-r",
        "requirements.txt",
    ]);
    let remedy = "apt-get install --no-install-recommends python3-pip";
    if !is_fetched(&directory.join("requirements.txt"), &mut fetch, remedy).await {
        return None;
    }
    let mut serve = Command::new("python3");
    serve.env("PYTHONPATH", directory.join("packages"));
    Some(Program::start(serve.arg(directory.join("serve.py")).args(options)).await)
}

#[tokio::test]
async fn pages_can_do_the_same_as_with_starlette() {
    let rows = rows();
    let options: Vec<_> = rows.iter().map(|row| row.theirs).collect();
    let Some(server) = serve(&options).await else {
        return;
    };
    compare(&rows, server.address).await;

    let source = directory("starlette").join("packages/starlette/middleware/cors.py");
    let source = fs::read_to_string(source).expect("the package has it");
    let (_, options) = source.split_once("        app: ASGIApp,\n").expect("it is a parameter");
    let options = options.lines().take_while(|line| !line.contains(") -> None:"));
    page::names_all(
        "Starlette",
        "1.10.0",
        options.filter_map(|line| line.trim().split(':').next()),
    );
}
