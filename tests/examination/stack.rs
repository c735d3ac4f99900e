//! Routes, a policy, and what an examination says about them.

use axum::{Router, http::StatusCode, routing};
use http::{Method, header};
use tower_cors::{
    CorsLayer,
    testing::{Browser, Examination, Report},
};

pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const API: &str = "https://api.example.com/users";

pub(crate) fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origins([APP])
        .allow_methods([Method::PUT])
        .allow_headers([header::AUTHORIZATION])
}

pub(crate) fn routes() -> Router {
    let users = routing::get(async || "users").put(async || "saved");
    let fails = routing::get(async || StatusCode::INTERNAL_SERVER_ERROR);
    Router::new().route("/users", users).route("/fails", fails)
}

pub(crate) fn examination() -> Examination {
    Browser::new().page(APP).examine(API)
}

/// Each finding with its code.
pub(crate) fn lines(report: &Report) -> Vec<String> {
    report.into_iter().map(|finding| format!("{}: {finding}", finding.code())).collect()
}

/// The broken stack has that one fault, and the mended one has none.
pub(crate) async fn assert_found(
    examination: Examination,
    mut broken: Router,
    mut mended: Router,
    expected: &str,
) {
    let report = examination.clone().run(&mut broken).await;
    assert_eq!(lines(&report), [expected], "{report}");
    let shown = report.findings()[0].exchanges();
    assert!(!shown.is_empty(), "{expected}: no exchange shows it");
    let report = examination.run(&mut mended).await;
    assert!(report.is_clean(), "{expected}: the mended stack\n{report}");
}
