//! Two gRPC-Web clients and tonic-web.

use std::error::Error;

use serde_json::{Value, json};
use tower_cors::CorsLayer;
use tower_cors_presets::{grpc_web, stage::Stage};

use crate::removal::{Need, Removal};

const CHECK: &str = "POST /grpc.health.v1.Health/Check";
const WATCH: &str = "POST /grpc.health.v1.Health/Watch";

/// The trailers of a call are in its body, those of one that failed before its first message are
/// its headers.
pub(crate) fn expected() -> Value {
    let failure = json!({
        "error": "NotFound",
        "message": "no such service",
        "details": ["google.rpc.ResourceInfo"],
    });
    // Metadata is the user's to expose, but in the body it needs no exposing.
    let (mut in_headers, mut in_body) = (failure.clone(), failure);
    in_headers["reason"] = Value::Null;
    in_body["reason"] = json!("unregistered");
    json!({
        "connect": {
            "unary": {"status": 1, "trailer": "0"},
            "stream": {"statuses": [1, 2, 1], "trailer": "0"},
            "failure": in_headers,
            "failureInStream": in_body,
        },
        "grpc-web": {
            "unary": {"status": 1, "trailer": 0},
            "stream": {"statuses": [1, 2, 1], "trailer": 0},
            "failure": {"error": 5, "message": "no such service"},
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_calls_and_reads_trailers() -> Result<(), Box<dyn Error>> {
    let Some(mut stage) = Stage::open("grpc_web").await? else { return Ok(()) };
    let cors = CorsLayer::new().allow_origins([stage.origin()]).grpc_web();
    let api = grpc_web::serve(cors).await?;
    assert_eq!(stage.play(&api).await?, expected());
    assert_eq!(api.ran.lines(), [CHECK, WATCH, CHECK, WATCH, CHECK, WATCH, CHECK]);
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_preset_each_preflight_is_refused() -> Result<(), Box<dyn Error>> {
    let Some(mut stage) = Stage::open("grpc_web").await? else { return Ok(()) };
    let api = grpc_web::serve(CorsLayer::new().allow_origins([stage.origin()])).await?;
    let blocked = json!({"failed": "blocked"});
    let told = stage.play(&api).await?;
    for call in ["unary", "stream", "failure", "failureInStream"] {
        assert_eq!(told["connect"][call], blocked, "{call}: {told}");
    }
    for call in ["unary", "stream", "failure"] {
        // This client knows no more than that there was no status.
        assert!(told["grpc-web"][call]["error"].as_u64() > Some(0), "{call}: {told}");
        assert!(told["grpc-web"][call]["status"].is_null(), "{call}: {told}");
    }
    assert_eq!(api.ran.lines(), [""; 0]);
    let came = api.came.seen();
    assert_eq!(came.len(), 7);
    for preflight in came {
        let asked: Vec<_> = preflight.asked().collect();
        assert_eq!(asked, ["content-type", "grpc-timeout", "x-grpc-web", "x-user-agent"]);
    }
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_needs_of_it() -> Result<(), Box<dyn Error>> {
    Removal {
        page: "grpc_web",
        preset: CorsLayer::grpc_web,
        serve: |cors| Box::pin(grpc_web::serve(cors)),
        expected: expected(),
        methods: &[("POST", Need::Safelisted)],
        request_headers: &[
            ("content-type", Need::Needed),
            ("grpc-message-type", Need::Optional),
            ("grpc-timeout", Need::Needed),
            ("x-grpc-web", Need::Needed),
            ("x-user-agent", Need::Needed),
        ],
        exposed_headers: &[
            ("grpc-message", Need::Needed),
            ("grpc-status", Need::Needed),
            ("grpc-status-details-bin", Need::Needed),
        ],
    }
    .check()
    .await
}
