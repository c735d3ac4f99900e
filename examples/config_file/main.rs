//! A server whose CORS comes from a file. With a wrong file it tells every problem and does not
//! start.
//!
//! ```text
//! cargo run --example config_file --features serde
//! curl -i http://127.0.0.1:3000/ -H 'origin: https://app.example.com'
//! ```
//!
//! Another file, at another address: `-- FILE ADDRESS`.

use std::{env, error::Error, fs, process::ExitCode};

use axum::{Router, routing::get};
use serde::Deserialize;
use tokio::net::TcpListener;
use tower_cors::CorsLayer;

#[derive(Deserialize)]
struct Config {
    cors: CorsLayer,
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/config_file/cors.toml");
    let file = arguments.next().unwrap_or_else(|| beside.into());
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:3000".into());
    match serve(&file, &address).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(file: &str, address: &str) -> Result<(), Box<dyn Error>> {
    let config: Config = toml::from_str(&fs::read_to_string(file)?)?;
    let cors = config.cors.build()?;
    for warning in cors.warnings() {
        eprintln!("warning: {warning}");
    }
    let app = Router::new().route("/", get("Hello")).layer(cors);
    let listener = TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}
