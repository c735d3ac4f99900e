//! `mcp` refuses requests of origins that are not listed, whatever else is said.

use tower_cors::{AllowOrigin, CorsLayer, Denial, Enforce};

use crate::{
    enforcement::refused,
    harness::{
        ACEH, ALLOW_APP, APP, EVIL, Row, VARY, actual, answers, check, fixed, plain, preflight,
        runs,
    },
    same_origin::{API, HOST, SITE, VARY_SITE, with},
};

const EXPOSED: &str = "mcp-session-id,www-authenticate";

fn app() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

/// The stricter of what is enforced by the preset and by the user holds.
pub(crate) fn rows() -> Vec<Row> {
    let strict: [(&str, CorsLayer); 8] = [
        ("mcp", app().mcp()),
        ("mcp, then Off", app().mcp().enforce_origins(false)),
        ("Off, then mcp", app().enforce_origins(false).mcp()),
        ("mcp, then SameOrigin", app().mcp().enforce_origins(true)),
        ("SameOrigin, then mcp", app().enforce_origins(true).mcp()),
        ("mcp, then ListedOnly", app().mcp().enforce_origins(Enforce::ListedOnly)),
        ("ListedOnly, then mcp", app().enforce_origins(Enforce::ListedOnly).mcp()),
        ("mcp and a predicate", {
            let app = AllowOrigin::predicate(|origin, _| origin == APP);
            CorsLayer::new().allow_origin(app).mcp()
        }),
    ];
    let mut rows = Vec::new();
    for (name, config) in strict {
        let row = |what: &str, request, expected| {
            Row::new(format!("{name}: {what}"), config.clone(), request, expected)
        };
        let post = |origin: &str| actual(origin).method("POST");
        let own = [(SITE, "same-origin"), HOST];
        let not_allowed = || refused(Denial::OriginNotAllowed);
        let yes = runs(&[ALLOW_APP, (ACEH, EXPOSED), VARY_SITE]);
        rows.extend([
            row("listed", post(APP), yes),
            row("stranger", post(EVIL), not_allowed()),
            row("stranger's stream", actual(EVIL), not_allowed()),
            row("rebound host", with(post(API), &own), not_allowed()),
            row("null", post("null"), refused(Denial::OriginNull)),
            row("program", plain("POST"), runs(&[VARY_SITE])),
            row(
                "stranger's preflight",
                preflight(EVIL, "POST"),
                answers(403, &[VARY_SITE]).denied(Denial::OriginNotAllowed),
            ),
        ]);
    }
    rows.extend([
        Row::new("grpc_web and connect: not enforced", app().grpc_web().connect(), actual(EVIL), {
            runs(&[VARY]).denied(Denial::OriginNotAllowed)
        }),
        Row::new("mcp, fixed origin", fixed().mcp(), actual(APP), {
            runs(&[ALLOW_APP, (ACEH, EXPOSED), VARY_SITE])
        }),
        Row::new(
            "mcp, fixed origin: stranger",
            fixed().mcp(),
            actual(EVIL),
            refused(Denial::OriginNotAllowed),
        ),
    ]);
    rows
}

#[test]
fn enforced_presets() {
    check(&rows());
}
