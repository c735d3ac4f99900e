//! The application, which notes what it runs.

use std::{
    future::Future,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::to_bytes,
    extract::{
        FromRequestParts, Request, State,
        ws::{WebSocket, WebSocketUpgrade},
    },
    http::{StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{Html, IntoResponse, Redirect, Response},
};
use tokio::{net::TcpListener, sync::watch, time::timeout};
use tower_cors::CorsLayer;

use crate::verdict::{Answer, head};

const PAGE: &str = include_str!("page.html");

/// Far more than any exchange takes.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) async fn bounded<F: Future>(exchange: F) -> F::Output {
    timeout(LIMIT, exchange).await.expect("the exchange ends by itself")
}

/// Stops with the test's runtime.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    /// Paths, noted by the application.
    ran: Mutex<Vec<String>>,
    /// Paths and what was answered, noted around the layer.
    answered: watch::Sender<Vec<(String, Vec<String>)>>,
}

impl Server {
    pub(crate) async fn start(ip: impl Into<IpAddr>, cors: CorsLayer) -> Self {
        let listener = TcpListener::bind((ip.into(), 0)).await.expect("a port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        let log = Arc::new(Log::default());
        let app = Router::new()
            .fallback(run)
            .with_state(log.clone())
            .layer(cors.build().expect("the layers under test build"))
            .layer(from_fn_with_state(log.clone(), note_answer));
        tokio::spawn(async { axum::serve(listener, app).await });
        Self { address, log }
    }

    /// What became of the request for a path, once it is answered.
    pub(crate) async fn answer(&self, path: &str) -> Answer {
        let mut answered = self.log.answered.subscribe();
        let is_answered = |all: &Vec<(String, _)>| all.iter().any(|(answered, _)| answered == path);
        let all = timeout(LIMIT, answered.wait_for(is_answered)).await;
        let all = all.unwrap_or_else(|_| panic!("{path} is not requested")).expect("we keep it");
        let heads = all.iter().filter(|(answered, _)| answered == path);
        let heads: Vec<_> = heads.map(|(_, head)| head.clone()).collect();
        assert_eq!(heads.len(), 1, "{path} was requested more than once: {heads:?}");
        Answer { runs: self.runs(path), head: heads.concat() }
    }

    /// How often the application ran the request for a path.
    pub(crate) fn runs(&self, path: &str) -> usize {
        let ran = self.log.ran.lock().expect("the application does not panic");
        ran.iter().filter(|ran| *ran == path).count()
    }
}

async fn run(State(log): State<Arc<Log>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    if path.ends_with("/page") {
        // Not even to itself does a shy page tell where it is.
        let policy = if path.ends_with("/shy/page") { "no-referrer" } else { "strict-origin" };
        return ([(header::REFERRER_POLICY, policy)], Html(PAGE)).into_response();
    }
    if let (Some(target), true) = (parts.uri.query(), path.ends_with("/detour")) {
        return Redirect::temporary(target).into_response();
    }
    log.ran.lock().expect("the application does not panic").push(path);
    if let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        return upgrade.on_upgrade(send_back);
    }
    match to_bytes(body, 1 << 20).await {
        Ok(_) => StatusCode::OK.into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

async fn send_back(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if socket.send(message).await.is_err() {
            break;
        }
    }
}

async fn note_answer(State(log): State<Arc<Log>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let head = head(response.status(), response.headers());
    log.answered.send_modify(|answered| answered.push((path, head)));
    response
}
