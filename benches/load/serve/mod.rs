//! The servers.

mod app;
mod layers;

use std::{
    io::{self, Error, Result},
    net::TcpListener,
    process, thread,
};

use axum::{Router, serve::ListenerExt};
use tokio::runtime::{Builder, Runtime};
use tower_cors::CorsHandle;

use self::layers::{Alive, layer};
use crate::{policy::POLICIES, subject::Subject};

/// Prints a port and serves there until standard input ends, as it does with the process that
/// started this one.
pub(crate) fn serve(subject: Subject) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    listener.set_nonblocking(true)?;
    // Not counted: a layer keeps the configuration that it was made with.
    let first = || layer(&POLICIES[0], 0, subject, &mut Alive::default());
    let (app, handle) = match subject {
        Subject::ByHand => (app::by_hand(), None),
        Subject::Without => (app::app(), None),
        Subject::WithLayer => (app::app().layer(first().build().map_err(Error::other)?), None),
        Subject::Reloaded | Subject::Soaked => {
            let (cors, handle) = first().reloadable().map_err(Error::other)?;
            (app::app().layer(cors), Some(handle))
        }
    };
    thread::spawn(move || {
        if let Err(error) = obey(subject, handle.as_ref()) {
            eprintln!("{error}");
        }
        process::exit(0);
    });
    runtime(subject)?.block_on(accept(listener, app))
}

/// Reloads the policy that each line of standard input names by its number, and prints how many
/// policies there are.
fn obey(subject: Subject, handle: Option<&CorsHandle>) -> Result<()> {
    let mut alive = Alive::default();
    for (generation, line) in (1..).zip(io::stdin().lines()) {
        let number: usize = line?.parse().map_err(Error::other)?;
        let handle = handle.ok_or_else(|| Error::other("nothing can be reloaded here"))?;
        let cors = layer(&POLICIES[number], generation, subject, &mut alive);
        let change = handle.reload(cors).map_err(Error::other)?;
        drop(change);
        println!("{}", alive.count());
    }
    Ok(())
}

async fn accept(listener: TcpListener, app: Router) -> Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, app).await
}

fn runtime(subject: Subject) -> Result<Runtime> {
    let mut builder = match subject {
        Subject::Soaked => Builder::new_multi_thread(),
        _ => Builder::new_current_thread(),
    };
    builder.enable_all().build()
}
