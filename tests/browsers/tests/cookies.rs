//! Which requests carry cookies. These know hosts and sites, and nothing of ports.

use std::{convert::Infallible, error::Error};

use axum::body::Body;
use http::{HeaderMap, Method, Request, Response, header};
use serde_json::Value;
use tower::{Layer, service_fn};
use tower_cors::CorsLayer;
use tower_cors_browsers::{
    answer::is_preflight,
    engine::{Engine, Kind},
    server::Server,
};

/// Where the cookie is set, its attributes, and to whom which fetch is sent; then, whether it
/// carries the cookie in Chromium, Firefox and `WebKit`.
type Row = (&'static str, &'static str, &'static str, &'static str, [bool; 3]);

const NEVER: [bool; 3] = [false; 3];
const ALWAYS: [bool; 3] = [true; 3];

const ROWS: [Row; 10] = [
    ("{home}", "", "{home}", "{}", ALWAYS),
    ("{home}", "", "{home}", "{ credentials: 'omit' }", NEVER),
    ("{home}", "", "{api}", "{}", NEVER),
    ("{home}", "", "{api}", "{ credentials: 'include' }", ALWAYS),
    ("{home}", "", "{api}", "{ method: 'PUT' }", NEVER),
    ("{home}", "", "{api}", "{ method: 'PUT', credentials: 'include' }", ALWAYS),
    ("{home}", "; SameSite=Strict", "{api}", "{ credentials: 'include' }", ALWAYS),
    ("{far}", "; SameSite=Strict", "{far}", "{ credentials: 'include' }", NEVER),
    ("{far}", "; SameSite=Lax", "{far}", "{ credentials: 'include' }", NEVER),
    // To Chromium this is lax, too; Firefox keeps the cookies of each site's frames and fetches apart.
    ("{far}", "", "{far}", "{ credentials: 'include' }", [false, false, true]),
];

/// Answers with the cookies that it got, to a preflight in a header.
async fn server() -> Result<Server, Box<dyn Error>> {
    Server::start(|places| {
        let cors = CorsLayer::new()
            .allow_origins([places.fill_in("{home}")])
            .allow_methods([Method::PUT])
            .allow_credentials(true)
            .build()?;
        let echo = service_fn(async |request: Request<Body>| {
            Ok::<_, Infallible>(Response::new(Body::from(cookies(request.headers()))))
        });
        let mut answer = cors.layer(echo);
        Ok(service_fn(move |request: Request<Body>| {
            let is_fed = is_preflight(&request) && !cookies(request.headers()).is_empty();
            assert!(!is_fed, "a preflight has cookies");
            tower::Service::call(&mut answer, request)
        }))
    })
    .await
}

fn cookies(headers: &HeaderMap) -> String {
    let cookie = headers.get(header::COOKIE).and_then(|cookie| cookie.to_str().ok());
    cookie.unwrap_or_default().to_owned()
}

const SCRIPT: &str = "
    const [url, init, done] = arguments;
    fetch(url, eval(`(${init})`)).then((response) => response.text()).then(done, done);
";

async fn cookies_follow_the_credentials_mode(kind: Kind) -> Result<(), Box<dyn Error>> {
    let server = server().await?;
    let Some(mut engine) = Engine::start_if_installed(kind).await? else {
        return Ok(());
    };
    let fill_in = |text: &str| server.places.fill_in(text);
    for (at, (host, attributes, target, init, expected)) in ROWS.iter().enumerate() {
        engine.open(&format!("{}/page", fill_in(host))).await?;
        let set = format!("document.cookie = 'name={at}{attributes}'; arguments[0]();");
        engine.script(&set, vec![]).await?;
        engine.open(&format!("{}/page", fill_in("{home}"))).await?;
        let arguments = vec![format!("{}/echo", fill_in(target)).into(), Value::from(*init)];
        let told = engine.script(SCRIPT, arguments).await?;
        let carries = expected[Kind::ALL.iter().position(|of| *of == kind).expect("it is one")];
        let wanted = if carries { format!("name={at}") } else { String::new() };
        assert_eq!(told, wanted, "{kind}: set by {host}{attributes}; {init} to {target}");
    }
    engine.close().await
}

#[tokio::test]
async fn cookies_follow_the_credentials_mode_in_chromium() -> Result<(), Box<dyn Error>> {
    cookies_follow_the_credentials_mode(Kind::Chromium).await
}

#[tokio::test]
async fn cookies_follow_the_credentials_mode_in_firefox() -> Result<(), Box<dyn Error>> {
    cookies_follow_the_credentials_mode(Kind::Firefox).await
}

#[tokio::test]
async fn cookies_follow_the_credentials_mode_in_webkit() -> Result<(), Box<dyn Error>> {
    cookies_follow_the_credentials_mode(Kind::WebKit).await
}
