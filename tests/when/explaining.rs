//! What `explain` says of a branch.

use http::{Request, request::Builder};
use tower_cors::{Denial, Outcome};

use crate::harness::{ADMIN_HOST, APP, PARTNER, STRANGER, api, explain, get, preflight};

struct Row {
    request: Builder,
    branch: Option<usize>,
    expected: Result<Outcome, Denial>,
    text: &'static str,
}

fn rows() -> [Row; 7] {
    [
        Row {
            request: get("/public/news", STRANGER),
            branch: Some(0),
            expected: Ok(Outcome::Allowed),
            text: "actual GET /public/news: allowed: any origin is allowed\n  \
                   by the layer of: when[0]",
        },
        Row {
            request: preflight("/partners/7", PARTNER, "DELETE"),
            branch: Some(1),
            expected: Err(Denial::MethodNotAllowed),
            text: "preflight OPTIONS /partners/7: denied: method \"DELETE\" is not allowed\n  \
                   by the layer of: when[1]\n  \
                   to allow it: .allow_methods([…, Method::DELETE])",
        },
        Row {
            request: get("/partners/7", "https://partner.example:8443"),
            branch: Some(1),
            expected: Err(Denial::OriginNotAllowed),
            text: "actual GET /partners/7: denied: origin \"https://partner.example:8443\" is not allowed\n  \
                   by the layer of: when[1]\n  \
                   closest: \"https://partner.example\": the port differs\n  \
                   to allow it: .allow_origins([…, \"https://partner.example:8443\"])",
        },
        Row {
            request: get("/", "https://admin.example.com").header("host", ADMIN_HOST),
            branch: Some(2),
            expected: Ok(Outcome::SameOrigin),
            text: "actual GET /: same-origin: origin \"https://admin.example.com\" is the server's own\n  \
                   by the layer of: when[2]",
        },
        Row {
            request: Request::post("/")
                .header("host", ADMIN_HOST)
                .header("sec-fetch-site", "cross-site"),
            branch: Some(2),
            expected: Err(Denial::OriginNotAllowed),
            text: "POST /: denied: Sec-Fetch-Site says that a page of another origin sent it\n  \
                   by the layer of: when[2]",
        },
        Row {
            request: Request::get("/public/news"),
            branch: Some(0),
            expected: Ok(Outcome::NotCors),
            text: "GET /public/news: not CORS: it has no Origin header\n  \
                   by the layer of: when[0]",
        },
        Row {
            request: get("/", APP),
            branch: None,
            expected: Ok(Outcome::Allowed),
            text: "actual GET /: allowed: origin \"https://app.example.com\" is allowed",
        },
    ]
}

#[test]
fn the_branch_is_told_behind_the_reason() {
    for Row { request, branch, expected, text } in rows() {
        let explanation = explain(&api(), request.body(()).unwrap());
        let denial = explanation.denial();
        assert_eq!(explanation.to_string(), text);
        assert_eq!(explanation.branch(), branch, "{text}");
        assert_eq!(denial.map_or(Ok(explanation.outcome()), Err), expected, "{text}");
        let is_denied = explanation.outcome() == Outcome::Denied;
        assert_eq!(is_denied, denial.is_some(), "{text}");
    }
}
