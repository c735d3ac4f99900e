use serde::Deserialize;
use tower_cors::CorsLayer;

/// What the file says. Yours has more in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Needed, so that an empty file is no policy: one that allows nothing would be valid.
    cors: CorsLayer,
}

/// Reads the layer from a file's text. What is wrong with the policy is told when it is built, all
/// at once; an error here is about TOML.
///
/// # Errors
///
/// In one line, if this is no TOML, or has no table `cors` or another one beside it.
pub(crate) fn parse(text: &str) -> Result<CorsLayer, String> {
    let config: Config = toml::from_str(text).map_err(|error| in_one_line(&error))?;
    Ok(config.cors)
}

/// The error shows the place in the file over several lines, which tears a log apart.
fn in_one_line(error: &toml::de::Error) -> String {
    let text = error.to_string();
    let place = text.lines().next().unwrap_or_default();
    let message = error.message().lines().map(str::trim).collect::<Vec<_>>().join(", ");
    if place == message { message } else { format!("{place}: {message}") }
}
