//! Servers that follow one policy, which is kept in Redis. Ctrl-C ends one.
//!
//! ```text
//! redis-server --port 6379 --save '' &
//! cargo run -p tower-cors-fleet -- serve 127.0.0.1:3001 &
//! cargo run -p tower-cors-fleet -- serve 127.0.0.1:3002 &
//! cargo run -p tower-cors-fleet -- publish examples/fleet/cors.toml
//! curl -i http://127.0.0.1:3001/ -H 'origin: https://app.example.com'
//! curl http://127.0.0.1:3002/healthz
//! ```
//!
//! Another Redis than the one of this machine: its URL in `REDIS_URL`, such as
//! `redis+unix:///run/redis.sock`.
//!
//! - *Publish once, and all servers switch.* One script stores the policy and tells the servers
//!   (`publish.lua`). Each reads it when it starts, when it is told, when it has been away, and now
//!   and then anyway: a message is a hint and may get lost (`follow.rs`).
//! - *What is broken is not published*, and the command tells every problem. Written into Redis by
//!   hand, each server refuses it, tells every problem and serves its last good policy on
//!   (`serving.rs`).
//! - *Redis may go away.* Nobody asks it in the middle of a request, so nobody notices; the log says
//!   so once, and once when it is back. A server that starts meanwhile serves its fallback: the
//!   policy of a file (`serve ADDRESS FILE`), or one that allows nothing.
//! - *Redis may forget.* An empty one takes no policy from a server that has one. Versions are times
//!   by Redis's clock, so what is published next is newer than what it has forgotten.
//! - *Old never replaces new*, in a server that runs: a Redis that comes back from an old backup
//!   waits for somebody to publish.
//! - *Whoever can write that key decides which pages may read.* They cannot do what is spelled
//!   `dangerously_allow_origins`: servers take that from no file but where their code says
//!   `accept_dangerous_config`, which this one does not.
//!
//! `/healthz` tells which version a server serves. It is healthy without Redis, or an outage of that
//! would become one of the whole fleet.

mod app;
mod config;
mod follow;
mod publish;
mod serving;
mod status;
mod store;

use std::{env, error::Error, io, path::Path, process::ExitCode};

use tokio::{net::TcpListener, signal};
use tower_cors::CorsLayer;

use crate::{
    app::app,
    follow::Follower,
    serving::{Served, Serving},
    status::{Redis, Status},
    store::Store,
};

const USAGE: &str = "\
usage: tower-cors-fleet serve ADDRESS [FILE]
       tower-cors-fleet publish FILE";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    // From the environment, as it may hold a password.
    let url = env::var("REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1".into());
    let store = Store::at(&url)?;
    match arguments {
        ["serve", address] => serve(store, address, None).await,
        ["serve", address, file] => serve(store, address, Some(file.as_ref())).await,
        ["publish", file] => publish::publish(&store, file.as_ref()).await,
        _ => Err(USAGE.into()),
    }
}

async fn serve(store: Store, address: &str, file: Option<&Path>) -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    let (fallback, served) = match file {
        Some(file) => (config::read(file)?, Served::File),
        None => (CorsLayer::new(), Served::BuiltIn),
    };
    let (cors, handle) = fallback.reloadable().map_err(|error| config::about(file, error))?;
    let (sender, mut status) = Status::channel();
    tokio::spawn(Follower::new(store, Serving::new(handle, served, sender)).follow());

    // Redis has had its chance before anyone is answered by the fallback.
    status.wait_for(|status| status.redis != Redis::Unknown).await?;
    let listener = TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let interrupted = async { drop(signal::ctrl_c().await) };
    let app = app(cors, status);
    Ok(axum::serve(listener, app).with_graceful_shutdown(interrupted).await?)
}
