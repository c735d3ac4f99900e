use std::{path::Path, time::Duration};

use sqlx::{
    ConnectOptions, Connection, Result, SqlitePool, raw_sql,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use tower_cors::OriginSet;

use crate::{origin::TenantOrigin, tenant::Tenant};

/// How long a connection is used. One that is open goes on reading a file that has been removed or
/// replaced.
const CONNECTION_AGE: Duration = Duration::from_secs(1);

/// Bounds what a flood of made-up hosts can ask of the database at once.
const CONNECTIONS: u32 = 4;

/// The origins of all tenants, in one file.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Uses the database of this path, which may come later. A lock is waited for this long.
    #[must_use]
    pub fn open(path: &Path, patience: Duration) -> Self {
        let options = SqliteConnectOptions::new().filename(path).busy_timeout(patience);
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            // It would ask the connection, and not look at the file.
            .test_before_acquire(false)
            .before_acquire(|_, connection| {
                Box::pin(async move { Ok(connection.age < CONNECTION_AGE) })
            })
            .connect_lazy_with(options);
        Self { pool }
    }

    /// Creates the database, unless it is there.
    ///
    /// Its journal is the default one, not the write-ahead log: the database is one file, in whose
    /// place another can be moved.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, or is no database.
    pub async fn create(path: &Path) -> Result<()> {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let mut connection = options.connect().await?;
        raw_sql(include_str!("schema.sql")).execute(&mut connection).await?;
        connection.close().await
    }

    /// Reads the origins of a tenant: none, if there is no such tenant.
    ///
    /// # Errors
    ///
    /// If the database is away or locked.
    pub async fn origins(&self, tenant: &Tenant) -> Result<OriginSet> {
        let rows: Vec<String> = sqlx::query_scalar("SELECT pattern FROM origins WHERE tenant = ?")
            .bind(tenant.as_str())
            .fetch_all(&self.pool)
            .await?;
        let patterns = rows.iter().filter_map(|row| match row.parse::<TenantOrigin>() {
            Ok(origin) => Some(origin.into_pattern()),
            // Whoever writes past `allow` harms one origin, not all of the tenant's.
            Err(error) => {
                tracing::warn!(%tenant, %error, "a stored origin is not allowed");
                None
            }
        });
        Ok(patterns.collect())
    }

    /// Allows an origin to a tenant.
    ///
    /// # Errors
    ///
    /// If the tenant has 100 already, or the database is away or locked.
    pub async fn allow(&self, tenant: &Tenant, origin: &TenantOrigin) -> Result<()> {
        sqlx::query("INSERT OR IGNORE INTO origins (tenant, pattern) VALUES (?, ?)")
            .bind(tenant.as_str())
            .bind(origin.as_str())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Takes an origin back, written as it was allowed, and tells whether the tenant had it.
    ///
    /// # Errors
    ///
    /// If the database is away or locked.
    pub async fn revoke(&self, tenant: &Tenant, origin: &str) -> Result<bool> {
        let revoked = sqlx::query("DELETE FROM origins WHERE tenant = ? AND pattern = ?")
            .bind(tenant.as_str())
            .bind(origin)
            .execute(&self.pool)
            .await?;
        Ok(revoked.rows_affected() > 0)
    }
}
