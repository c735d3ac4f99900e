//! A policy that you edit, a request that you build, and your own browser, which goes by them.
//!
//! ```text
//! cargo run --example playground
//! ```
//!
//! On other ports: `cargo run --example playground -- 5000` takes four from there, `-- 0` free ones.

use std::{env, error::Error, process::ExitCode};

use tokio::signal;
use tower_cors_playground::{Playground, Ports};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let ports = env::args().nth(1).map_or(Ok(Ports::Usual), |port| port.parse())?;
    let playground = Playground::start(ports).await?;
    let places = playground.places();
    let told = async { println!("Open {} in your browser (Ctrl-C ends this)", places.app) };
    // In this order, so that Ctrl-C is heard by whoever has read the line.
    let (interrupted, ()) = tokio::join!(signal::ctrl_c(), told);
    Ok(interrupted?)
}
