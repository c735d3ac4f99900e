use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::HeaderValue;
use moka::{Expiry, future::Cache};
use tokio::time::timeout;
use tower_cors::OriginSet;

use crate::{outage::Outage, store::Store, tenant::Tenant};

/// How much is remembered, for how long, and how long a request waits.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many tenants and origins are remembered, counted together. A tenant takes some hundred
    /// bytes, and so does an origin.
    pub capacity: u64,
    /// How long the origins of a tenant are remembered, from the end of a look-up: after this time
    /// and another look-up a new one works, and one that was taken back does no more.
    pub time_to_live: Duration,
    /// How long it is remembered that a tenant has no origin, or does not exist. Shorter, for
    /// whoever is just setting up.
    pub negative_time_to_live: Duration,
    /// How long a look-up may take before it counts as failed. Whoever joins it later waits less.
    pub deadline: Duration,
    /// How long everything is denied to a tenant after a look-up that failed. So a database that is
    /// away is asked once in this time, however many ask for the tenant. Short, because the tenant's
    /// own pages are denied, too.
    pub retry_after: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            capacity: 100_000,
            time_to_live: Duration::from_secs(10),
            negative_time_to_live: Duration::from_secs(2),
            deadline: Duration::from_millis(250),
            retry_after: Duration::from_secs(1),
        }
    }
}

/// What is known of a tenant; nothing, if the look-up failed.
type Known = Option<Arc<OriginSet>>;

/// Remembers the origins of tenants for a while, and asks the database for those of the others.
///
/// The key is the tenant and not the pair of tenant and origin: a look-up brings all patterns of
/// the tenant at once, and strangers' origins, of which there is no end, leave no trace.
///
/// There is no end of hosts either. When the cache is full, one that is asked for once does not
/// displace a tenant who is asked for often: moka admits by frequency.
#[derive(Clone)]
pub struct OriginCache {
    known: Cache<Tenant, Known>,
    store: Store,
    limits: Limits,
    outage: Arc<Outage>,
}

impl OriginCache {
    /// Creates a cache that is empty.
    #[must_use]
    pub fn new(store: Store, limits: Limits) -> Self {
        let known = Cache::builder()
            .max_capacity(limits.capacity)
            .weigher(|_, known: &Known| {
                let origins = known.as_ref().map_or(0, |origins| origins.len());
                u32::try_from(origins).map_or(u32::MAX, |origins| origins.saturating_add(1))
            })
            .expire_after(limits)
            .build();
        Self { known, store, limits, outage: Arc::default() }
    }

    /// Whether the tenant allows the origin. What cannot be found out in time is not allowed.
    pub async fn allows(&self, tenant: Tenant, origin: &HeaderValue) -> bool {
        let known = match self.known.get(&tenant).await {
            Some(known) => known,
            None => self.look_up(tenant).await,
        };
        known.is_some_and(|origins| origins.contains(origin))
    }

    /// The limits that the cache was made with.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// How many tenants are remembered, those included of whom nothing is known.
    pub async fn entries(&self) -> u64 {
        self.known.run_pending_tasks().await;
        self.known.entry_count()
    }

    /// Joins the look-up of the tenant that is under way, or starts one.
    ///
    /// It is a task of its own: a client that hangs up does not end what others wait for.
    async fn look_up(&self, tenant: Tenant) -> Known {
        let cache = self.clone();
        let flight = async move {
            let answer = cache.ask(&tenant);
            cache.known.get_with_by_ref(&tenant, answer).await
        };
        tokio::spawn(flight).await.ok().flatten()
    }

    async fn ask(&self, tenant: &Tenant) -> Known {
        let error: Box<dyn fmt::Display + Send> =
            match timeout(self.limits.deadline, self.store.origins(tenant)).await {
                Ok(Ok(origins)) => return Some(Arc::new(origins)),
                Ok(Err(error)) => Box::new(error),
                Err(elapsed) => Box::new(elapsed),
            };
        self.outage.tell(&error);
        None
    }
}

impl fmt::Debug for OriginCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OriginCache").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Expiry<Tenant, Known> for Limits {
    fn expire_after_create(&self, _: &Tenant, known: &Known, _: Instant) -> Option<Duration> {
        Some(match known {
            None => self.retry_after,
            Some(origins) if origins.is_empty() => self.negative_time_to_live,
            Some(_) => self.time_to_live,
        })
    }
}
