//! A fetch as the page describes it: what the frame is to do, and what browsers are expected to make
//! of it.

use std::convert::Infallible;

use axum::http::{HeaderMap, HeaderName, Request, Response, header, uri::PathAndQuery};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_cors::testing::{self, Blocked, Browser, Outcome, Profile, Reason};

use crate::{api, places::Places, site, stage::Stage};

#[derive(Debug, Deserialize)]
pub(crate) struct Fetch {
    from: Page,
    method: String,
    path: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: Body,
    #[serde(default)]
    credentials: Credentials,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Page {
    App,
    Other,
    Stranger,
}

#[derive(Debug, Default, Deserialize)]
struct Body {
    #[serde(rename = "type")]
    kind: BodyKind,
    #[serde(default)]
    text: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum BodyKind {
    Form,
    Json,
    #[default]
    None,
    Text,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Credentials {
    Include,
    Omit,
    #[default]
    SameOrigin,
}

/// What a browser is expected to make of a fetch.
#[derive(Debug, Serialize)]
pub(crate) struct Prediction {
    readable: bool,
    status: Option<u16>,
    headers: Vec<(String, String)>,
    console: Option<String>,
    fix: Option<String>,
    preflights: usize,
}

impl Fetch {
    pub(crate) fn credentials(&self) -> testing::Credentials {
        match self.credentials {
            Credentials::Include => testing::Credentials::Include,
            Credentials::Omit => testing::Credentials::Omit,
            Credentials::SameOrigin => testing::Credentials::SameOrigin,
        }
    }

    pub(crate) fn url(&self, places: &Places, case: u64) -> String {
        let Self { path, .. } = self;
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{}{path}{joint}case={case}", places.api)
    }

    /// What the frame is to give to `fetch`.
    pub(crate) fn init(&self) -> Value {
        json!({
            "method": self.method,
            "headers": self.all_headers(),
            "body": self.text(),
            "credentials": self.credentials,
            "mode": "cors",
            "cache": "no-store",
        })
    }

    fn text(&self) -> Option<&str> {
        (self.body.kind != BodyKind::None).then_some(self.body.text.as_str())
    }

    fn all_headers(&self) -> Vec<(&str, &str)> {
        let given = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut headers: Vec<_> = given.collect();
        let says_type = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let media_type = match self.body.kind {
            BodyKind::Form => Some("application/x-www-form-urlencoded"),
            BodyKind::Json => Some("application/json"),
            BodyKind::None => None,
            BodyKind::Text => Some("text/plain;charset=UTF-8"),
        };
        headers.extend(media_type.filter(|_| !says_type).map(|value| ("content-type", value)));
        headers
    }

    fn page<'p>(&self, places: &'p Places) -> &'p str {
        match self.from {
            Page::App => &places.app,
            Page::Other => &places.other,
            Page::Stranger => &places.stranger,
        }
    }

    /// Makes the fetch ready in a browser in process, in a frame as in the browser of the user.
    fn ready(&self, profile: Profile, places: &Places, url: &str) -> testing::Fetch {
        let mut browser = Browser::with_profile(profile);
        if self.from != Page::Stranger {
            // A cookie with `SameSite=Lax`, which pages of another site do not send.
            browser = browser.cookie("localhost", site::SIGNED_IN);
        }
        let page = browser.page(format!("{}/frame", self.page(places))).embedded_in(&places.app);
        let fetch = page.fetch(&self.method, url).credentials(self.credentials());
        let headers = self.all_headers();
        let fetch = headers.iter().fold(fetch, |fetch, (name, value)| {
            fetch.header(name, latin1(value).unwrap_or_default())
        });
        match self.text() {
            Some(text) => fetch.body(text),
            None => fetch,
        }
    }
}

/// Finds out whether a script could make such a fetch at all.
pub(crate) async fn check(fetch: &Fetch, places: &Places) -> Result<(), String> {
    let is_written = |c: char| c.is_ascii_graphic() && !"#\\\"<>`{}|^".contains(c);
    let path = &fetch.path;
    if !path.starts_with('/')
        || !path.chars().all(is_written)
        || path.parse::<PathAndQuery>().is_err()
    {
        return Err(format!("\"{path}\" is no path of a URL"));
    }
    if fetch.headers.iter().any(|(_, value)| latin1(value).is_none()) {
        return Err("a header value has a character that is not in Latin-1".into());
    }
    let ready = fetch.ready(Profile::Standard, places, &fetch.url(places, 0));
    let mut nobody = tower::service_fn(async |_: Request<testing::Body>| {
        Ok::<_, Infallible>(Response::new(testing::Body::default()))
    });
    match ready.send(&mut nobody).await.blocked().map(|blocked| blocked.reason().clone()) {
        Some(Reason::TypeError(error)) => Err(error),
        _ => Ok(()),
    }
}

/// Runs the fetch in process against what is served now, without a trace.
pub(crate) async fn predict(
    fetch: &Fetch,
    url: &str,
    stage: &Stage,
    profile: Profile,
) -> Prediction {
    let (cors, cache) = (stage.serving.policy().cors.clone(), (*stage.cache).clone());
    let mut api = api::rehearsal(cors, cache);
    Prediction::from(fetch.ready(profile, &stage.places, url).send(&mut api).await)
}

/// The profile of the browser that asks.
pub(crate) fn shipping(headers: &HeaderMap) -> Profile {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let is = |name| agent.is_some_and(|agent| agent.contains(name));
    if is("Firefox/") {
        Profile::Firefox
    } else if is("AppleWebKit/") && !is("Chrome/") {
        Profile::WebKit
    } else {
        Profile::Chromium
    }
}

impl From<Outcome> for Prediction {
    fn from(outcome: Outcome) -> Self {
        let (response, blocked) = (outcome.readable(), outcome.blocked());
        let names = response.map(|response| response.headers().keys()).into_iter().flatten();
        let header = |name: &HeaderName| Some((name.to_string(), response?.header(name.as_str())?));
        let mut headers: Vec<_> = names.filter_map(header).collect();
        // As a script is given them.
        headers.sort();
        Self {
            readable: response.is_some(),
            status: response.map(|response| response.status().as_u16()),
            headers,
            console: blocked.map(Blocked::console),
            fix: blocked.map(Blocked::fix),
            preflights: outcome.preflights().count(),
        }
    }
}

/// Header values are bytes to JavaScript: <https://webidl.spec.whatwg.org/#es-ByteString>
fn latin1(value: &str) -> Option<Vec<u8>> {
    value.chars().map(|c| u8::try_from(c).ok()).collect()
}
