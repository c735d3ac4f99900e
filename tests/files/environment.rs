//! A real environment: this test's own binary, started again with variables.

use std::{env, process::Command};

use figment::{Figment, providers::Env};
use tower_cors::CorsLayer;

const READER: &str = "TOWER_CORS_TEST_READER";

/// Prints what a child process makes of its environment.
#[test]
#[ignore = "the other tests start it with variables"]
fn child() {
    let layer: CorsLayer = match env::var(READER).as_deref() {
        Ok("figment") => Figment::from(Env::prefixed("CORS_")).extract().unwrap(),
        Ok("config") => config::Config::builder()
            .add_source(config::Environment::with_prefix("CORS"))
            .build()
            .and_then(config::Config::try_deserialize)
            .unwrap(),
        // A map as it is, with the names in upper case.
        _ => {
            let is_ours = |name: &str| name.strip_prefix("CORS_").map(str::to_owned);
            let variables =
                env::vars().filter_map(|(name, value)| Some((is_ours(&name)?, value.into())));
            serde_json::from_value(serde_json::Value::Object(variables.collect())).unwrap()
        }
    };
    match layer.build() {
        Ok(layer) => println!("<{}>", serde_json::to_string(&layer).unwrap()),
        Err(error) => println!("<{error}>"),
    }
}

fn read(reader: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env::current_exe().expect("this is a program"));
    command.args(["--exact", "environment::child", "--ignored", "--nocapture"]);
    let output = command.env(READER, reader).envs(variables.iter().copied()).output();
    let output = output.expect("it runs again");
    let text = String::from_utf8(output.stdout).expect("it prints text");
    let printed = text.split_once('<').and_then(|(_, rest)| rest.rsplit_once('>'));
    let Some((printed, _)) = printed else {
        panic!("{text}\n{}", String::from_utf8_lossy(&output.stderr));
    };
    printed.into()
}

const READERS: [&str; 3] = ["figment", "config", "map"];

#[test]
fn every_setting_can_be_a_variable() {
    let variables = [
        ("CORS_ALLOW_CREDENTIALS", "true"),
        ("CORS_ALLOW_HEADERS", "Content-Type,authorization"),
        ("CORS_ALLOW_METHODS", "PUT, DELETE"),
        ("CORS_ALLOW_ORIGINS", "https://example.com, https://*.example.org"),
        ("CORS_ENFORCE_ORIGINS", "listed_only"),
        ("CORS_EXPOSE_HEADERS", "etag"),
        ("CORS_MAX_AGE", "600"),
        ("CORS_PREFLIGHT_STATUS", "200"),
        ("CORS_VARY", "accept"),
    ];
    for reader in READERS {
        assert_eq!(
            read(reader, &variables),
            r#"{"allow_credentials":true,"allow_headers":["authorization","content-type"],"allow_methods":["DELETE","PUT"],"allow_origins":["https://*.example.org","https://example.com"],"enforce_origins":"listed_only","expose_headers":["etag"],"max_age":600,"preflight_status":200,"vary":["accept"]}"#,
            "{reader}"
        );
    }
}

#[test]
fn one_value_stands_for_a_list() {
    for reader in READERS {
        let any = [
            ("CORS_ALLOW_ORIGINS", "*"),
            ("CORS_ALLOW_HEADERS", "mirror_request"),
            ("CORS_MAX_AGE", "10m"),
        ];
        assert_eq!(
            read(reader, &any),
            r#"{"allow_headers":"mirror_request","allow_origins":"*","max_age":600}"#,
            "{reader}"
        );
        let one = [("CORS_ALLOW_ORIGIN", "https://example.com")];
        assert_eq!(read(reader, &one), r#"{"allow_origins":["https://example.com"]}"#, "{reader}");
    }
}

#[test]
fn every_problem_of_an_environment_is_told() {
    let variables = [
        ("CORS_ALLOW_CREDENTIALS", "yes"),
        ("CORS_ALLOW_METHODS", "PUT,"),
        ("CORS_ALLOW_ORIGINS", ""),
        ("CORS_DANGEROUSLY_ALLOW_ORIGINS", "http://example.com"),
        ("CORS_MAX_AGE", "-5"),
        ("CORS_MAX_AGES", "5"),
    ];
    for reader in READERS {
        let error = read(reader, &variables);
        let name = |name: &str| if reader == "map" { name.to_uppercase() } else { name.into() };
        let mut lines: Vec<_> = error.lines().skip(1).map(str::trim).collect();
        // config hands variables over in no order.
        lines.sort_unstable();
        let expected = [
            ("allow_credentials", " \"yes\": this is a text; write true or false"),
            ("allow_methods", " \"PUT,\": element 2 of this list is empty; leave out its comma"),
            (
                "allow_origins",
                " \"\": there is nothing in this text; write [] for an empty list, or leave out the key",
            ),
            (
                "dangerously_allow_origins",
                " \"http://example.com\": this is a text; write a list of origins, such as [\"http://example.com\"]",
            ),
            (
                "max_age",
                " \"-5\": this is no duration in whole seconds; write a number of seconds, such as 600, \
                 or a text such as \"90s\", \"10m\" or \"1h30m\"",
            ),
        ];
        let similar = name("max_age");
        let mut expected: Vec<_> =
            expected.map(|(setting, text)| format!("{}{text}", name(setting))).to_vec();
        expected
            .push(format!("{}: there is no such setting; write \"{similar}\"", name("max_ages")));
        expected.sort_unstable();
        assert_eq!(lines, expected, "{reader}");
    }
}

/// figment reads arrays from variables.
#[test]
fn an_array_in_a_variable_is_a_list() {
    let variables = [("CORS_ALLOW_ORIGINS", r#"["https://example.com", "https://Example.org"]"#)];
    let error = read("figment", &variables);
    assert!(error.contains("\n  allow_origins[1] \"https://Example.org\": "), "{error}");
}
