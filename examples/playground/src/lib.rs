//! A playground for CORS: one process that is four origins, among them an API behind a layer whose
//! policy is edited while it serves.
//!
//! `main.rs` starts it. The parts are in the order of the story, from the origins to what the page
//! is told; each imports only from those above it.

use std::{error::Error, future::IntoFuture, sync::Arc};

use tokio::task::JoinSet;

use stage::Stage;

mod places;
pub use places::{Places, Ports, WrongPort};

mod page;

mod site;

mod spans;

mod edits;

mod corrections;

mod fixes;

mod policy;

mod serving;

mod cache;

mod record;

mod stage;

mod api;

mod fetch;

mod messages;

mod control;

/// The running servers, which stop when it is dropped.
#[derive(Debug)]
pub struct Playground {
    places: Places,
    _servers: JoinSet<()>,
}

impl Playground {
    /// Listens on four ports and serves.
    ///
    /// # Errors
    ///
    /// If a port that was asked for is taken.
    pub async fn start(ports: Ports) -> Result<Self, Box<dyn Error>> {
        let (places, listeners) = places::listen(ports).await?;
        let stage = Arc::new(Stage::new(places.clone()));
        let app = site::app(&places).merge(control::endpoints(&stage));
        let frames = site::frames(&places);
        let apps = [site::guarded(app, &places)?, frames.clone(), frames, api::api(&stage)];
        let mut servers = JoinSet::new();
        for (app, listeners) in apps.into_iter().zip(listeners) {
            for listener in listeners {
                let server = axum::serve(listener, app.clone()).into_future();
                servers.spawn(async { drop(server.await) });
            }
        }
        Ok(Self { places, _servers: servers })
    }

    /// The origins that it serves.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }
}
