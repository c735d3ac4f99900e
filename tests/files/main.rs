//! Configuration files: what is read, what is said about what cannot be, and what is written.

#![cfg(feature = "serde")]

mod code;
mod corpus;
mod environment;
#[cfg(unix)]
mod example;
mod explained;
mod keys;
mod libraries;
mod odd;
mod page;
mod round_trip;
#[cfg(feature = "schemars")]
mod schema;
mod texts;
mod writing;

use std::{
    fs,
    path::{Path, PathBuf},
};

use tower_cors::{ConfigError, CorsLayer, Problem};

fn json(text: &str) -> CorsLayer {
    serde_json::from_str(text).expect("it is a map")
}

fn toml(text: &str) -> CorsLayer {
    toml::from_str(text).expect("it is TOML")
}

fn yaml(text: &str) -> CorsLayer {
    serde_yaml_ng::from_str(text).expect("it is a map")
}

fn read(file: &Path) -> CorsLayer {
    let text = fs::read_to_string(file).expect("the file is readable");
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("json") => json(&text),
        Some("toml") => toml(&text),
        Some("yaml") => yaml(&text),
        _ => panic!("{} is of no known format", file.display()),
    }
}

/// The files of a folder beside this one, without the expected texts.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(folder);
    let entries = fs::read_dir(folder).expect("the folder is readable");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("it is readable").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension != "txt"));
    files.sort();
    files
}

fn name(file: &Path) -> &str {
    file.file_name().and_then(|name| name.to_str()).expect("names are ASCII")
}

fn error(layer: CorsLayer) -> ConfigError {
    layer.build().expect_err("the configuration has a problem")
}

/// The one problem of a configuration.
fn problem(layer: CorsLayer) -> Problem {
    let error = error(layer);
    match error.problems() {
        [problem] => problem.clone(),
        _ => panic!("more than one problem: {error}"),
    }
}

fn paths(error: &ConfigError) -> Vec<&str> {
    error.into_iter().filter_map(Problem::path).collect()
}
