//! What kind of request it is: not CORS, preflight or actual.

use http::Method;
use tower_cors::{CorsLayer, Denial};

use crate::harness::{
    ACAM, ACAO, ACRH, ACRM, ALLOW_APP, APP, Row, SAFELISTED, VARY, actual, answers, check, plain,
    preflight, reply, runs,
};

fn listed() -> CorsLayer {
    CorsLayer::new().allow_origins([APP]).allow_methods([Method::PUT])
}

const ALLOWED: [(&str, &str); 3] = [ALLOW_APP, (ACAM, "PUT"), VARY];

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = vec![
        Row::new("OPTIONS without Origin", listed(), plain("OPTIONS"), runs(&[VARY]))
            .covers(&["S1", "S2", "D1"]),
        Row::new(
            "OPTIONS without Origin but with ACRM",
            listed(),
            plain("OPTIONS").header(ACRM, "PUT").header(ACRH, "x-a"),
            runs(&[VARY]),
        )
        .covers(&["S1", "D1"]),
        Row::new(
            "OPTIONS with Origin but without ACRM",
            listed(),
            actual(APP).method("OPTIONS"),
            runs(&[ALLOW_APP, VARY]),
        )
        .covers(&["S1", "S2", "D1"]),
        Row::new(
            "OPTIONS with Origin and ACRH but without ACRM",
            listed(),
            actual(APP).method("OPTIONS").header(ACRH, "x-a"),
            runs(&[ALLOW_APP, VARY]),
        ),
        Row::new(
            "OPTIONS * with Origin but without ACRM",
            listed(),
            actual(APP).method("OPTIONS").uri("*"),
            runs(&[ALLOW_APP, VARY]),
        ),
        Row::new(
            "plain OPTIONS from a stranger",
            listed(),
            actual("https://evil.example").method("OPTIONS"),
            runs(&[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new("preflight", listed(), preflight(APP, "PUT"), answers(204, &ALLOWED))
            .covers(&["S1", "S8"]),
        Row::new(
            "preflight OPTIONS *",
            listed(),
            preflight(APP, "PUT").uri("*"),
            answers(204, &ALLOWED),
        ),
        Row::new(
            "preflight that an authorizing service would refuse",
            listed(),
            preflight(APP, "PUT"),
            answers(204, &ALLOWED),
        )
        .inner(reply(401).header("www-authenticate", "Bearer"))
        .covers(&["S8", "S9"]),
        Row::new(
            "preflight with a body",
            listed(),
            preflight(APP, "PUT").header("content-length", "8"),
            answers(204, &ALLOWED),
        ),
        Row::new(
            "preflight with an empty ACRM",
            listed(),
            preflight(APP, ""),
            answers(204, &ALLOWED).denied(Denial::MethodNotAllowed),
        ),
        Row::new(
            "preflight with an empty Origin",
            listed(),
            preflight("", "PUT"),
            answers(403, &[VARY]).denied(Denial::OriginMalformed),
        ),
        Row::new(
            "preflight with two Origin lines",
            listed(),
            preflight(APP, "PUT").header("origin", APP),
            answers(403, &[VARY]).denied(Denial::OriginMalformed),
        )
        .covers(&["S21", "D16"]),
        Row::new(
            "preflight with two ACRM lines",
            listed(),
            preflight(APP, "PUT").header(ACRM, "PUT"),
            answers(204, &ALLOWED).denied(Denial::MethodNotAllowed),
        ),
        Row::new(
            "OPTIONS in lower case is another method",
            listed(),
            actual(APP).method("options").header(ACRM, "PUT"),
            runs(&[ALLOW_APP, VARY]),
        )
        .covers(&["S1"]),
        Row::new(
            "preflight where no method is listed",
            CorsLayer::new().allow_origins([APP]),
            preflight(APP, "POST"),
            answers(204, &[ALLOW_APP, SAFELISTED, VARY]),
        ),
        Row::new(
            "preflight where nothing is allowed",
            CorsLayer::new(),
            preflight(APP, "GET"),
            answers(403, &[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new("GET where nothing is allowed", CorsLayer::new(), plain("GET"), runs(&[VARY]))
            .covers(&["D6"]),
        Row::new(
            "preflight where anything is allowed",
            CorsLayer::permissive(),
            preflight(APP, "PUT"),
            answers(
                204,
                &[(ACAO, "*"), (ACAM, "*"), ("access-control-allow-headers", "*,authorization")],
            ),
        ),
    ];
    // ACRM makes a preflight of OPTIONS only, and every method needs Origin to be CORS.
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "QUERY"] {
        let request = |builder: http::request::Builder| match method {
            "CONNECT" => builder.uri("app.example.com:443").method(method),
            _ => builder.method(method),
        };
        rows.push(
            Row::new(
                format!("{method} with ACRM"),
                listed(),
                request(actual(APP)).header(ACRM, "PUT").header(ACRH, "x-a"),
                runs(&[ALLOW_APP, VARY]),
            )
            .covers(&["S1", "S2"]),
        );
        rows.push(Row::new(
            format!("{method} without Origin"),
            listed(),
            request(plain("GET")),
            runs(&[VARY]),
        ));
    }
    rows
}

#[test]
fn classification() {
    check(&rows());
}
