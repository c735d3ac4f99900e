mod actix;
mod axum;
mod hyper;
mod layers;

use std::{
    io::{self, Read},
    net::TcpListener,
    process, thread,
};

use crate::{contender::Contender, stack::Stack};

pub(crate) const BODY: &str = r#"{"users":["ada","grace","edsger"]}"#;
/// The origin that asks, the last of those allowed.
pub(crate) const APP: &str = "https://app.example.com";

/// Prints a port and serves there until standard input ends, as it does with the process that
/// started this one.
pub(crate) fn serve(stack: Stack, contender: Contender, origins: usize) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    thread::spawn(|| {
        drop(io::stdin().read(&mut [0]));
        process::exit(0);
    });
    listener.set_nonblocking(true)?;
    match stack {
        Stack::Actix => actix::serve(listener, contender, origins),
        Stack::Axum | Stack::AxumHttp2 => axum::serve(listener, contender, origins),
        Stack::Hyper => hyper::serve(listener, contender, origins),
    }
}

/// What serves a request has one thread, on one core, in every stack.
fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
