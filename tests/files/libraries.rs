//! The usual ways to read configuration: files over files, part of a larger struct.

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Format, Json, Toml},
};
use serde::Deserialize;
use tower_cors::CorsLayer;

use crate::{error, files, json, name, read, toml, yaml};

#[derive(Deserialize)]
struct Server {
    port: u16,
    cors: CorsLayer,
}

fn accepted(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/accepted").join(name)
}

fn by_config(file: &Path) -> CorsLayer {
    let source = config::File::from(file);
    let config = config::Config::builder().add_source(source).build().expect("it is readable");
    config.try_deserialize().expect("it is a map")
}

fn by_figment(file: &Path) -> CorsLayer {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("json") => Figment::from(Json::file(file)),
        _ => Figment::from(Toml::file(file)),
    }
    .extract()
    .expect("it is a map")
}

fn normal(layer: CorsLayer) -> String {
    serde_json::to_string(&layer.accept_dangerous_config()).expect("a file can say it")
}

#[test]
fn figment_and_config_read_the_same() {
    for file in files("accepted") {
        let expected = normal(read(&file));
        if name(&file) != "empty.yaml" {
            assert_eq!(normal(by_config(&file)), expected, "config: {}", name(&file));
        }
        if !name(&file).ends_with(".yaml") {
            assert_eq!(normal(by_figment(&file)), expected, "figment: {}", name(&file));
        }
    }
}

#[test]
fn one_file_goes_over_another() {
    let figment = Figment::from(Toml::file(accepted("everything.toml")))
        .merge(Toml::string("allow_origins = [\"https://other.example\"]\nmax_age = \"1m\""));
    let layer = figment.extract::<CorsLayer>().unwrap().accept_dangerous_config().build().unwrap();
    let written: serde_json::Value = serde_json::to_value(&layer).unwrap();
    assert_eq!(written["allow_origins"], serde_json::json!(["https://other.example"]));
    assert_eq!(written["max_age"], 60);
    assert_eq!(written["preflight_status"], 200);
}

#[test]
fn a_layer_is_part_of_a_larger_file() {
    let server: Server =
        ::toml::from_str("port = 3000\n[cors]\nallow_origins = [\"https://example.com\"]").unwrap();
    assert_eq!(server.port, 3000);
    assert!(server.cors.build().is_ok());
    let broken = "port = 3000\n[cors]\nallow_origins = [\"https://example.com/\"]\nmax_ag = 5";
    let server: Server = ::toml::from_str(broken).unwrap();
    assert_eq!(
        error(server.cors).to_string(),
        "invalid CORS configuration\n  \
         allow_origins[0] \"https://example.com/\": an origin has no slash at its end; write \"https://example.com\"\n  \
         max_ag: there is no such setting; write \"max_age\""
    );
}

/// As it stands in an `HTTPRoute`.
#[test]
fn the_filter_of_the_gateway_api_pastes_in() {
    let layer = read(&accepted("gateway.yaml")).build().unwrap();
    assert_eq!(
        serde_json::to_value(&layer).unwrap(),
        serde_json::json!({
            "allow_credentials": true,
            "allow_headers": [
                "authorization", "cache-control", "content-type", "dnt-hint", "if-modified-since",
                "keep-alive-hint", "range", "user-agent", "x-requested-with",
            ],
            "allow_methods": ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"],
            "allow_origins": ["https://*.bar.com", "https://www.foo.com"],
            "expose_headers": ["content-security-policy"],
            "max_age": 1728,
        })
    );
}

#[test]
fn only_what_is_no_map_fails_at_once() {
    for text in ["5", "true", "null", "\"*\"", "[]", "[{}]"] {
        let error = serde_json::from_str::<CorsLayer>(text).unwrap_err().to_string();
        assert!(error.contains("expected a map of CORS settings"), "{error}");
    }
    assert!(serde_yaml_ng::from_str::<CorsLayer>("just text").is_err());
    // The format's own errors.
    for text in ["{", "{ \"max_age\": }", ""] {
        assert!(serde_json::from_str::<CorsLayer>(text).is_err(), "{text}");
    }
    assert!(::toml::from_str::<CorsLayer>("max_age = 5\nmax_age = 6").is_err());
    for layer in [json("{}"), toml(""), yaml("{}")] {
        assert_eq!(layer.build().unwrap().warnings()[0].code(), "no-origin");
    }
}
