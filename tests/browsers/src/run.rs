//! All cases of a table in one page of an engine.

use std::error::Error;

use serde_json::{Value, json};

use crate::{
    case::{Case, Fetch, Seen},
    engine::Engine,
    server::Server,
};

/// The page runs the cases; a script can reach it by messages alone, since it may be kept apart
/// from the page's own variables.
const SCRIPT: &str = r#"
    const [cases, done] = arguments;
    addEventListener("message", ({ data }) => data.told && done(data.told));
    postMessage({ cases }, "*");
"#;

/// Runs the cases in their order and returns what was seen of each.
///
/// # Errors
///
/// If the engine fails.
pub async fn run(
    engine: &mut Engine,
    server: &Server,
    cases: &[Case],
) -> Result<Vec<Seen>, Box<dyn Error>> {
    let arguments = cases.iter().enumerate().map(|(at, case)| argument(server, at, case));
    let arguments = Value::from_iter(arguments).to_string();
    engine.open(&server.places.fill_in("{home}/page")).await?;
    let told = engine.script(SCRIPT, vec![arguments.into()]).await?;
    let told: Vec<String> = serde_json::from_str(told.as_str().ok_or("no answer")?)?;
    let seen = told.into_iter().zip(cases).enumerate();
    Ok(seen.map(|(at, (told, case))| seen_last(told, server.requests(at), case)).collect())
}

fn argument(server: &Server, at: usize, case: &Case) -> Value {
    let url = |fetch: &Fetch| {
        server.places.fill_in(&fetch.url.replace("{case}", &format!("/table/{at}")))
    };
    let fetches = case.fetches().map(|fetch| json!({"url": url(fetch), "init": init(fetch)}));
    json!({"page": case.page.name(), "fetches": Value::from_iter(fetches)})
}

fn init(fetch: &Fetch) -> Value {
    let mut init = json!({
        "method": fetch.method,
        "headers": fetch.headers,
        "credentials": fetch.credentials,
        "mode": fetch.mode,
        "redirect": fetch.redirect,
    });
    if let Some(body) = &fetch.body {
        init["body"] = body.as_str().into();
    }
    init
}

/// Of several fetches, what came after the last actual request but one.
#[must_use]
pub fn seen_last(told: String, mut requests: Vec<String>, case: &Case) -> Seen {
    if case.times > 1 {
        let earlier = &requests[..requests.len().saturating_sub(1)];
        let is_actual = |line: &String| !line.starts_with("OPTIONS");
        let start = earlier.iter().rposition(is_actual).map_or(0, |at| at + 1);
        requests.drain(..start);
    }
    Seen { told, requests }
}
