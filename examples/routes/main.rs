//! A public API, one for partners and a closed one, by one layer in one axum router.
//!
//! ```text
//! cargo run --example routes
//! ```
//!
//! It prints who may do what, and requests to try; what goes wrong in other shapes is shown by
//! `tests/routes`.
//! Ctrl-C ends it. On another port: `cargo run --example routes -- PORT`.

use std::{env, error::Error, fmt::Write};

use axum::http::{Request, header};
use tokio::{net::TcpListener, signal};
use tower_cors::{ConfigError, CorsLayer};

mod app;

const PARTNER: &str = "https://shop.partner.example";
const STRANGER: &str = "https://stranger.example";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = env::args().nth(1).unwrap_or_else(|| "3000".into());
    let failed = |error| format!("port {port}: {error}; try `cargo run --example routes -- 4000`");
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.map_err(failed)?;
    let address = listener.local_addr()?;
    let app = app::app()?;
    println!("{}\n", table(&app::cors()?, &address.to_string())?);
    println!("Open http://{address}/admin (Ctrl-C ends this), or try");
    println!("  curl -i http://{address}/public/books -H 'origin: {STRANGER}'");
    println!("  curl -i http://public.localhost:{}/status -H 'origin: {STRANGER}'", address.port());
    println!("  curl -i http://{address}/partners/orders/7 -H 'origin: {PARTNER}' \\");
    println!("    -X OPTIONS -H 'access-control-request-method: PUT'");
    println!("  curl -i http://{address}/admin/restart -H 'origin: {STRANGER}' -X POST");
    let server = axum::serve(listener, app);
    server.with_graceful_shutdown(async { _ = signal::ctrl_c().await }).await?;
    Ok(())
}

/// Who may do what at this address, as the layer itself explains it.
fn table(cors: &CorsLayer, address: &str) -> Result<String, ConfigError> {
    let own = format!("http://{address}");
    let mut table = format!("{:<28}{:<13}{:<13}a stranger", "", "its own page", "a partner");
    for (method, host, path) in [
        ("GET", address, "/public/books"),
        ("GET", "public.localhost", "/status"),
        ("GET", address, "/status"),
        ("PUT", address, "/partners/orders/7"),
        ("POST", address, "/admin/restart"),
    ] {
        let shown = if host == address { "" } else { host };
        _ = write!(table, "\n{:<28}", format!("{method} {shown}{path}"));
        for origin in [&own, PARTNER, STRANGER] {
            let request = Request::builder().method(method).uri(path);
            let request = request.header(header::HOST, host).header(header::ORIGIN, origin);
            let (parts, ()) = request.body(()).expect("the request is valid").into_parts();
            _ = write!(table, "{:<13}", cors.explain(&parts)?.outcome().to_string());
        }
        table.truncate(table.trim_end().len());
    }
    Ok(table)
}
