//! The layer owns the six CORS response headers and the `Denial`: what the inner service set goes.

use futures_util::FutureExt;
use http::{Method, Request, Response, response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cors::{Any, CorsLayer, Denial};

use crate::{
    coverage::Covers,
    harness::{
        ACAC, ACAH, ACAM, ACAO, ACEH, ACMA, ALLOW_APP, APP, EVIL, Expected, Line, Row, SIX, VARY,
        actual, answers, check, plain, preflight, reply, runs,
    },
};

fn listed() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

fn all() -> CorsLayer {
    listed().allow_credentials(true).expose_headers([http::header::ETAG])
}

/// What a careless upstream says.
fn says(reply: response::Builder, six: &[&str], lines: usize) -> response::Builder {
    let value = |name: &str| if name == ACAO { "*" } else { "true" };
    let mut reply = reply.header("x-b", "1").header("access-control-allow-private-network", "true");
    for name in six {
        for _ in 0..lines {
            reply = reply.header(*name, value(name));
        }
    }
    reply
}

fn asks() -> [(&'static str, http::request::Builder, Expected); 6] {
    let allowed: &[Line<'_>] = &[ALLOW_APP, (ACAC, "true"), (ACEH, "etag"), VARY];
    [
        ("allowed", actual(APP), runs(allowed)),
        ("allowed OPTIONS", actual(APP).method("OPTIONS"), runs(allowed)),
        ("stranger", actual(EVIL), runs(&[VARY]).denied(Denial::OriginNotAllowed)),
        ("null", actual("null"), runs(&[VARY]).denied(Denial::OriginNull)),
        (
            "same origin",
            actual("https://api.example.com").header("host", "api.example.com"),
            runs(&[VARY]),
        ),
        ("not CORS", plain("GET"), runs(&[VARY])),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = vec![];
    for status in [200, 204, 301, 304, 401, 404, 500, 503] {
        for (who, request, expected) in asks() {
            let inner = says(reply(status), &SIX, 1);
            rows.push(
                Row::new(
                    format!("inner sets the six on {status}: {who}"),
                    all(),
                    request,
                    expected,
                )
                .inner(inner)
                .covers(&["S3", "S25", "D4"]),
            );
        }
    }
    for name in SIX {
        for (who, request, expected) in asks() {
            let inner = says(reply(200), &[name], 3);
            rows.push(
                Row::new(format!("inner sets {name} three times: {who}"), all(), request, expected)
                    .inner(inner)
                    .covers(&["S25", "D4"]),
            );
        }
    }
    for (who, request, expected) in asks() {
        let inner = reply(200).extension(Denial::HeaderNotAllowed);
        rows.push(
            Row::new(format!("inner sets a Denial: {who}"), all(), request, expected).inner(inner),
        );
    }
    rows.extend([
        Row::new(
            "inner sets the six: any origin",
            CorsLayer::new().allow_origin(Any),
            actual(EVIL),
            runs(&[(ACAO, "*")]),
        )
        .inner(says(reply(200), &SIX, 2))
        .covers(&["S25"]),
        Row::new(
            "inner sets the six: any origin, not CORS",
            CorsLayer::new().allow_origin(Any),
            plain("GET"),
            runs(&[(ACAO, "*")]),
        )
        .inner(says(reply(200), &SIX, 2)),
        Row::new(
            "inner sets the six: nothing allowed",
            CorsLayer::new(),
            plain("GET"),
            runs(&[VARY]),
        )
        .inner(says(reply(200), &SIX, 2))
        .covers(&["D4"]),
        Row::new(
            "inner sets the six: preflight",
            all(),
            preflight(APP, "PUT"),
            answers(204, &[ALLOW_APP, (ACAC, "true"), (ACAM, "GET,HEAD,POST"), VARY])
                .denied(Denial::MethodNotAllowed),
        )
        .inner(says(reply(200), &[ACAH, ACMA], 1)),
        Row::new("inner fails: allowed", all(), actual(APP), runs(&[]))
            .inner_fails()
            .covers(&["D24"]),
        Row::new("inner fails: stranger", all(), actual(EVIL), runs(&[])).inner_fails(),
        Row::new("inner fails: not CORS", all(), plain("GET"), runs(&[])).inner_fails(),
        Row::new(
            "inner would fail: preflight",
            listed(),
            preflight(APP, "GET"),
            answers(204, &[ALLOW_APP, (ACAM, "GET,HEAD,POST"), VARY]),
        )
        .inner_fails(),
    ]);
    rows
}

#[test]
fn ownership() {
    check(&rows());
}

/// A layer in a layer: the configurations, what is asked, and the answer.
struct Nested {
    name: &'static str,
    outer: CorsLayer,
    inner: CorsLayer,
    request: http::request::Builder,
    status: u16,
    lines: Vec<Line<'static>>,
    denial: Option<Denial>,
}

fn nested() -> Vec<Nested> {
    let strict = || listed().allow_methods(Method::PUT);
    let open = CorsLayer::very_permissive;
    let star = || CorsLayer::new().allow_origin(Any);
    let stranger = Some(Denial::OriginNotAllowed);
    let row = |name, outer, inner, request, status, lines: &[Line<'static>], denial| Nested {
        name,
        outer,
        inner,
        request,
        status,
        lines: lines.to_vec(),
        denial,
    };
    let allowed = [ALLOW_APP, (ACAM, "PUT"), VARY];
    vec![
        row("outer denies, inner allows", strict(), open(), actual(EVIL), 200, &[VARY], stranger),
        row("outer denies, inner any", strict(), star(), actual(EVIL), 200, &[VARY], stranger),
        row(
            "outer allows, inner denies",
            strict(),
            CorsLayer::new(),
            actual(APP),
            200,
            &[ALLOW_APP, VARY],
            None,
        ),
        row("both allow", strict(), open(), actual(APP), 200, &[ALLOW_APP, VARY], None),
        row("any outside a list", star(), strict(), actual(EVIL), 200, &[(ACAO, "*"), VARY], None),
        row("not CORS", strict(), star(), plain("GET"), 200, &[VARY], None),
        row(
            "preflight that outer denies",
            strict(),
            open(),
            preflight(EVIL, "PUT"),
            403,
            &[VARY],
            stranger,
        ),
        row(
            "preflight that outer allows",
            strict(),
            CorsLayer::new(),
            preflight(APP, "PUT"),
            204,
            &allowed,
            None,
        ),
        row(
            "inner enforces",
            strict(),
            CorsLayer::new().enforce_origins(true),
            actual(APP),
            403,
            &[ALLOW_APP, ("cache-control", "no-store"), ("vary", "origin, sec-fetch-site")],
            None,
        ),
    ]
}

/// The covered rules of the test below.
pub(crate) const COVERS: [Covers; 1] = [(the_outermost_layer_decides, &["D17"])];

#[test]
fn the_outermost_layer_decides() {
    for row in nested() {
        let service = service_fn(|_: Request<()>| async { Ok::<_, ()>(Response::new(())) });
        let service = row.outer.layer(row.inner.layer(service));
        let response =
            service.oneshot(row.request.body(()).unwrap()).now_or_never().unwrap().unwrap();
        let mut lines: Vec<_> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
            .collect();
        lines.sort_unstable();
        let mut expected = row.lines;
        expected.sort_unstable();
        assert_eq!(response.status(), row.status, "{}", row.name);
        assert_eq!(lines, expected, "{}", row.name);
        assert_eq!(response.extensions().get(), row.denial.as_ref(), "{}", row.name);
    }
}
