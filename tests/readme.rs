//! The README shows what the crate says, and stays short. Its code runs as doctests.

const README: &str = include_str!("../README.md");

#[cfg(feature = "public-suffix")]
#[test]
fn the_error_it_shows_is_the_error() {
    use http::header;
    use tower_cors::CorsLayer;

    let error = CorsLayer::new()
        .allow_origins(["https://Example.com/", "example.org", "https://*.github.io"])
        .allow_headers([header::COOKIE])
        .allow_credentials(true)
        .build()
        .unwrap_err();
    let (_, rest) = README.split_once("```text\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    let error = error.to_string();
    assert_eq!(shown.lines().count(), error.lines().count());
    for (shown, line) in shown.lines().zip(error.lines()) {
        match shown.strip_suffix('…') {
            Some(start) => assert!(line.starts_with(start), "{shown}\n{line}"),
            None => assert_eq!(shown, line),
        }
    }
}

#[test]
fn it_shows_code_at_once_and_is_short() {
    let first_code = README.lines().position(|line| line.starts_with("```rust")).unwrap();
    assert!(first_code < 15, "the first code is at line {}", first_code + 1);
    assert!(README.lines().count() <= 150);
}
