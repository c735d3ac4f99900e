//! Where the checks begin: what the other tests' tables hold.

use std::{fs, path::Path};

const ORIGINS: &str = include_str!("../../tests/hostile/origins.tsv");
const METHODS: &str = include_str!("../../tests/hostile/methods.tsv");
const HEADERS: &str = include_str!("../../tests/hostile/headers.tsv");

/// Patterns of every form; the rows of the tables are made to fool them.
const PATTERNS: [&str; 12] = [
    "https://example.com",
    "https://example.net:8443",
    "https://*.example.org",
    "https://*.tenants.example:*",
    "http://localhost:*",
    "http://localhost:3000",
    "http://127.0.0.1:*",
    "http://[::1]:3000",
    "https://192.0.2.1",
    "tauri://localhost",
    "chrome-extension://abcdefghijklmnop",
    "https://xn--bcher-kva.example",
];

/// The inputs for each check, by its name.
#[must_use]
pub fn seeds() -> [(&'static str, Vec<Vec<u8>>); 5] {
    [
        ("config", files()),
        ("origin", origins()),
        ("pattern", patterns()),
        ("preflight", preflights()),
        ("service", sequences()),
    ]
}

/// The second column of a table, without what stands for many bytes.
fn values(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().skip(1).filter_map(|row| row.split('\t').nth(1)).filter(|value| value.len() < 400)
}

fn patterns() -> Vec<Vec<u8>> {
    PATTERNS.into_iter().chain(values(ORIGINS)).map(Into::into).collect()
}

fn origins() -> Vec<Vec<u8>> {
    let origins = PATTERNS.into_iter().chain(values(ORIGINS));
    origins.map(|origin| [&PATTERNS.join("\n"), "\n", origin].concat().into_bytes()).collect()
}

fn preflights() -> Vec<Vec<u8>> {
    let lines = |origin: &str, method: &str, names: &str| {
        format!(
            "origin: {origin}\naccess-control-request-method: {method}\n\
             access-control-request-headers: {names}\n"
        )
    };
    let origins = values(ORIGINS).map(|origin| lines(origin, "PUT", "content-type"));
    let methods = values(METHODS).map(|method| lines("https://example.com", method, "x-a"));
    let headers = values(HEADERS).map(|names| lines("https://example.com", "PUT", names));
    let twice = values(ORIGINS).map(|origin| {
        format!("{}origin: {origin}\n", lines("https://example.com", "PUT", "content-type"))
    });
    origins.chain(methods).chain(headers).chain(twice).map(String::into_bytes).collect()
}

/// Each configuration in JSON, with some preflights and actual requests behind it.
fn sequences() -> Vec<Vec<u8>> {
    let asked = preflights();
    let configurations = files().into_iter().filter_map(|file| in_json(&file));
    let with_requests = configurations.enumerate().map(|(at, file)| {
        let asked: Vec<_> = asked.iter().cycle().skip(at * 7).take(6).collect();
        let requests = asked.into_iter().zip(["OPTIONS", "GET"].iter().cycle());
        let steps = requests.map(|(lines, method)| {
            [method.as_bytes(), b" https://example.com/users\n", lines].concat()
        });
        [file].into_iter().chain(steps).collect::<Vec<_>>().join(&b"\n\n"[..])
    });
    with_requests.collect()
}

/// The configuration files, good and bad, in whatever format.
fn files() -> Vec<Vec<u8>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/files");
    let mut paths: Vec<_> = ["accepted", "refused"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(tests.join(folder)).expect("the folder is readable"))
        .map(|entry| entry.expect("it is readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "txt"))
        .collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).expect("the file is readable")).collect()
}

/// In one line, if it is a map.
fn in_json(file: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(file).ok()?;
    let map: serde_json::Map<_, _> = toml::from_str(text)
        .ok()
        .or_else(|| serde_yaml_ng::from_str(text).ok())
        .or_else(|| serde_json::from_str(text).ok())?;
    serde_json::to_vec(&map).ok()
}
