//! The table once more, through the browser in process: each profile has to do what its engine
//! does.

use std::{
    convert::Infallible,
    future::ready,
    sync::{Arc, Mutex},
};

use axum::body::Body;
use http::{Request, Response};
use tower::{ServiceExt, service_fn};
use tower_cors::testing::{self, Browser, Credentials, Mode, Outcome, Profile, Redirect};
use tower_cors_browsers::{
    answer::{answer, line_of},
    case::{Case, Fetch, Seen},
    cases, differences,
    judge::{judge, report},
    layered,
    places::{Page, Places},
    run::seen_last,
};

/// Nobody listens there.
const PLACES: Places = Places { home: 8001, stranger: 8002, api: 8003 };

fn prepared(browser: &Browser, page: Page, fetch: &Fetch, path: &str) -> testing::Fetch {
    let page = match page {
        Page::Home => browser.page(PLACES.fill_in("{home}/page")),
        Page::Sandboxed => browser.page(PLACES.fill_in("{home}/page")).sandboxed(),
        Page::Stranger => browser.page(PLACES.fill_in("{stranger}/page")),
        Page::Subdomain => browser.page(PLACES.fill_in("{subdomain}/page")),
    };
    let page = page.embedded_in(PLACES.fill_in("{home}"));
    let url = PLACES.fill_in(&fetch.url.replace("{case}", path));
    let mut prepared = page.fetch(&fetch.method, url);
    for (name, value) in &fetch.headers {
        prepared = prepared.header(name, value);
    }
    if let Some(body) = &fetch.body {
        prepared = prepared.text(body);
    }
    prepared
        .credentials(match fetch.credentials {
            "include" => Credentials::Include,
            "omit" => Credentials::Omit,
            _ => Credentials::SameOrigin,
        })
        .mode(match fetch.mode {
            "no-cors" => Mode::NoCors,
            "same-origin" => Mode::SameOrigin,
            _ => Mode::Cors,
        })
        .redirect(match fetch.redirect {
            "error" => Redirect::Error,
            "manual" => Redirect::Manual,
            _ => Redirect::Follow,
        })
}

/// As the page of the real browsers puts it.
fn told(outcome: &Outcome, case: &Case) -> String {
    if outcome.is_opaque() {
        return if case.fetch.mode == "no-cors" { "opaque" } else { "opaqueredirect" }.to_owned();
    }
    let Some(response) = outcome.readable() else {
        return "blocked".to_owned();
    };
    let mut names: Vec<_> = response.headers().keys().map(ToString::to_string).collect();
    names.sort();
    let text = response.text();
    let body = if text.is_empty() { "-" } else { &text };
    let told = format!("{} {body} {}", response.status().as_u16(), names.join(" "));
    told.trim_end().to_owned()
}

async fn seen<F>(
    browser: &Browser,
    at: usize,
    case: &Case,
    respond: impl Fn(Request<testing::Body>) -> F,
) -> Seen
where
    F: Future<Output = Response<Body>>,
{
    let log: Arc<Mutex<Vec<String>>> = Arc::default();
    let mut service = service_fn(|request: Request<testing::Body>| {
        log.lock().expect("nobody panics").push(line_of(&PLACES, &request));
        let response = respond(request);
        async { Ok::<_, Infallible>(response.await) }
    });
    let mut last = String::new();
    for fetch in case.fetches() {
        let prepared = prepared(browser, case.page, fetch, &format!("/table/{at}"));
        last = told(&prepared.send(&mut service).await, case);
    }
    let requests = log.lock().expect("nobody panics").clone();
    seen_last(last, requests, case)
}

async fn agrees(profile: Profile, engine: &str) {
    let browser = Browser::with_profile(profile);
    let cases = cases::all();
    let mut all = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let path = format!("/table/{at}");
        let respond = |request| ready(answer(case, &path, &PLACES, &request).map(Body::from));
        all.push(seen(&browser, at, case, respond).await);
    }
    let differences = [differences::in_process(), differences::engines()].concat();
    let failures = judge(&cases, &all, engine, &differences);
    assert!(failures.is_empty(), "{engine}: {} failures{}", failures.len(), report(&failures));
}

#[tokio::test]
async fn profile_chromium_agrees_with_chromium() {
    agrees(Profile::Chromium, "chromium").await;
}

#[tokio::test]
async fn profile_firefox_agrees_with_firefox() {
    agrees(Profile::Firefox, "firefox").await;
}

#[tokio::test]
async fn profile_webkit_agrees_with_webkit() {
    agrees(Profile::WebKit, "webkit").await;
}

#[tokio::test]
async fn profile_standard_agrees_with_the_table() {
    agrees(Profile::Standard, "standard").await;
}

#[tokio::test]
async fn the_layer_serves_every_profile() {
    let app = layered::app(&PLACES).unwrap();
    let cases = layered::cases();
    let respond = async |request: Request<testing::Body>| {
        let Ok(response) = app.clone().oneshot(request.map(Body::new)).await;
        response
    };
    for profile in [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit] {
        let browser = Browser::with_profile(profile);
        let mut all = Vec::new();
        for (at, case) in cases.iter().enumerate() {
            all.push(seen(&browser, at, case, &respond).await);
        }
        let failures = judge(&cases, &all, "any", &[]);
        assert!(failures.is_empty(), "{profile:?}{}", report(&failures));
    }
}
