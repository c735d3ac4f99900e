use std::{
    error::Error,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use axum::Router;
use sqlx::{Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tokio::{
    net::TcpListener,
    task::JoinHandle,
    time::{Instant, sleep},
};
use tower_cors_tenants::{Limits, OriginCache, Store, app};

use crate::client::Client;

pub(crate) type Tested<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

pub(crate) const HOUR: Duration = Duration::from_secs(3600);
/// Bounds what would else hang.
pub(crate) const GIVE_UP: Duration = Duration::from_secs(120);

pub(crate) const SHOP: &str = "https://shop.acme.example";
pub(crate) const GLOBEX: &str = "https://globex.example";
pub(crate) const EVIL: &str = "https://evil.example";

/// Nothing is forgotten, and a look-up may take as long as a loaded machine needs.
pub(crate) const LASTING: Limits = Limits {
    capacity: 1_000,
    time_to_live: HOUR,
    negative_time_to_live: HOUR,
    deadline: Duration::from_secs(60),
    retry_after: HOUR,
};

/// What is remembered is soon forgotten.
pub(crate) const BRIEF: Limits = Limits {
    time_to_live: Duration::from_millis(300),
    negative_time_to_live: Duration::from_millis(100),
    retry_after: Duration::from_millis(100),
    ..LASTING
};

/// After this time nothing is remembered with these limits, and no connection is as old: some 2
/// seconds, and 3 for a machine that is slow.
pub(crate) const FORGOTTEN: Duration = Duration::from_secs(5);

/// So soon is a look-up given up where the database is made to keep it waiting.
pub(crate) const SOON: Duration = Duration::from_millis(300);

/// A server of the tenants acme and globex, ended when dropped.
pub(crate) struct Site {
    directory: TempDir,
    pub(crate) cache: OriginCache,
    pub(crate) address: SocketAddr,
    server: JoinHandle<()>,
}

impl Site {
    pub(crate) async fn start(limits: Limits) -> Tested<Self> {
        Self::start_with(limits, |app| app).await
    }

    /// With something around the service.
    pub(crate) async fn start_with(
        limits: Limits,
        around: impl FnOnce(Router) -> Router,
    ) -> Tested<Self> {
        let directory = tempfile::tempdir()?;
        let database = directory.path().join("tenants.db");
        fill(&database, &[("acme", SHOP), ("acme", "https://*.acme.app"), ("globex", GLOBEX)])
            .await?;
        let cache = OriginCache::new(Store::open(&database, limits.deadline), limits);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let app = around(app(&cache)?);
        let server = tokio::spawn(async { axum::serve(listener, app).await.expect("it serves") });
        Ok(Self { directory, cache, address, server })
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.directory.path().join(file)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path("tenants.db")
    }

    /// As another program would write to the database.
    pub(crate) fn store(&self) -> Store {
        Store::open(&self.database(), GIVE_UP)
    }

    pub(crate) async fn client(&self) -> Tested<Client> {
        Client::connect(self.address, self.cache.limits()).await
    }

    pub(crate) async fn lock(&self) -> Tested<Lock> {
        let options = SqliteConnectOptions::new().filename(self.database()).busy_timeout(GIVE_UP);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        connection.execute("BEGIN EXCLUSIVE").await?;
        Ok(Lock(connection))
    }

    /// Removes the file, and keeps a copy.
    pub(crate) fn remove(&self) -> Tested {
        fs::copy(self.database(), self.path("copy.db"))?;
        Ok(fs::remove_file(self.database())?)
    }

    pub(crate) fn restore(&self) -> Tested {
        Ok(fs::rename(self.path("copy.db"), self.database())?)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Another program that keeps everybody from the database.
pub(crate) struct Lock(SqliteConnection);

impl Lock {
    pub(crate) async fn release(mut self) -> Tested {
        self.0.execute("ROLLBACK").await?;
        Ok(self.0.close().await?)
    }
}

pub(crate) async fn fill(database: &Path, rows: &[(&str, &str)]) -> Tested {
    Store::create(database).await?;
    let store = Store::open(database, GIVE_UP);
    for (tenant, origin) in rows {
        store.allow(&tenant.parse()?, &origin.parse()?).await?;
    }
    Ok(())
}

/// Waits until the condition holds.
pub(crate) async fn until(what: &str, mut holds: impl AsyncFnMut() -> Tested<bool>) -> Tested {
    let start = Instant::now();
    while !holds().await? {
        if start.elapsed() > GIVE_UP {
            return Err(format!("not within {GIVE_UP:?}: {what}").into());
        }
        sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}
