//! A page of one origin calls an API of another: CORS at work in your browser.
//!
//! ```text
//! cargo run --example quickstart
//! ```
//!
//! Open <http://localhost:3000>, or be the browser yourself: as the page, as a page that is not
//! allowed, and with the preflight of a `PUT`.
//!
//! ```text
//! curl -i http://localhost:3001/greeting -H 'origin: http://localhost:3000'
//! curl -i http://localhost:3001/greeting -H 'origin: http://127.0.0.1:3000'
//! curl -i http://localhost:3001/greeting -H 'origin: http://localhost:3000' \
//!   -X OPTIONS -H 'access-control-request-method: PUT'
//! ```
//!
//! Ctrl-C ends it. On other ports: `cargo run --example quickstart -- PAGE_PORT API_PORT`.

use std::{env, error::Error, future::IntoFuture, io, iter, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, Method,
        header::{CONTENT_TYPE, COOKIE, SET_COOKIE},
    },
    middleware::{Next, from_fn_with_state},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use tokio::{net::TcpListener, signal, sync::Mutex, task::JoinSet};
use tower_cors::CorsLayer;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

#[derive(Default)]
struct Api {
    greeting: String,
    requests: usize,
    log: Vec<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut ports = env::args().skip(1);
    let (page, page_listeners) = listen(ports.next().as_deref().unwrap_or("3000")).await?;
    let (api, api_listeners) = listen(ports.next().as_deref().unwrap_or("3001")).await?;

    let cors = CorsLayer::new()
        .allow_origins([&page])
        .allow_methods([Method::PUT])
        .allow_headers([CONTENT_TYPE])
        .expose_headers([REQUEST_ID])
        .allow_credentials(true)
        .max_age(Duration::from_secs(600))
        .build()?;

    let state = Arc::new(Mutex::new(Api { greeting: "Hello".into(), ..Api::default() }));
    let api_app = Router::new()
        .route("/greeting", get(greeting).put(greet))
        .route("/visits", get(visit))
        .layer(cors)
        .layer(from_fn_with_state(state.clone(), record))
        .with_state(state.clone());

    let html = include_str!("quickstart.html").replace("API_ORIGIN", &api);
    let page_app =
        Router::new().route("/", get(Html(html))).route("/log", get(log)).with_state(state);

    let mut servers = JoinSet::new();
    for (app, listeners) in [(page_app, page_listeners), (api_app, api_listeners)] {
        for listener in listeners {
            let server = axum::serve(listener, app.clone())
                .with_graceful_shutdown(async { _ = signal::ctrl_c().await });
            servers.spawn(server.into_future());
        }
    }
    println!("Open {page} in your browser (Ctrl-C ends this), or try");
    println!("  curl -i {api}/greeting -H 'origin: {page}'");
    servers.join_all().await;
    Ok(())
}

/// Listens at the addresses that browsers take `localhost` for: two, or one without IPv6.
async fn listen(port: &str) -> Result<(String, Vec<TcpListener>), Box<dyn Error>> {
    let failed =
        |error| format!("port {port}: {error}; try `cargo run --example quickstart -- 4000 4001`");
    let v4 = TcpListener::bind(format!("127.0.0.1:{port}")).await.map_err(failed)?;
    let port = v4.local_addr()?.port();
    match TcpListener::bind(format!("[::1]:{port}")).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(failed(error))?,
        v6 => Ok((format!("http://localhost:{port}"), iter::once(v4).chain(v6).collect())),
    }
}

async fn greeting(State(api): State<Arc<Mutex<Api>>>) -> String {
    api.lock().await.greeting.clone()
}

async fn greet(State(api): State<Arc<Mutex<Api>>>, Json(greeting): Json<String>) -> String {
    api.lock().await.greeting.clone_from(&greeting);
    greeting
}

async fn visit(headers: HeaderMap) -> impl IntoResponse {
    let cookies = headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok());
    let mut cookies = cookies.unwrap_or_default().split("; ");
    let visits = cookies.find_map(|cookie| cookie.strip_prefix("visits=")?.parse().ok());
    let visit = visits.unwrap_or(0_u8).saturating_add(1);
    let cookie = format!("visits={visit}; Path=/visits; HttpOnly; SameSite=Strict");
    ([(SET_COOKIE, cookie)], format!("Visit {visit}"))
}

async fn log(State(api): State<Arc<Mutex<Api>>>) -> String {
    api.lock().await.log.join("\n")
}

/// Numbers the requests, and logs what they and their answers say of CORS.
async fn record(State(api): State<Arc<Mutex<Api>>>, request: Request, next: Next) -> Response {
    let asked = format!("> {} {}\n", request.method(), request.uri().path());
    let asked = asked + &cors_lines('>', request.headers());
    let mut response = next.run(request).await;

    let mut api = api.lock().await;
    api.requests += 1;
    response.headers_mut().insert(REQUEST_ID, api.requests.into());
    let answered = format!("< {}\n{}", response.status(), cors_lines('<', response.headers()));
    api.log.insert(0, asked + &answered);
    api.log.truncate(20);
    response
}

fn cors_lines(mark: char, headers: &HeaderMap) -> String {
    let of_cors = headers.iter().filter(|(name, _)| {
        let name = name.as_str();
        name.starts_with("access-control-") || ["origin", "vary", "x-request-id"].contains(&name)
    });
    of_cors
        .map(|(name, value)| format!("{mark} {name}: {}\n", value.to_str().unwrap_or("?")))
        .collect()
}
