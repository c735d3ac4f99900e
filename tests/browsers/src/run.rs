//! All cases of a table in one page of an engine.

use std::error::Error;

use serde_json::{Value, json};
use url::Url;

use crate::{
    case::{Case, Fetch, Seen},
    engine::{Engine, Kind},
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
    let arguments = arguments(server, cases);
    engine.open(&server.places.fill_in("{home}/page")).await?;
    let told = engine.script(SCRIPT, vec![arguments.into()]).await?;
    let told: Vec<String> = serde_json::from_str(told.as_str().ok_or("no answer")?)?;
    let seen = told.into_iter().zip(cases).enumerate();
    Ok(seen.map(|(at, (told, case))| seen_last(told, server.requests(at), case)).collect())
}

/// Runs the cases in a browser of their own, and returns what its console says of each; or says
/// what to install and returns `None`. Nothing is said of a case that is not blocked, so the last
/// one has to be.
///
/// # Errors
///
/// If the engine fails.
pub async fn console(
    kind: Kind,
    server: &Server,
    cases: &[Case],
) -> Result<Option<Vec<String>>, Box<dyn Error>> {
    let mut page = Url::parse(&server.places.fill_in("{home}/page"))?;
    // Consoles repeat the page's URL, which must not be taken for a case's.
    page.set_fragment(Some(&arguments(server, cases).replace('/', "%2F")));
    let urls: Vec<_> = (0..cases.len()).map(|at| format!("/table/{at}/")).collect();
    let last = urls.last().ok_or("no cases")?;
    let Some(lines) = Engine::console_if_installed(kind, page.as_str(), last).await? else {
        return Ok(None);
    };
    let mut said = vec![String::new(); cases.len()];
    let mut pending = String::new();
    for line in lines {
        pending.push_str(&line);
        pending.push('\n');
        // WebKit gives the reason before the line that has the URL.
        if let Some(at) = urls.iter().position(|url| line.contains(url)) {
            said[at].push_str(&std::mem::take(&mut pending));
        }
    }
    Ok(Some(said))
}

fn arguments(server: &Server, cases: &[Case]) -> String {
    let arguments = cases.iter().enumerate().map(|(at, case)| argument(server, at, case));
    Value::from_iter(arguments).to_string()
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
