use std::{error::Error, path::Path};

use crate::{
    config,
    store::{Published, Store},
};

/// Publishes the policy of a file to all servers.
///
/// # Errors
///
/// With every problem of the file, of which nobody hears then; or if Redis is away.
pub(crate) async fn publish(store: &Store, file: &Path) -> Result<(), Box<dyn Error>> {
    let layer = config::read(file)?;
    let layer = layer.build().map_err(|error| config::about(Some(file), error))?;
    for warning in layer.warnings() {
        eprintln!("{}: warning: {warning}", file.display());
    }
    let cors = serde_json::to_string(&layer)?;

    let mut connection = store
        .connect()
        .await
        .map_err(|error| format!("Redis cannot be reached, nothing is published: {error}"))?;
    // What was sent may have been done, whether it was answered or not.
    let published = Published::publish(&mut connection, &cors).await.map_err(|error| {
        format!("Redis does not say that it is published, see /healthz of the servers: {error}")
    })?;
    let Published { version, servers } = published;
    println!("version {version} is published; servers told: {servers}");
    Ok(())
}
