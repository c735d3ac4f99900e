use std::{error::Error, fs, path::Path};

use serde::Deserialize;
use tower_cors::CorsLayer;

/// What a file says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Needed, so that an empty file is no policy: one that allows nothing would be valid.
    cors: CorsLayer,
}

/// Reads a layer, which is not built yet.
///
/// # Errors
///
/// If there is no such file, or it is no TOML, or has no table `cors` or another one beside it.
pub(crate) fn read(file: &Path) -> Result<CorsLayer, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| about(Some(file), error))?;
    let config: Config = toml::from_str(&text).map_err(|error| about(Some(file), error))?;
    Ok(config.cors)
}

/// An error, with the name of the file.
pub(crate) fn about(file: Option<&Path>, error: impl Error + 'static) -> Box<dyn Error> {
    match file {
        Some(file) => format!("{}: {error}", file.display()).trim_end().into(),
        None => error.into(),
    }
}
