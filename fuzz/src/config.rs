//! An input is a configuration file, in whatever format it reads as.

use serde_json::{Map, Value};
use tower_cors::{ConfigError, CorsLayer, Problem};

use crate::{answer::answer, message};

/// What tells policies apart.
const ASKED: [&str; 5] = [
    "GET /",
    "GET /\norigin: https://example.com",
    "GET /\norigin: https://a.example.com:8443",
    "OPTIONS /\norigin: https://example.com\naccess-control-request-method: PUT",
    "OPTIONS /\norigin: https://example.com\naccess-control-request-method: POST\n\
     access-control-request-headers: content-type",
];

/// A file is a policy that reads back as it is written, or tells all its problems.
///
/// # Panics
///
/// If it is neither.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let read = [serde_json::from_str(text).ok(), toml::from_str(text).ok(), yaml(text)];
    for layer in read.into_iter().flatten() {
        match CorsLayer::build(layer) {
            Ok(layer) => assert_reads_back(&layer),
            Err(error) => assert_tells(&error),
        }
    }
    if let Ok(map) = serde_json::from_str(text) {
        assert_tells_all(map);
    }
}

fn yaml(text: &str) -> Option<CorsLayer> {
    serde_yaml_ng::from_str(text).ok()
}

fn assert_reads_back(layer: &CorsLayer) {
    let written = serde_json::to_string(layer).expect("it was read, so it can be written");
    let read: CorsLayer = serde_json::from_str(&written).expect("it is a map");
    let read = read.build().expect("what builds is written so that it builds");
    let again = serde_json::to_string(&read).expect("it was read");
    assert_eq!(written, again);
    for asked in ASKED {
        let decided = [layer, &read].map(|layer| {
            let request = message::request(asked.as_bytes()).expect("it is a request");
            let answered = answer(layer, request);
            (answered.allowed_origin().map(<[u8]>::to_vec), answered.denial(), answered.has_run)
        });
        assert_eq!(decided[0], decided[1], "{asked}\n{written}");
    }
}

fn assert_tells(error: &ConfigError) {
    assert!(!error.problems().is_empty());
    for problem in error {
        assert!(problem.path().is_some(), "{problem}");
        assert!(!problem.to_string().contains('\n'), "{problem}");
    }
}

/// Without the settings that have problems it tells nothing new: no problem waits behind another.
fn assert_tells_all(map: Map<String, Value>) {
    let Err(error) = layer(&map).build() else { return };
    let has_problem = |key: &str| error.into_iter().any(|problem| is_about(problem, key));
    let rest: Map<_, _> = map.into_iter().filter(|(key, _)| !has_problem(key)).collect();
    let Err(later) = layer(&rest).build() else { return };
    let told: Vec<_> = error.into_iter().map(ToString::to_string).collect();
    for problem in &later {
        assert!(told.contains(&problem.to_string()), "{error}\nand only then: {problem}");
    }
}

fn layer(map: &Map<String, Value>) -> CorsLayer {
    serde_json::from_value(Value::Object(map.clone())).expect("it is a map")
}

fn is_about(problem: &Problem, key: &str) -> bool {
    let rest = problem.path().and_then(|path| path.strip_prefix(key));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
