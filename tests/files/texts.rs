//! What each problem that only files have says as values; the texts are beside the refused files.

use crate::{error, json, problem};

struct Row {
    file: &'static str,
    code: &'static str,
    setting: &'static str,
    path: &'static str,
    index: Option<usize>,
    value: Option<&'static str>,
    suggestion: Option<&'static str>,
}

const fn row(
    file: &'static str,
    code: &'static str,
    setting: &'static str,
    path: &'static str,
) -> Row {
    Row { file, code, setting, path, index: None, value: None, suggestion: None }
}

const ROWS: [Row; 18] = [
    Row { suggestion: Some("vary"), ..row(r#"{ "varies": [] }"#, "unknown-key", "", "varies") },
    row(r#"{ "very_permissive": true }"#, "not-in-a-file", "very_permissive", "very_permissive"),
    row(r#"{ "permissive": true }"#, "not-in-a-file", "permissive", "permissive"),
    Row {
        value: Some("yes"),
        ..row(
            r#"{ "allowCredentials": "yes" }"#,
            "wrong-type",
            "allow_credentials",
            "allowCredentials",
        )
    },
    Row {
        value: Some("5"),
        index: Some(1),
        ..row(r#"{ "vary": ["accept", 5] }"#, "wrong-type", "vary", "vary[1]")
    },
    row(r#"{ "vary": {} }"#, "wrong-type", "vary", "vary"),
    Row { value: Some(""), ..row(r#"{ "vary": "" }"#, "empty-element", "vary", "vary") },
    Row {
        value: Some(""),
        index: Some(0),
        ..row(r#"{ "vary": [""] }"#, "empty-element", "vary", "vary[0]")
    },
    Row {
        value: Some("accept,"),
        index: Some(1),
        ..row(r#"{ "vary": "accept," }"#, "empty-element", "vary", "vary")
    },
    row(r#"{ "max_age": 5, "max-age": 6 }"#, "duplicate-setting", "max_age", "max-age"),
    Row {
        value: Some("P(T"),
        index: Some(1),
        ..row(
            r#"{ "allow_methods": "PUT, P(T" }"#,
            "invalid-method",
            "allow_methods",
            "allow_methods",
        )
    },
    Row {
        value: Some("x y"),
        index: Some(0),
        ..row(
            r#"{ "allow_headers": ["x y"] }"#,
            "invalid-header-name",
            "allow_headers",
            "allow_headers[0]",
        )
    },
    Row {
        value: Some("mirror_request"),
        index: Some(1),
        ..row(
            r#"{ "allow_methods": ["PUT", "mirror_request"] }"#,
            "misplaced-keyword",
            "allow_methods",
            "allow_methods[1]",
        )
    },
    Row {
        value: Some("-1"),
        ..row(r#"{ "max_age": -1 }"#, "invalid-duration", "max_age", "max_age")
    },
    Row {
        value: Some("18446744073709551616s"),
        ..row(r#"{ "maxAge": "18446744073709551616s" }"#, "duration-too-long", "max_age", "maxAge")
    },
    Row {
        value: Some("99"),
        ..row(
            r#"{ "preflight_status": 99 }"#,
            "preflight-status",
            "preflight_status",
            "preflight_status",
        )
    },
    row(
        r#"{ "dangerously_allow_origins": ["null"] }"#,
        "dangerous-config",
        "dangerously_allow_origins",
        "dangerously_allow_origins",
    ),
    // One of those that code can have, too.
    Row {
        value: Some("https://example.com/"),
        index: Some(1),
        suggestion: Some("https://example.com"),
        ..row(
            r#"{ "allow-origins": [5, "https://example.com/"] }"#,
            "origin-trailing-slash",
            "allow_origins",
            "allow-origins[1]",
        )
    },
];

#[test]
fn a_problem_is_told_in_values() {
    for row in ROWS {
        let error = error(json(row.file));
        let problem = error.problems().last().expect("there is one");
        assert_eq!(problem.code(), row.code, "{problem}");
        assert_eq!(problem.setting(), row.setting, "{problem}");
        assert_eq!(problem.path(), Some(row.path), "{problem}");
        assert_eq!(problem.index(), row.index, "{problem}");
        assert_eq!(problem.value(), row.value, "{problem}");
        assert_eq!(problem.suggestion(), row.suggestion, "{problem}");
    }
}

#[test]
fn equal_values_have_their_own_places() {
    let text = r#"{ "allowOrigins": ["https://A.example", 5, "https://A.example", "https://b.example", "https://A.example"] }"#;
    let error = error(json(text));
    let paths: Vec<_> = error.into_iter().map(|problem| problem.path().unwrap()).collect();
    assert_eq!(paths, ["allowOrigins[0]", "allowOrigins[1]", "allowOrigins[2]", "allowOrigins[4]"]);
}

/// One list, one key, so the path is the key, and the index tells the rest.
#[test]
fn a_text_that_is_a_list_has_one_path() {
    let error =
        error(json(r#"{ "allowOrigins": "https://a.example, https://B.example, ,c.example" }"#));
    let places: Vec<_> = error
        .into_iter()
        .map(|problem| (problem.path().unwrap(), problem.index().unwrap()))
        .collect();
    assert_eq!(places, [("allowOrigins", 1), ("allowOrigins", 2), ("allowOrigins", 3)]);
}

#[test]
fn secrets_and_control_characters_are_not_shown() {
    for file in [
        r#"{ "allow_origins": ["https://user:hunter2@example.com"] }"#,
        r#"{ "allow_origin": { "fixed": "https://user:hunter2@example.com\n" } }"#,
        r#"{ "dangerously_allow_origins": ["https://user:hunter2@example.com"] }"#,
        r#"{ "allow_headers": ["https://user:hunter2@example.com"] }"#,
        r#"{ "allow_methods": "https://user:hunter2@example.com" }"#,
        r#"{ "max_age": "https://user:hunter2@example.com\u001b[31m" }"#,
        r#"{ "preflight_status": "https://user:hunter2@example.com\u202e" }"#,
        r#"{ "https://user:hunter2@example.com\n": 1 }"#,
    ] {
        for problem in &error(json(file)) {
            for text in [problem.to_string(), format!("{problem:?}")] {
                assert!(!text.contains("hunter2"), "{text}");
                assert!(!text.contains(['\n', '\u{1b}', '\u{202e}']), "{text:?}");
            }
        }
    }
}

#[test]
fn durations_are_read() {
    for (text, seconds) in [
        ("0", 0),
        ("600", 600),
        ("\"600\"", 600),
        ("\"0600\"", 600),
        ("6e2", 600),
        ("\"90s\"", 90),
        ("\"10m\"", 600),
        ("\"2h\"", 7200),
        ("\"1d\"", 86400),
        ("\"1h30m\"", 5400),
        ("\"1d1s\"", 86401),
        ("\"90m90s\"", 5490),
        ("\"0s\"", 0),
        ("18446744073709551615", u64::MAX),
        ("\"18446744073709551615s\"", u64::MAX),
    ] {
        let layer = json(&format!("{{ \"max_age\": {text} }}"));
        let written = serde_json::to_string(&layer).unwrap();
        assert_eq!(written, format!("{{\"max_age\":{seconds}}}"), "{text}");
    }
    for wrong in [
        "-1", "0.5", "1e-3", "-0.5", "\"\"", "\"-5\"", "\"+5\"", "\"5 m\"", "\" 5m\"", "\"m\"",
        "\"5x\"", "\"5M\"", "\"5ms\"", "\"1m1h\"", "\"5m5m\"", "\"5s5\"", "\"1.5h\"", "\"٣\"",
        "\"10m \"",
    ] {
        assert_eq!(
            problem(json(&format!("{{ \"max_age\": {wrong} }}"))).code(),
            "invalid-duration",
            "{wrong}"
        );
    }
    for long in [
        "18446744073709551616",
        "1e300",
        "\"18446744073709551616\"",
        "\"18446744073709551615m\"",
        "\"213503982334601d7h1m\"",
        "\"213503982334601d24h\"",
    ] {
        assert_eq!(
            problem(json(&format!("{{ \"max_age\": {long} }}"))).code(),
            "duration-too-long",
            "{long}"
        );
    }
}
