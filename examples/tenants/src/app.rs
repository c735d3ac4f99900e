use axum::{
    Router,
    http::{Method, header::CONTENT_TYPE},
    routing::get,
};
use tower_cors::{AllowOrigin, ConfigError, CorsLayer};

use crate::{cache::OriginCache, tenant::Tenant};

/// Makes the service of all tenants.
///
/// # Errors
///
/// If the CORS layer does not build.
pub fn app(cache: &OriginCache) -> Result<Router, ConfigError> {
    let routes = Router::new().route("/orders", get(read).put(write));
    // Outermost: a preflight is answered before anyone asks who the user is, and a 404 can be read.
    Ok(routes.layer(cors(cache)?))
}

/// Allows each tenant's pages its own host.
///
/// There is no `Vary: Host`: caches tell hosts apart, since they go by the whole URL.
fn cors(cache: &OriginCache) -> Result<CorsLayer, ConfigError> {
    let cached = cache.clone();
    let origins = AllowOrigin::async_predicate(move |origin, parts| {
        let tenant = Tenant::of(parts);
        async move {
            match tenant {
                Some(tenant) => cached.allows(tenant, &origin).await,
                None => false,
            }
        }
    });
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::PUT])
        .allow_headers([CONTENT_TYPE])
        // Warns at start-up that a predicate decides who reads with credentials; `TenantOrigin` has
        // seen to it.
        .allow_credentials(true)
        // A page whose origin was taken back may send a `PUT` for this much longer.
        .max_age(cache.limits().time_to_live)
        .build()
}

// From here on, your application.

async fn read(tenant: Tenant) -> String {
    format!("the orders of {tenant}\n")
}

async fn write(tenant: Tenant) -> String {
    format!("an order for {tenant}\n")
}
