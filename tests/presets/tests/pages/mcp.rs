//! The MCP clients for both kinds of revision, and the `rmcp` crate.

use std::error::Error;

use http::header;
use serde_json::{Value, json};
use tower_cors::CorsLayer;
use tower_cors_presets::{mcp, stage::Stage};

use crate::removal::{Need, Removal};

fn expected() -> Value {
    json!({
        "session": {
            "connect": "string",
            "listen": "tools",
            "call": {"progress": [1, 2, 3], "said": ["counted"], "resumable": "string"},
            "resume": null,
            "end": "no session",
            "close": null,
        },
        "modern": {
            "connect": "no session",
            "call": {"progress": [1, 2, 3], "said": ["counted"]},
            "close": null,
        },
        "unauthorized": {"discover": ["/protected", mcp::METADATA]},
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_holds_a_session() -> Result<(), Box<dyn Error>> {
    let Some(mut stage) = Stage::open("mcp").await? else { return Ok(()) };
    let cors = CorsLayer::new().allow_origins([stage.origin()]).mcp();
    let api = mcp::serve(cors).await?;
    assert_eq!(stage.play(&api).await?, expected());

    let ran = api.ran.seen();
    let session: Vec<_> =
        ran.iter().filter(|seen| !seen.header("mcp-session-id").is_empty()).collect();
    let count = |method: &str| session.iter().filter(|seen| seen.method == method).count();
    assert_eq!([count("POST"), count("DELETE")], [2, 1]);
    // One listens, one resumes; on a slow machine the client may resume once more.
    assert!(count("GET") >= 2);
    let id = session[0].header("mcp-session-id");
    for seen in &session {
        assert_eq!(seen.header("mcp-session-id"), id);
        assert_eq!(seen.header("mcp-protocol-version"), "2025-11-25");
    }
    assert!(session.iter().any(|seen| !seen.header("last-event-id").is_empty()));

    let modern = ran.iter().filter(|seen| seen.header("mcp-protocol-version") == "2026-07-28");
    let modern: Vec<_> =
        modern.map(|seen| [seen.header("mcp-method"), seen.header("mcp-name")]).collect();
    assert_eq!(modern, [["server/discover", ""], ["tools/call", "count"]]);
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_preset_each_preflight_is_refused() -> Result<(), Box<dyn Error>> {
    let Some(mut stage) = Stage::open("mcp").await? else { return Ok(()) };
    let api = mcp::serve(CorsLayer::new().allow_origins([stage.origin()])).await?;
    let told = stage.play(&api).await?;
    let blocked = json!({"failed": "blocked"});
    assert_eq!(told["session"], json!({"connect": blocked}));
    assert_eq!(told["modern"], json!({"connect": {"failed": "SdkError ERA_NEGOTIATION_FAILED"}}));
    assert_eq!(told["unauthorized"], json!({"discover": blocked}));
    assert_eq!(api.ran.lines(), [""; 0]);
    assert!(api.came.lines().iter().all(|line| line.starts_with("OPTIONS ")), "{told}");
    stage.close().await
}

/// With what the requests need, but nothing exposed: the session's id cannot be read, so that it
/// is not sent back.
#[tokio::test(flavor = "multi_thread")]
async fn without_exposing_there_is_no_session() -> Result<(), Box<dyn Error>> {
    let Some(mut stage) = Stage::open("mcp").await? else { return Ok(()) };
    let origin = stage.origin().to_owned();
    let names = tower_cors_presets::names::Names::of(CorsLayer::new().mcp()).await?;
    let cors = names.layer(&origin).expose_headers([header::WWW_AUTHENTICATE]);
    let api = mcp::serve(cors).await?;
    let told = stage.play(&api).await?;
    assert!(told["session"]["connect"]["failed"].is_string(), "{told}");
    assert_ne!(told["session"]["connect"]["failed"], "blocked", "{told}");
    assert!(api.ran.seen().iter().all(|seen| seen.header("mcp-session-id").is_empty()));
    assert_eq!(told["modern"], expected()["modern"]);
    stage.close().await
}

/// What a form can send is not announced, so that CORS alone lets it run.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_listed_runs_nothing() -> Result<(), Box<dyn Error>> {
    let Some(mut stage) = Stage::open("mcp").await? else { return Ok(()) };
    let others = CorsLayer::new().allow_origins(["https://other.example"]);
    for (cors, ran) in [(others.clone(), &["POST /mcp"][..]), (others.mcp(), &[])] {
        let api = mcp::serve(cors).await?;
        assert_eq!(stage.call("form", &api).await?, "sent");
        assert_eq!(api.came.lines(), ["POST /mcp"]);
        assert_eq!(api.ran.lines(), ran);
    }
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_needs_of_it() -> Result<(), Box<dyn Error>> {
    Removal {
        page: "mcp",
        preset: CorsLayer::mcp,
        serve: |cors| Box::pin(mcp::serve(cors)),
        expected: expected(),
        methods: &[("DELETE", Need::Needed), ("GET", Need::Safelisted), ("POST", Need::Safelisted)],
        request_headers: &[
            ("authorization", Need::Needed),
            ("content-type", Need::Needed),
            ("last-event-id", Need::Needed),
            ("mcp-method", Need::Needed),
            ("mcp-name", Need::Needed),
            ("mcp-protocol-version", Need::Needed),
            ("mcp-session-id", Need::Needed),
        ],
        exposed_headers: &[("mcp-session-id", Need::Needed), ("www-authenticate", Need::Needed)],
    }
    .check()
    .await
}
