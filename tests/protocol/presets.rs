//! Presets: a protocol's names beside the user's own, in any order of calls.

use http::{HeaderName, Method};
use tower_cors::{AllowHeaders, AllowMethods, Any, CorsLayer, Denial};

use crate::{
    harness::{
        ACAC, ACAH, ACAM, ACAO, ACEH, ACRH, ALLOW_APP, APP, EVIL, Line, Row, SAFELISTED, VARY,
        actual, answers, check, preflight, runs,
    },
    same_origin::VARY_SITE,
};

type Setter = fn(CorsLayer) -> CorsLayer;

const CONNECT: Answers = Answers {
    methods: "GET,POST",
    headers: "connect-accept-encoding,connect-content-encoding,connect-protocol-version,\
              connect-timeout-ms,content-encoding,content-type",
    exposed: "accept-encoding,connect-accept-encoding,connect-content-encoding,content-encoding",
    vary: VARY,
};
const GRPC_WEB: Answers = Answers {
    methods: "POST",
    headers: "content-type,grpc-message-type,grpc-timeout,x-grpc-web,x-user-agent",
    exposed: "grpc-message,grpc-status,grpc-status-details-bin",
    vary: VARY,
};
const MCP: Answers = Answers {
    methods: "DELETE,GET,POST",
    headers: "authorization,content-type,last-event-id,mcp-method,mcp-name,\
              mcp-protocol-version,mcp-session-id",
    exposed: "mcp-session-id,www-authenticate",
    vary: VARY_SITE,
};
const ALL: Answers = Answers {
    methods: "GET,POST,DELETE",
    headers: "connect-accept-encoding,connect-content-encoding,connect-protocol-version,\
              connect-timeout-ms,content-encoding,content-type,grpc-message-type,grpc-timeout,\
              x-grpc-web,x-user-agent,authorization,last-event-id,mcp-method,mcp-name,\
              mcp-protocol-version,mcp-session-id",
    exposed: "accept-encoding,connect-accept-encoding,connect-content-encoding,content-encoding,\
              grpc-message,grpc-status,grpc-status-details-bin,mcp-session-id,www-authenticate",
    vary: VARY_SITE,
};

/// What is said to an allowed origin.
#[derive(Clone, Copy)]
struct Answers {
    methods: &'static str,
    headers: &'static str,
    exposed: &'static str,
    vary: Line<'static>,
}

impl Answers {
    /// To a preflight that asks for all that is allowed, and to an actual request.
    fn rows(self, name: &str, config: CorsLayer) -> [Row; 2] {
        let method = self.methods.rsplit(',').next().expect("a method");
        let yes = [ALLOW_APP, (ACAM, self.methods), (ACAH, self.headers), self.vary];
        [
            Row::new(
                format!("{name}, preflight"),
                config.clone(),
                preflight(APP, method).header(ACRH, self.headers),
                answers(204, &yes),
            ),
            Row::new(
                format!("{name}, actual"),
                config,
                actual(APP).method("POST"),
                runs(&[ALLOW_APP, (ACEH, self.exposed), self.vary]),
            ),
        ]
    }
}

fn app() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

fn names<const N: usize>(names: [&'static str; N]) -> [HeaderName; N] {
    names.map(HeaderName::from_static)
}

/// Each protocol alone, once and twice, and all together in each order.
fn alone_and_together() -> Vec<Row> {
    let [connect, grpc_web, mcp]: [Setter; 3] =
        [CorsLayer::connect, CorsLayer::grpc_web, CorsLayer::mcp];
    let mut rows = Vec::new();
    for (name, preset, expected) in
        [("connect", connect, CONNECT), ("grpc_web", grpc_web, GRPC_WEB), ("mcp", mcp, MCP)]
    {
        rows.extend(expected.rows(name, preset(app())));
        rows.extend(
            expected.rows(&format!("{name} first"), preset(CorsLayer::new()).allow_origins([APP])),
        );
        rows.extend(expected.rows(&format!("{name} twice"), preset(preset(app()))));
    }
    for (name, [a, b, c]) in [
        ("connect, grpc_web, mcp", [connect, grpc_web, mcp]),
        ("connect, mcp, grpc_web", [connect, mcp, grpc_web]),
        ("grpc_web, connect, mcp", [grpc_web, connect, mcp]),
        ("grpc_web, mcp, connect", [grpc_web, mcp, connect]),
        ("mcp, connect, grpc_web", [mcp, connect, grpc_web]),
        ("mcp, grpc_web, connect", [mcp, grpc_web, connect]),
    ] {
        rows.extend(ALL.rows(name, c(b(a(app())))));
    }
    rows
}

/// The user's own come first, and no name is sent twice.
fn united() -> Vec<Row> {
    const OWN: Answers = Answers {
        methods: "PUT,POST,DELETE,GET",
        headers: "x-tenant,content-type,authorization,last-event-id,mcp-method,mcp-name,\
                  mcp-protocol-version,mcp-session-id",
        exposed: "x-request-id,mcp-session-id,www-authenticate",
        vary: VARY_SITE,
    };
    let own: Setter = |layer| {
        layer
            .allow_methods([Method::PUT, Method::POST])
            .allow_headers(names(["x-tenant", "content-type"]))
            .expose_headers(names(["x-request-id", "mcp-session-id"]))
    };
    let other: Setter = |layer| {
        layer
            .allow_methods([Method::PATCH])
            .allow_headers(names(["x-other"]))
            .expose_headers(names(["x-other"]))
    };
    let none: Setter = |layer| {
        let layer = layer.allow_methods(Vec::new()).allow_headers(Vec::new());
        layer.expose_headers(Vec::new())
    };
    [
        OWN.rows("own, mcp", own(app()).mcp()),
        OWN.rows("mcp, own", own(app().mcp())),
        OWN.rows("other, mcp, own: only the user's is replaced", own(other(app()).mcp())),
        MCP.rows("mcp, other, none: only the user's is replaced", none(other(app().mcp()))),
        OWN.rows("own of an earlier clone", {
            let earlier = own(app());
            drop(earlier.clone().grpc_web());
            earlier.mcp()
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What allows everything allows the protocols' names already.
fn absorbed() -> Vec<Row> {
    let any: Setter = |layer| layer.allow_methods(Any).allow_headers(Any).expose_headers(Any);
    let mirrored: Setter = |layer| {
        layer
            .allow_methods(AllowMethods::mirror_request())
            .allow_headers(AllowHeaders::mirror_request())
            .expose_headers(Any)
    };
    let vary_all: Line<'_> =
        ("vary", "origin, access-control-request-method, access-control-request-headers");
    let asks = || preflight(APP, "PUT").header(ACRH, "x-grpc-web,x-own");
    let all: [Line<'_>; 3] = [ALLOW_APP, (ACAM, "*"), (ACAH, "*,authorization")];
    let echo: [Line<'_>; 4] = [ALLOW_APP, (ACAM, "PUT"), (ACAH, "x-grpc-web,x-own"), vary_all];
    let everyone: [Line<'_>; 3] = [(ACAO, "*"), (ACAM, "*"), (ACAH, "*,authorization")];
    let mut rows = Vec::new();
    for (order, config) in [("first", any(app().grpc_web())), ("last", any(app()).grpc_web())] {
        let name = |what: &str| format!("{what}, preset {order}");
        let with_credentials = config.clone().allow_credentials(true);
        let echo_credentials = [&echo[..], &[(ACAC, "true")]].concat();
        rows.extend([
            Row::new(
                name("any"),
                config.clone(),
                asks(),
                answers(204, &[&all[..], &[VARY]].concat()),
            ),
            Row::new(
                name("any, actual"),
                config,
                actual(APP),
                runs(&[ALLOW_APP, (ACEH, "*"), VARY]),
            ),
            Row::new(
                name("any, credentials"),
                with_credentials,
                asks(),
                answers(204, &echo_credentials),
            ),
        ]);
    }
    for (name, config) in [
        ("mirrored, preset first", mirrored(app().grpc_web())),
        ("mirrored, preset last", mirrored(app()).grpc_web()),
    ] {
        rows.push(Row::new(name, config, asks(), answers(204, &echo)));
    }
    rows.push(Row::new(
        "permissive",
        CorsLayer::permissive().grpc_web().connect(),
        asks(),
        answers(204, &everyone),
    ));
    rows.push(Row::new(
        "very permissive: no end of its licence",
        CorsLayer::very_permissive().grpc_web(),
        asks(),
        answers(204, &[&echo[..], &[(ACAC, "true")]].concat()),
    ));
    rows
}

/// A preset names neither origins nor credentials.
fn of_others() -> Vec<Row> {
    let no_origin = || CorsLayer::new().grpc_web();
    vec![
        Row::new(
            "no origin, preflight",
            no_origin(),
            preflight(APP, "POST").header(ACRH, "x-grpc-web"),
            answers(403, &[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "any origin",
            CorsLayer::new().allow_origin(Any).grpc_web(),
            preflight(EVIL, "POST").header(ACRH, "x-grpc-web"),
            answers(204, &[(ACAO, "*"), (ACAM, "POST"), (ACAH, GRPC_WEB.headers)]),
        ),
        Row::new(
            "credentials",
            app().grpc_web().allow_credentials(true),
            actual(APP).method("POST"),
            runs(&[ALLOW_APP, (ACAC, "true"), (ACEH, GRPC_WEB.exposed), VARY]),
        ),
        Row::new(
            "a method of another protocol",
            app().grpc_web(),
            preflight(APP, "DELETE"),
            answers(204, &[ALLOW_APP, (ACAM, "POST"), (ACAH, GRPC_WEB.headers), VARY])
                .denied(Denial::MethodNotAllowed),
        ),
        Row::new(
            "a header of another protocol",
            app().grpc_web(),
            preflight(APP, "POST").header(ACRH, "connect-protocol-version,content-type"),
            answers(204, &[ALLOW_APP, (ACAM, "POST"), (ACAH, GRPC_WEB.headers), VARY])
                .denied(Denial::HeaderNotAllowed),
        ),
        Row::new(
            "without a preset",
            app(),
            preflight(APP, "POST").header(ACRH, "x-grpc-web"),
            answers(204, &[ALLOW_APP, SAFELISTED, VARY]).denied(Denial::HeaderNotAllowed),
        ),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    let all = [alone_and_together(), united(), absorbed(), of_others()];
    all.into_iter().flatten().collect()
}

#[test]
fn presets() {
    check(&rows());
}
