//! The Connect client and the Connect project's server.

use std::error::Error;

use http::HeaderName;
use serde_json::{Value, json};
use tower_cors::CorsLayer;
use tower_cors_presets::{connect, stage::Stage};

use crate::removal::{Need, Removal};

const GREET: &str = "GET /presets.Greeter/Greet";
const RENAME: &str = "POST /presets.Greeter/Rename";
const SPELL: &str = "POST /presets.Greeter/Spell";

/// A trailer of a unary call is a header, which is the user's to expose.
fn own(cors: CorsLayer) -> CorsLayer {
    cors.allow_headers([HeaderName::from_static("x-tenant")])
        .expose_headers([HeaderName::from_static("trailer-cost")])
}

fn expected() -> Value {
    json!({
        "get": {"value": "Hello, page", "cost": "1"},
        "getWithTimeout": "Hello, page",
        "post": {"value": "repage", "cost": "2"},
        "postWithMetadata": "tpage",
        "error": {"code": "NotFound", "message": "no such name"},
        "stream": {"letters": ["p", "a", "g", "e"], "cost": "3"},
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_posts_and_gets() -> Result<(), Box<dyn Error>> {
    let Some(mut stage) = Stage::open("connect").await? else { return Ok(()) };
    let cors = CorsLayer::new().allow_origins([stage.origin()]);
    for cors in [own(cors.clone()).connect(), own(cors.connect())] {
        let api = connect::serve(cors).await?;
        assert_eq!(stage.play(&api).await?, expected());
        assert_eq!(api.ran.lines(), [GREET, GREET, RENAME, RENAME, RENAME, SPELL]);
        let query = api.ran.seen()[0].uri.query().map(str::to_owned);
        assert_eq!(query.as_deref(), Some("connect=v1&encoding=json&message=%22page%22"));
    }
    stage.close().await
}

/// But for a GET without headers, which is what it is for.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_preset_each_preflight_is_refused() -> Result<(), Box<dyn Error>> {
    let Some(mut stage) = Stage::open("connect").await? else { return Ok(()) };
    let api = connect::serve(own(CorsLayer::new().allow_origins([stage.origin()]))).await?;
    let blocked = json!({"failed": "blocked"});
    let told = stage.play(&api).await?;
    let mut refused = expected();
    for step in ["getWithTimeout", "post", "postWithMetadata", "error", "stream"] {
        refused[step] = blocked.clone();
    }
    assert_eq!(told, refused);
    assert_eq!(api.ran.lines(), [GREET]);
    let asked: Vec<_> =
        api.came.seen().iter().map(|seen| seen.asked().collect::<Vec<_>>().join(",")).collect();
    let expected = [
        "",
        "connect-timeout-ms",
        "connect-protocol-version,connect-timeout-ms,content-type",
        "connect-protocol-version,content-type,x-tenant",
        "connect-protocol-version,content-type",
        "connect-protocol-version,content-type",
    ];
    assert_eq!(asked, expected);
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_needs_of_it() -> Result<(), Box<dyn Error>> {
    let mut expected = expected();
    // Without the user's own header and trailer.
    for (step, told) in [("get", "1"), ("post", "2")] {
        assert_eq!(expected[step]["cost"], told);
        expected[step]["cost"] = Value::Null;
    }
    expected["postWithMetadata"] = json!({"failed": "blocked"});
    Removal {
        page: "connect",
        preset: CorsLayer::connect,
        serve: |cors| Box::pin(connect::serve(cors)),
        expected,
        methods: &[("GET", Need::Safelisted), ("POST", Need::Safelisted)],
        // This client leaves compression to the browser; others may not.
        request_headers: &[
            ("connect-accept-encoding", Need::Optional),
            ("connect-content-encoding", Need::Optional),
            ("connect-protocol-version", Need::Needed),
            ("connect-timeout-ms", Need::Needed),
            ("content-encoding", Need::Optional),
            ("content-type", Need::Needed),
        ],
        exposed_headers: &[
            ("accept-encoding", Need::Optional),
            ("connect-accept-encoding", Need::Optional),
            ("connect-content-encoding", Need::Optional),
            ("content-encoding", Need::Optional),
        ],
    }
    .check()
    .await
}
