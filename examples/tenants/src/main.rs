//! A service of many tenants, each of whom says which pages may use it. Ctrl-C ends it.
//!
//! ```text
//! cargo run -p tower-cors-tenants
//! ```
//!
//! The host of a request names the tenant, a database the tenant's origins:
//!
//! ```text
//! curl -i http://acme.localhost:3000/orders -H 'origin: https://shop.acme.example'
//!     HTTP/1.1 200 OK
//!     vary: origin
//!     access-control-allow-origin: https://shop.acme.example
//!     access-control-allow-credentials: true
//!
//! curl -i http://globex.localhost:3000/orders -H 'origin: https://shop.acme.example'
//!     HTTP/1.1 200 OK
//!     vary: origin
//! ```
//!
//! Asking a database in the middle of a request is where it gets difficult:
//!
//! - *Most requests must not ask it.* What is known of a tenant is remembered for a while
//!   (`cache.rs`), also that there is nothing to know.
//! - *Strangers choose the host and the origin*, so what is remembered is bounded, and so is what
//!   they can ask of the database at once. A made-up host still costs a look-up: whoever expects a
//!   flood of them limits the rate in front.
//! - *A thousand requests may miss the same tenant in the same moment.* One look-up is made for all.
//! - *The database may be slow, locked or away.* A look-up has a deadline, and what is not known is
//!   denied. Denied are pages of other origins; everything else goes on.
//! - *A tenant's new origin works within the time to live*, in all processes, with no messages
//!   between them. One that is taken back is denied as soon.
//! - *Tenants write the patterns*, and a predicate is not checked as a list is. So they are checked
//!   where they are stored and where they are read (`origin.rs`).
//!
//! The CORS layer is the outermost one (`app.rs`), as always.

use std::{env, error::Error, io, path::Path, process::ExitCode, time::Duration};

use tokio::{net::TcpListener, signal};
use tower_cors_tenants::{Limits, OriginCache, Store, Tenant, TenantOrigin, app};

const USAGE: &str = "\
usage: tower-cors-tenants [demo [PORT]]
       tower-cors-tenants serve DATABASE PORT
       tower-cors-tenants allow DATABASE TENANT ORIGIN
       tower-cors-tenants revoke DATABASE TENANT ORIGIN";

/// How long the commands that write wait for a lock. There is a person before them.
const PATIENCE: Duration = Duration::from_secs(5);

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
    match arguments {
        [] => demo("3000").await,
        ["demo", port] => demo(port).await,
        ["serve", database, port] => serve(database.as_ref(), listen(port).await?).await,
        ["allow", database, tenant, origin] => {
            allow(database.as_ref(), &tenant.parse()?, &origin.parse()?).await
        }
        ["revoke", database, tenant, origin] => {
            revoke(database.as_ref(), &tenant.parse()?, origin).await
        }
        _ => Err(USAGE.into()),
    }
}

async fn demo(port: &str) -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let database = directory.path().join("tenants.db");
    allow(&database, &"acme".parse()?, &"https://shop.acme.example".parse()?).await?;
    allow(&database, &"acme".parse()?, &"https://*.acme.app".parse()?).await?;
    allow(&database, &"globex".parse()?, &"https://globex.example".parse()?).await?;

    let listener = listen(port).await?;
    let port = listener.local_addr()?.port();
    let (program, database_path) = (env::current_exe()?, database.display());
    println!(
        "Two tenants, acme and globex (Ctrl-C ends this). As a page of acme's shop, to both:
  curl -i http://acme.localhost:{port}/orders -H 'origin: https://shop.acme.example'
  curl -i http://globex.localhost:{port}/orders -H 'origin: https://shop.acme.example'
With the preflight of a PUT:
  curl -i http://acme.localhost:{port}/orders -H 'origin: https://beta.acme.app' \\
    -X OPTIONS -H 'access-control-request-method: PUT'
Allow globex's pages another origin, which works within ten seconds; or one that is refused:
  {program} allow {database_path} globex https://shop.globex.example
  {program} allow {database_path} globex http://shop.globex.example",
        program = program.display(),
    );
    serve(&database, listener).await
}

async fn listen(port: &str) -> io::Result<TcpListener> {
    TcpListener::bind(format!("127.0.0.1:{port}")).await
}

/// Serves, whether the database is there or not.
async fn serve(database: &Path, listener: TcpListener) -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    let limits = Limits::default();
    let cache = OriginCache::new(Store::open(database, limits.deadline), limits);
    println!("Listening on {}", listener.local_addr()?);
    let interrupted = async { drop(signal::ctrl_c().await) };
    axum::serve(listener, app(&cache)?).with_graceful_shutdown(interrupted).await?;
    Ok(())
}

async fn allow(
    database: &Path,
    tenant: &Tenant,
    origin: &TenantOrigin,
) -> Result<(), Box<dyn Error>> {
    Store::create(database).await?;
    Store::open(database, PATIENCE).allow(tenant, origin).await?;
    Ok(())
}

async fn revoke(database: &Path, tenant: &Tenant, origin: &str) -> Result<(), Box<dyn Error>> {
    if Store::open(database, PATIENCE).revoke(tenant, origin).await? {
        Ok(())
    } else {
        Err(format!("{tenant} has no origin \"{origin}\"").into())
    }
}
