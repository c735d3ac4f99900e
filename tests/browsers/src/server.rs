//! A hyper server on loopback with three doors: two for pages, one for the API.

use std::{
    convert::Infallible,
    error::Error,
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex},
};

use axum::body::Body;
use http::{HeaderValue, Request, Response, header};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, task::JoinSet};
use tower::{Service, ServiceExt, util::BoxCloneSyncService};

use crate::{
    answer::{address, answer, line_of},
    case::Case,
    places::Places,
};

const PAGE: &str = include_str!("page.html");

/// Stops when dropped.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub places: Places,
    _doors: JoinSet<()>,
    log: Arc<Log>,
}

/// The number of a case, and the request.
#[derive(Debug, Default)]
struct Log(Mutex<Vec<(usize, String)>>);

#[derive(Clone)]
struct Room {
    places: Places,
    log: Arc<Log>,
    api: BoxCloneSyncService<Request<Body>, Response<Body>, Infallible>,
}

impl Server {
    /// Answers as the table says.
    ///
    /// # Errors
    ///
    /// If there is no port to listen on.
    pub async fn of_table(cases: Arc<[Case]>) -> Result<Self, Box<dyn Error>> {
        Self::start(|places| {
            Ok(tower::service_fn(move |request: Request<Body>| {
                let at = address(request.uri().path()).map(|(at, _)| at);
                let case = at.and_then(|at| Some((at, cases.get(at)?)));
                let response = case.map_or_else(Response::default, |(at, case)| {
                    answer(case, &format!("/table/{at}"), &places, &request).map(Body::from)
                });
                async { Ok(response) }
            }))
        })
        .await
    }

    /// Answers as a service does, which may allow pages by their places.
    ///
    /// # Errors
    ///
    /// If there is no port to listen on, or no service.
    pub async fn start<S>(
        api: impl FnOnce(Places) -> Result<S, Box<dyn Error>>,
    ) -> Result<Self, Box<dyn Error>>
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
        S: Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
    {
        let (home, stranger, door) = (bind().await?, bind().await?, bind().await?);
        let port = |listener: &TcpListener| listener.local_addr().map(|address| address.port());
        let places = Places { home: port(&home)?, stranger: port(&stranger)?, api: port(&door)? };
        let log = Arc::new(Log::default());
        let api = BoxCloneSyncService::new(api(places)?);
        let room = Room { places, log: log.clone(), api };
        let mut doors = JoinSet::new();
        for listener in [home, stranger, door] {
            doors.spawn(listen(listener, room.clone()));
        }
        Ok(Self { places, _doors: doors, log })
    }

    /// The requests of a case, in the order of their arrival.
    ///
    /// # Panics
    ///
    /// If a handler panicked.
    #[must_use]
    pub fn requests(&self, case: usize) -> Vec<String> {
        let log = self.log.0.lock().expect("no handler panics");
        log.iter().filter(|(of, _)| *of == case).map(|(_, line)| line.clone()).collect()
    }
}

async fn bind() -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await
}

async fn listen(listener: TcpListener, room: Room) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        let room = room.clone();
        let service = service_fn(move |request| room.clone().enter(request));
        // A `Date` would be one more header to expose.
        let mut protocol = http1::Builder::new();
        let connection =
            protocol.auto_date_header(false).serve_connection(TokioIo::new(stream), service);
        connections.spawn(async { drop(connection.await) });
    }
}

impl Room {
    async fn enter(self, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
        if request.uri().path() == "/page" {
            let mut page = Response::new(Body::from(self.places.fill_in(PAGE)));
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            page.headers_mut().insert(header::CONTENT_TYPE, html);
            return Ok(page);
        }
        if let Some((case, _)) = address(request.uri().path()) {
            let line = line_of(&self.places, &request);
            self.log.0.lock().expect("no handler panics").push((case, line));
        }
        self.api.oneshot(request.map(Body::new)).await
    }
}
