use std::{io, net::TcpListener};

use axum::{
    Router,
    http::{
        HeaderName,
        header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, VARY},
    },
    routing::get,
    serve::ListenerExt,
};

use super::{APP, BODY, layers, runtime};
use crate::contender::Contender;

/// Serves HTTP/1.1, and HTTP/2 to those who know that it does.
pub(super) fn serve(listener: TcpListener, contender: Contender, origins: usize) -> io::Result<()> {
    let app = Router::new().route("/users", get(users));
    let app = match contender {
        Contender::TowerCors => app.layer(layers::tower_cors(origins)?),
        Contender::TowerHttp => app.layer(layers::tower_http(origins)?),
        Contender::EmptyLayer => app.layer(tower::layer::layer_fn(|inner| inner)),
        Contender::HeadersAlone => Router::new().route("/users", get(users_with_headers)),
        Contender::None | Contender::NoneAgain => app,
        Contender::ActixCors => return Err(io::Error::other("actix-cors is for actix-web")),
    };
    runtime()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        axum::serve(listener, app).await
    })
}

async fn users() -> ([(HeaderName, &'static str); 1], &'static str) {
    ([(CONTENT_TYPE, "application/json")], BODY)
}

async fn users_with_headers() -> ([(HeaderName, &'static str); 3], &'static str) {
    let json = (CONTENT_TYPE, "application/json");
    ([json, (ACCESS_CONTROL_ALLOW_ORIGIN, APP), (VARY, "origin")], BODY)
}
