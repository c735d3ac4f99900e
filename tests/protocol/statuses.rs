//! Every status of the inner service, and those of the layer.

use http::StatusCode;
use tower_cors::{Any, CorsLayer, Denial};

use crate::harness::{
    ACAC, ACAH, ACAM, ACAO, ACEH, ACRH, ALLOW_APP, APP, EVIL, Row, SAFELISTED, VARY, actual,
    answers, check, plain, preflight, reply, runs,
};

const STATUSES: [u16; 25] = [
    101, 200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 407, 409,
    418, 429, 500, 502, 503, 999,
];

fn listed() -> CorsLayer {
    CorsLayer::new()
        .allow_origins([APP])
        .allow_credentials(true)
        .expose_headers([http::header::ETAG])
}

fn of_the_inner_service() -> Vec<Row> {
    let mut rows = vec![];
    for status in STATUSES {
        let inner = || {
            let reply = reply(status).header("etag", "\"1\"").header("set-cookie", "a=1");
            let reply = reply.header("set-cookie", "b=2").header("location", "/elsewhere");
            reply.header("cache-control", "max-age=60").header("upgrade", "websocket")
        };
        let allowed = runs(&[ALLOW_APP, (ACAC, "true"), (ACEH, "etag"), VARY]);
        rows.extend([
            Row::new(format!("{status}"), listed(), actual(APP), allowed)
                .inner(inner())
                .covers(&["S2", "S15"]),
            Row::new(
                format!("{status} to a stranger"),
                listed(),
                actual(EVIL),
                runs(&[VARY]).denied(Denial::OriginNotAllowed),
            )
            .inner(inner())
            .covers(&["S16", "S17", "D23"]),
            Row::new(format!("{status}, not CORS"), listed(), plain("GET"), runs(&[VARY]))
                .inner(inner())
                .covers(&["S16"]),
            Row::new(
                format!("{status} from any origin"),
                CorsLayer::new().allow_origin(Any),
                actual(EVIL),
                runs(&[(ACAO, "*")]),
            )
            .inner(inner())
            .covers(&["S15"]),
        ]);
    }
    rows
}

fn of_preflights() -> Vec<Row> {
    let allowed = [ALLOW_APP, (ACAC, "true"), SAFELISTED, VARY];
    let mut rows = vec![];
    for code in [StatusCode::OK, StatusCode::NO_CONTENT, StatusCode::IM_USED] {
        let status = code.as_u16();
        let config = || listed().preflight_status(code);
        let name = |what: &str| format!("preflight status {status}: {what}");
        let denied = |denial| answers(status, &allowed).denied(denial);
        rows.extend([
            Row::new(name("allowed"), config(), preflight(APP, "GET"), answers(status, &allowed))
                .covers(&["S8"]),
            Row::new(
                name("method not allowed"),
                config(),
                preflight(APP, "PUT"),
                denied(Denial::MethodNotAllowed),
            ),
            Row::new(
                name("header not allowed"),
                config(),
                preflight(APP, "GET").header(ACRH, "x-a"),
                denied(Denial::HeaderNotAllowed),
            ),
            Row::new(
                name("stranger"),
                config(),
                preflight(EVIL, "GET"),
                answers(403, &[VARY]).denied(Denial::OriginNotAllowed),
            )
            .covers(&["S12"]),
            Row::new(
                name("actual"),
                config(),
                actual(APP),
                runs(&[ALLOW_APP, (ACAC, "true"), (ACEH, "etag"), VARY]),
            ),
            Row::new(
                name("any"),
                CorsLayer::permissive().preflight_status(code),
                preflight("null", "PUT"),
                answers(status, &[(ACAO, "*"), (ACAM, "*"), (ACAH, "*,authorization")]),
            ),
        ]);
    }
    rows
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = of_the_inner_service();
    rows.extend(of_preflights());
    rows
}

#[test]
fn statuses() {
    check(&rows());
}
