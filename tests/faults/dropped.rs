//! Futures that are dropped at every point at which they wait: no permit, no task, nothing stays.

use std::{convert::Infallible, sync::Arc};

use http::{Method, Request, Response, header};
use tokio::{runtime::Handle, sync::Semaphore};
use tower::{Layer, ServiceExt, limit::ConcurrencyLimit, service_fn, util::BoxCloneService};
use tower_cors::{AllowOrigin, CorsLayer};

use crate::{
    lasting::{Lasting, poll},
    wire::{APP, STRANGER},
};

const PAUSES: usize = 3;
const PERMITS: usize = 2;
const LISTED: &str = "https://listed.example";

type Service = BoxCloneService<Request<Lasting>, Response<()>, Infallible>;

/// The layer between two limits, around a service that pauses.
struct Stack {
    around: Arc<Semaphore>,
    inside: Arc<Semaphore>,
    lasting: Lasting,
    service: Service,
}

impl Stack {
    fn new() -> Self {
        let semaphore = || Arc::new(Semaphore::new(PERMITS));
        let (around, inside, lasting) = (semaphore(), semaphore(), Lasting::default());
        let inner = {
            let lasting = lasting.clone();
            service_fn(move |request: Request<Lasting>| {
                let pauses = lasting.pauses(PAUSES);
                async move {
                    pauses.await;
                    drop(request);
                    Ok(Response::new(()))
                }
            })
        };
        let limited = cors(&lasting).layer(ConcurrencyLimit::with_semaphore(inner, inside.clone()));
        let service =
            BoxCloneService::new(ConcurrencyLimit::with_semaphore(limited, around.clone()));
        Self { around, inside, lasting, service }
    }

    fn permits(&self) -> [usize; 2] {
        [&self.around, &self.inside].map(|semaphore| semaphore.available_permits())
    }
}

/// Asks two async predicates in turn, of which the second allows an origin.
fn cors(lasting: &Lasting) -> CorsLayer {
    let asked = |allowed| {
        let lasting = lasting.clone();
        AllowOrigin::async_predicate(move |origin, _| {
            let pauses = lasting.pauses(PAUSES);
            async move {
                pauses.await;
                Some(origin.as_bytes()) == allowed
            }
        })
    };
    let listed = AllowOrigin::patterns([LISTED]);
    CorsLayer::new().allow_origin(listed.or(asked(None)).or(asked(Some(APP.as_bytes()))))
}

fn request(method: Method, origin: &str, body: Lasting) -> Request<Lasting> {
    Request::builder()
        .method(method)
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "GET")
        .body(body)
        .expect("the request is valid")
}

#[tokio::test]
async fn nothing_stays_of_a_future_that_is_dropped_while_it_waits() {
    let rows = [
        ("listed", Method::GET, LISTED, PAUSES),
        ("allowed by a predicate", Method::GET, APP, 3 * PAUSES),
        ("allowed by none", Method::GET, STRANGER, 3 * PAUSES),
        ("preflight, listed", Method::OPTIONS, LISTED, 0),
        ("preflight, allowed by a predicate", Method::OPTIONS, APP, 2 * PAUSES),
        ("preflight, allowed by none", Method::OPTIONS, STRANGER, 2 * PAUSES),
    ];
    for (name, method, origin, waits) in rows {
        let stack = Stack::new();
        // What the service itself has.
        let idle = stack.lasting.count();
        for polls in 0..=waits + 1 {
            let request = request(method.clone(), origin, stack.lasting.begin());
            let mut response = Box::pin(stack.service.clone().oneshot(request));
            let is_ready = (0..polls).any(|_| poll(response.as_mut()).is_ready());
            assert_eq!(is_ready, polls > waits, "{name}: {polls} polls");
            assert_eq!(Handle::current().metrics().num_alive_tasks(), 0, "{name}: {polls} polls");
            assert!(is_ready || stack.lasting.count() > idle, "{name}: {polls} polls");
            drop(response);
            assert_eq!(stack.permits(), [PERMITS; 2], "{name}: {polls} polls");
            assert_eq!(stack.lasting.count(), idle, "{name}: {polls} polls");
        }
    }
}

#[tokio::test]
async fn nothing_stays_of_a_request_that_is_dropped_while_it_waits_for_a_permit() {
    let stack = Stack::new();
    let idle = stack.lasting.count();
    let taken = stack.inside.clone().try_acquire_many_owned(2).expect("nobody has them");
    for method in [Method::GET, Method::OPTIONS] {
        let request = request(method, APP, stack.lasting.begin());
        let mut response = Box::pin(stack.service.clone().oneshot(request));
        assert!((0..3).all(|_| poll(response.as_mut()).is_pending()));
        drop(response);
        assert_eq!((stack.permits(), stack.lasting.count()), ([PERMITS, 0], idle));
    }
    drop(taken);
    assert_eq!(stack.permits(), [PERMITS; 2]);
}
