//! A server on loopback.

use std::{error::Error, future::Future};

use axum::Router;
use tokio::{net::TcpListener, task::JoinSet};
use tower_cors::CorsLayer;

use crate::traffic::Traffic;

/// A running server, which goes when it is dropped.
#[derive(Debug)]
pub struct Api {
    /// Where it is.
    pub url: String,
    /// The requests that came in.
    pub came: Traffic,
    /// Those that the CORS layer let run.
    pub ran: Traffic,
    _server: JoinSet<()>,
}

impl Api {
    /// Serves an app behind a CORS layer.
    ///
    /// # Errors
    ///
    /// If there is no port to listen on.
    pub async fn serve(app: Router, cors: CorsLayer) -> Result<Self, Box<dyn Error>> {
        Self::start(|listener, came, ran| {
            let app = app.layer(ran.layer()).layer(cors).layer(came.layer());
            async move {
                axum::serve(listener, app).await.unwrap_or_else(|error| eprintln!("api: {error}"));
            }
        })
        .await
    }

    pub(crate) async fn start<S>(
        serve: impl FnOnce(TcpListener, &Traffic, &Traffic) -> S,
    ) -> Result<Self, Box<dyn Error>>
    where
        S: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (came, ran) = (Traffic::default(), Traffic::default());
        let mut server = JoinSet::new();
        server.spawn(serve(listener, &came, &ran));
        Ok(Self { url, came, ran, _server: server })
    }
}
