//! How often the database is asked, as it says itself: each statement that runs is counted.
//!
//! A process of its own, because the count is one for all of it.

use std::{
    fmt::Debug,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::Request,
    http::header,
    middleware::{Next, from_fn},
};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::{net::TcpStream, task::JoinSet, time::timeout};
use tower_cors_tenants::Limits;
use tracing::{
    Event, Metadata, Subscriber,
    field::{self, Field},
    span,
};

#[path = "end_to_end/client.rs"]
#[allow(dead_code)] // It serves the other tests, too.
mod client;
#[path = "end_to_end/site.rs"]
#[allow(dead_code)]
mod site;

use client::{Kind, request};
use site::{GIVE_UP, HOUR, LASTING, SHOP, Site, Tested, until};

static QUERIES: AtomicUsize = AtomicUsize::new(0);
static OUTAGES: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements that look origins up, and the failures that are logged.
struct Statements;

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        ["sqlx::query", "tower_cors_tenants::outage"].contains(&metadata.target())
    }

    fn event(&self, event: &Event<'_>) {
        if event.metadata().target() == "sqlx::query" {
            event.record(&mut IfLookUp);
        } else {
            OUTAGES.fetch_add(1, SeqCst);
        }
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct IfLookUp;

impl field::Visit for IfLookUp {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" && value.starts_with("SELECT pattern") {
            QUERIES.fetch_add(1, SeqCst);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

/// How many requests have come to the service, and how many of them are over.
#[derive(Clone, Default)]
struct Visits {
    begun: Arc<AtomicUsize>,
    ended: Arc<AtomicUsize>,
}

/// One request; dropped when it is answered or given up.
struct Visit(Visits);

impl Visits {
    fn counted(&self, app: Router) -> Router {
        let visits = self.clone();
        app.layer(from_fn(move |request: Request, next: Next| {
            visits.begun.fetch_add(1, SeqCst);
            let visit = Visit(visits.clone());
            async move {
                let _visit = visit;
                next.run(request).await
            }
        }))
    }

    async fn begun(&self, number: usize) -> Tested {
        until("the requests come", async || Ok(self.begun.load(SeqCst) >= number)).await
    }

    async fn ended(&self, number: usize) -> Tested {
        until("the requests end", async || Ok(self.ended.load(SeqCst) >= number)).await
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, SeqCst);
    }
}

/// Sends so many requests at once, over one connection for each hundred, and returns how many are
/// allowed.
fn send_at_once(address: SocketAddr, number: usize) -> JoinSet<Tested<usize>> {
    (0..number / 100).map(|_| send_a_hundred(address)).collect()
}

async fn send_a_hundred(address: SocketAddr) -> Tested<usize> {
    let stream = TokioIo::new(TcpStream::connect(address).await?);
    let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
    tokio::spawn(async { drop(connection.await) });
    let mut requests = JoinSet::new();
    for _ in 0..100 {
        let mut request = request(Kind::Actual, "", SHOP);
        request.headers_mut().remove(header::HOST);
        *request.uri_mut() = "http://acme.localhost/orders".parse()?;
        let mut sender = sender.clone();
        requests.spawn(async move { timeout(GIVE_UP, sender.send_request(request)).await });
    }
    let mut allowed = 0;
    while let Some(response) = requests.join_next().await {
        let response = response???;
        assert_eq!(response.status(), 200);
        allowed +=
            usize::from(response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }
    Ok(allowed)
}

async fn allowed(mut clients: JoinSet<Tested<usize>>) -> Tested<usize> {
    let mut allowed = 0;
    while let Some(ended) = clients.join_next().await {
        allowed += ended??;
    }
    Ok(allowed)
}

async fn a_thousand_misses_are_one_query() -> Tested {
    let visits = Visits::default();
    let site = Site::start_with(LASTING, |app| visits.counted(app)).await?;
    let before = QUERIES.load(SeqCst);
    // So that no request is answered before the last has come.
    let lock = site.lock().await?;
    let clients = send_at_once(site.address, 1_000);
    visits.begun(1_000).await?;
    lock.release().await?;
    assert_eq!(allowed(clients).await?, 1_000);
    assert_eq!(QUERIES.load(SeqCst) - before, 1);

    assert_eq!(allowed(send_at_once(site.address, 1_000)).await?, 1_000);
    assert_eq!(QUERIES.load(SeqCst) - before, 1, "what is remembered is not asked for");
    assert!(!site.client().await?.allows_both("globex", SHOP).await?);
    assert_eq!(QUERIES.load(SeqCst) - before, 2, "another tenant is");
    Ok(())
}

async fn whoever_hangs_up_does_not_end_what_others_wait_for() -> Tested {
    let visits = Visits::default();
    let site = Site::start_with(LASTING, |app| visits.counted(app)).await?;
    let before = QUERIES.load(SeqCst);
    let lock = site.lock().await?;
    let mut first = send_at_once(site.address, 100);
    visits.begun(100).await?;
    let others = send_at_once(site.address, 100);
    visits.begun(200).await?;
    first.shutdown().await;
    visits.ended(100).await?;
    lock.release().await?;
    assert_eq!(allowed(others).await?, 100);
    assert_eq!(QUERIES.load(SeqCst) - before, 1);
    Ok(())
}

async fn a_database_that_is_away_is_not_asked_again_and_again() -> Tested {
    let limits = Limits { deadline: Duration::from_millis(200), retry_after: HOUR, ..LASTING };
    let site = Site::start(limits).await?;
    let before = QUERIES.load(SeqCst);
    let lock = site.lock().await?;
    assert_eq!(allowed(send_at_once(site.address, 1_000)).await?, 0);
    lock.release().await?;
    assert_eq!(allowed(send_at_once(site.address, 1_000)).await?, 0, "until the time to try again");
    // The deadline may have come before the database could be asked.
    let queries = QUERIES.load(SeqCst) - before;
    assert!(queries <= 1, "{queries}");
    assert_eq!(OUTAGES.load(SeqCst), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_is_asked_once() -> Tested {
    tracing::subscriber::set_global_default(Statements)?;
    a_thousand_misses_are_one_query().await?;
    whoever_hangs_up_does_not_end_what_others_wait_for().await?;
    a_database_that_is_away_is_not_asked_again_and_again().await
}
