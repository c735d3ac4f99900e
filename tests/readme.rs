//! The README and the guides show what the crate says, and the README stays short. Their code runs
//! as doctests.

use http::Request;
use tower_cors::CorsLayer;

const README: &str = include_str!("../README.md");
const TROUBLESHOOTING: &str = include_str!("../docs/troubleshooting.md");

/// The text that is shown with this beginning.
fn shown<'a>(page: &'a str, beginning: &str) -> &'a str {
    let mut texts = page.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next());
    texts.find(|text| text.starts_with(beginning)).expect("the page shows the text")
}

fn explain(request: http::request::Builder) -> String {
    let (parts, ()) = request.body(()).expect("the request is valid").into_parts();
    let cors = CorsLayer::new().allow_origins(["https://app.example.com"]);
    format!("{}\n", cors.explain(&parts).expect("the configuration is valid"))
}

#[cfg(feature = "public-suffix")]
#[test]
fn the_error_it_shows_is_the_error() {
    let error = CorsLayer::new()
        .allow_origins(["https://Example.com/", "example.org", "https://*.github.io"])
        .allow_headers([http::header::COOKIE])
        .allow_credentials(true)
        .build()
        .unwrap_err()
        .to_string();
    let shown = shown(README, "invalid CORS configuration");
    assert_eq!(shown.lines().count(), error.lines().count());
    for (shown, line) in shown.lines().zip(error.lines()) {
        match shown.strip_suffix('…') {
            Some(start) => assert!(line.starts_with(start), "{shown}\n{line}"),
            None => assert_eq!(shown, line),
        }
    }
}

#[test]
fn the_explanations_they_show_are_the_explanations() {
    let preflight = Request::options("/users")
        .header("origin", "https://app.example.com:8443")
        .header("access-control-request-method", "PUT");
    assert_eq!(shown(README, "preflight"), explain(preflight));
    let actual = Request::get("/users").header("origin", "http://app.example.com");
    assert_eq!(shown(TROUBLESHOOTING, "actual"), explain(actual));
}

#[test]
fn it_shows_code_at_once_and_is_short() {
    let first_code = README.lines().position(|line| line.starts_with("```rust")).unwrap();
    assert!(first_code < 15, "the first code is at line {}", first_code + 1);
    assert!(README.lines().count() < 200);
}
