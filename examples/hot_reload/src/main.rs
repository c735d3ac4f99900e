//! A server whose CORS follows a file. Ctrl-C ends it.
//!
//! ```text
//! cargo run -p tower-cors-hot-reload
//! while sleep 1; do curl -si http://127.0.0.1:3000/ -H 'origin: https://app.example.com'; done
//! ```
//!
//! Another file, at another address: `-- FILE ADDRESS`. Now edit the file, and look at the log:
//!
//! - *An edit takes effect* as soon as it is saved, whether an editor writes the file or replaces
//!   it, or Kubernetes swaps the link that a mounted `ConfigMap` is reached through (`watch.rs`).
//! - *A broken edit changes nothing.* The log tells every problem, and the last good policy is
//!   served on (`follow.rs`). So it is if the file is gone, or is not there yet.
//! - *`SIGHUP` has the file read again*, for edits that no watcher sees: on a network mount, or
//!   behind a link into another directory (`hangup.rs`).
//! - *A request is answered by one policy*, the old or the new one, never by parts of both.
//! - *Only the start is strict*: with a wrong file there is no good policy to serve.
//!
//! To be safe from what is half written, write another file beside it and rename that over it: the
//! beginning of a policy may be a valid one. Written in place, it is read once it is closed, which
//! only Linux tells.

mod config;
mod follow;
mod hangup;
mod watch;

use std::{
    env,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use axum::{Router, routing::get};
use tokio::{net::TcpListener, signal};
use tower_cors::CorsLayer;

use crate::{config::parse, follow::Follower, watch::Watch};

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/cors.toml");
    let file = arguments.next().map_or_else(|| beside.into(), PathBuf::from);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:3000".into());
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    match serve(&file, &address.to_string_lossy()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(file: &Path, address: &str) -> Result<(), Box<dyn Error>> {
    // Before the file is read, so that no edit falls between.
    let watch = Watch::of(file)?;
    let hangups = hangup::hangups()?;
    let (cors, follower) = first(file).map_err(|error| format!("{}: {error}", file.display()))?;
    tokio::spawn(follower.follow(watch, hangups));

    let app = Router::new().route("/", get("Hello\n").put("Saved\n")).layer(cors);
    let listener = TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let interrupted = async { drop(signal::ctrl_c().await) };
    Ok(axum::serve(listener, app).with_graceful_shutdown(interrupted).await?)
}

fn first(file: &Path) -> Result<(CorsLayer, Follower), Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let (cors, handle) = parse(&text)?.reloadable()?;
    Ok((cors, Follower::new(file, text, handle)))
}
