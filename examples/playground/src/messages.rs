//! What is told of a case: its messages, what the layer made of each, and what a script cannot read.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Version, header, request::Parts};
use serde::Serialize;
use tower_cors::{Explanation, testing::Credentials};

use crate::{
    corrections::Fix,
    fixes,
    places::Places,
    policy,
    record::{Case, Message},
    serving::Policy,
};

type Headers = Vec<(String, String)>;

#[derive(Debug, Serialize)]
pub(crate) struct Told {
    messages: Vec<ToldMessage>,
    hidden: Headers,
    expose_fix: Option<Fix>,
}

#[derive(Debug, Serialize)]
struct ToldMessage {
    kind: Kind,
    request: ToldRequest,
    response: ToldResponse,
    from_cache: bool,
    explanation: Option<ToldExplanation>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
enum Kind {
    #[serde(rename = "actual")]
    Actual,
    #[serde(rename = "not CORS")]
    NotCors,
    #[serde(rename = "preflight")]
    Preflight,
}

#[derive(Debug, Serialize)]
struct ToldRequest {
    method: String,
    target: String,
    version: &'static str,
    headers: Headers,
}

#[derive(Debug, Serialize)]
struct ToldResponse {
    status: u16,
    reason: &'static str,
    headers: Headers,
}

#[derive(Debug, Serialize)]
struct ToldExplanation {
    text: String,
    outcome: String,
    closest: Option<String>,
    caution: Option<String>,
    fixes: Vec<Fix>,
}

impl Told {
    pub(crate) fn of(case: &Case, places: &Places) -> Self {
        let messages = case.messages.iter().map(ToldMessage::of).collect();
        let actual =
            case.messages.iter().rfind(|message| Kind::of(&message.request) == Kind::Actual);
        let Some(actual) = actual else {
            return Self { messages, hidden: Vec::new(), expose_fix: None };
        };
        let is_readable = is_readable(actual, case.credentials);
        let exposed = exposed(&actual.headers);
        let is_exposed = |name: &HeaderName| {
            exposed.iter().any(|exposed| exposed == name.as_str() || exposed == "*")
        };
        let names = actual.headers.keys();
        let hidden: Vec<_> = names.filter(|name| !is_readable || !is_exposed(name)).collect();
        let expose_fix = actual
            .policy
            .as_ref()
            .filter(|_| is_readable)
            .and_then(|policy| expose_fix(policy, &hidden, places));
        let hidden = hidden.into_iter().flat_map(|name| lines(&actual.headers, name)).collect();
        Self { messages, hidden, expose_fix }
    }
}

impl ToldMessage {
    fn of(message: &Message) -> Self {
        let Message { request, status, headers, from_cache, policy } = message;
        let explanation = policy.as_ref().and_then(|policy| {
            let explanation = policy.cors.explain(request).ok()?;
            Some(ToldExplanation::of(&explanation, &policy.text))
        });
        Self {
            kind: Kind::of(request),
            request: ToldRequest {
                method: request.method.to_string(),
                target: request.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
                version: version(request.version),
                headers: all_lines(&request.headers),
            },
            response: ToldResponse {
                status: status.as_u16(),
                reason: status.canonical_reason().unwrap_or_default(),
                headers: all_lines(headers),
            },
            from_cache: *from_cache,
            explanation,
        }
    }
}

impl ToldExplanation {
    fn of(explanation: &Explanation, policy: &str) -> Self {
        let fix = explanation.missing().and_then(|missing| fixes::allow(policy, missing));
        Self {
            text: explanation.to_string(),
            outcome: explanation.outcome().to_string(),
            closest: explanation.closest().map(Into::into),
            caution: explanation.caution().map(Into::into),
            fixes: fix.into_iter().collect(),
        }
    }
}

impl Kind {
    fn of(request: &Parts) -> Self {
        let has = |name| request.headers.contains_key(name);
        match (has(header::ORIGIN), has(header::ACCESS_CONTROL_REQUEST_METHOD)) {
            (false, _) => Self::NotCors,
            (true, true) if request.method == Method::OPTIONS => Self::Preflight,
            (true, _) => Self::Actual,
        }
    }
}

/// Whether the browser lets the script read the response:
/// <https://fetch.spec.whatwg.org/#concept-cors-check>
fn is_readable(message: &Message, credentials: Credentials) -> bool {
    let is_included = credentials == Credentials::Include;
    let said = |name| message.headers.get(name);
    let is_allowed = match said(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        Some(origin) if origin == "*" => !is_included,
        origin => origin == message.request.headers.get(header::ORIGIN),
    };
    let allows = said(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
    is_allowed && (!is_included || allows.is_some_and(|said| said == "true"))
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>
const SAFELISTED: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// The names that a script may read, of which `*` is any.
fn exposed(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::ACCESS_CONTROL_EXPOSE_HEADERS).iter();
    let lines = lines.filter_map(|line| line.to_str().ok());
    let names = lines.flat_map(|line| line.split(',')).map(|name| name.trim().to_ascii_lowercase());
    names.chain(SAFELISTED.map(Into::into)).collect()
}

/// Exposes what the API says in headers of its own.
fn expose_fix(policy: &Policy, hidden: &[&HeaderName], places: &Places) -> Option<Fix> {
    const EVERYONES: [&str; 6] =
        ["allow", "connection", "date", "set-cookie", "transfer-encoding", "vary"];
    let names = hidden.iter().map(|name| name.as_str());
    let names = names.filter(|name| !name.starts_with("access-control-"));
    let names: Vec<_> = names.filter(|name| !EVERYONES.contains(name)).map(Into::into).collect();
    let fix =
        fixes::add_to(&policy.text, "expose_headers", &names).filter(|_| !names.is_empty())?;
    policy::read(fix.policy(), places).cors.is_some().then_some(fix)
}

fn all_lines(headers: &HeaderMap) -> Headers {
    headers.keys().flat_map(|name| lines(headers, name)).collect()
}

fn lines(headers: &HeaderMap, name: &HeaderName) -> Headers {
    let text = |line: &HeaderValue| String::from_utf8_lossy(line.as_bytes()).into_owned();
    headers.get_all(name).iter().map(|line| (name.to_string(), text(line))).collect()
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2",
        _ => "HTTP/1.1",
    }
}
