//! The page about configuration files says what is so.

use crate::{json, problem};

const PAGE: &str = include_str!("../../docs/configuration.md");

/// The cells of the rows of the table.
fn rows() -> Vec<Vec<&'static str>> {
    let rows = PAGE.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

/// The texts in backticks.
fn codes(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn its_table_has_every_key() {
    let keys: Vec<_> = rows().iter().flat_map(|row| codes(row[0])).collect();
    let text = problem(json(r#"{ "x": 1 }"#)).to_string();
    let (_, known) = text.rsplit_once("write one of ").expect("no key is near");
    assert_eq!(keys, known.split(", ").collect::<Vec<_>>());
}

#[test]
fn its_examples_and_defaults_are_accepted() {
    for row in rows() {
        assert_eq!(row.len(), 5, "{row:?}");
        for key in codes(row[0]).into_iter().filter(|key| is_built_in(key)) {
            let mut values = codes(row[4]);
            values.extend(codes(row[3]).into_iter().filter(|value| !value.contains("GET")));
            for value in values.into_iter().filter(|value| !["HEAD", "POST"].contains(value)) {
                let built =
                    json(&format!("{{ \"{key}\": {value} }}")).accept_dangerous_config().build();
                assert!(built.is_ok(), "{}", built.unwrap_err());
            }
        }
    }
}

fn is_built_in(key: &str) -> bool {
    cfg!(feature = "tracing") || key != "trace_origins"
}

#[cfg(feature = "schemars")]
#[test]
fn the_schema_describes_in_its_words() {
    let schema = schemars::schema_for!(tower_cors::CorsLayer).to_value();
    for row in rows() {
        for key in codes(row[0]).into_iter().filter(|key| is_built_in(key)) {
            assert_eq!(schema["properties"][key]["description"], row[1], "{key}");
        }
    }
}
