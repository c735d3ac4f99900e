//! What the program does to a configuration that came from a file.

use std::{panic, time::Duration};

use http::{HeaderName, Method, StatusCode, header};
use tower::{Layer, service_fn};
use tower_cors::{AllowCredentials, AllowOrigin, CorsLayer, Enforce, MaxAge, Problem};

use crate::{error, json, paths, problem, toml};

type Setter = fn(CorsLayer) -> CorsLayer;

/// Everything is wrong.
fn wrong() -> CorsLayer {
    json(
        r#"{
            "allow_credentials": 1,
            "allow-credentials": 2,
            "allow_headers": ["Cookie", 5],
            "allow_methods": ["TRACE"],
            "allow_origins": ["https://Example.com"],
            "dangerously_allow_origins": ["http://Example.com"],
            "enforce_origins": "all",
            "expose_headers": ["", "Set-Cookie"],
            "max_age": "long",
            "preflight_status": 302,
            "vary": ["a b"]
        }"#,
    )
}

#[test]
fn a_setter_replaces_what_the_file_said_and_its_problems() {
    let mut layer = wrong();
    let setters: [(&str, Setter); 10] = [
        ("allow_credentials", |cors| cors.allow_credentials(true)),
        ("allow_headers", |cors| cors.allow_headers([header::AUTHORIZATION])),
        ("allow_methods", |cors| cors.allow_methods([Method::PUT])),
        ("allow_origin", |cors| cors.allow_origins(["https://example.com"])),
        ("dangerously_allow_origins", |cors| cors.dangerously_allow_origins(["http://a.example"])),
        ("enforce_origins", |cors| cors.enforce_origins(Enforce::ListedOnly)),
        ("expose_headers", |cors| cors.expose_headers([header::ETAG])),
        ("max_age", |cors| cors.max_age(Duration::from_secs(600))),
        ("preflight_status", |cors| cors.preflight_status(StatusCode::OK)),
        ("vary", |cors| cors.vary([header::ACCEPT])),
    ];
    for (setting, set) in setters {
        let is_about = |path: &str| path.replace('-', "_").starts_with(setting);
        let before = error(layer.clone());
        assert!(paths(&before).iter().any(|path| is_about(path)), "{setting}: {before}");
        layer = set(layer);
        if let Err(after) = layer.clone().build() {
            assert!(!paths(&after).iter().any(|path| is_about(path)), "{setting}: {after}");
            let kept = paths(&before).into_iter().filter(|path| !is_about(path));
            assert_eq!(paths(&after), kept.collect::<Vec<_>>(), "{setting}");
        }
    }
    let layer = layer.build().unwrap();
    assert!(layer.warnings().is_empty(), "{:?}", layer.warnings());
}

#[test]
fn a_wrong_value_from_code_has_no_path() {
    let layer = toml("max_age = 5\nallow_methods = [\"TRACE\"]")
        .allow_origins(["https://example.com", "https://example.com/"]);
    let error = error(layer.preflight_status(StatusCode::FOUND));
    let [method, origin, status] = error.problems() else { panic!("{error}") };
    assert_eq!((method.path(), method.index()), (Some("allow_methods[0]"), Some(0)));
    assert_eq!((origin.path(), origin.index()), (None, Some(1)));
    assert_eq!(origin.setting(), "allow_origins");
    assert_eq!((status.path(), status.index()), (None, None));
    assert!(status.to_string().contains("write StatusCode::NO_CONTENT"), "{status}");
}

#[test]
fn dangerous_origins_need_the_programs_word() {
    let text =
        r#"{ "dangerously_allow_origins": ["http://example.com"], "allow_credentials": true }"#;
    let refused = problem(json(text));
    assert_eq!(refused.code(), "dangerous-config");
    assert_eq!(refused.setting(), "dangerously_allow_origins");
    assert!(json(text).accept_dangerous_config().build().is_ok());
    // In any order, and not undone by what else the program sets.
    assert!(json(text).accept_dangerous_config().max_age(Duration::ZERO).build().is_ok());
    // What the program itself says needs no second word.
    assert!(json(text).dangerously_allow_origins(["http://example.org"]).build().is_ok());
    assert!(json(r#"{ "dangerously_allow_origins": [] }"#).build().is_ok());
}

#[test]
fn the_programs_word_accepts_nothing_else() {
    for (text, code) in [
        (
            r#"{ "dangerously_allow_origins": ["null"], "allow_credentials": true }"#,
            "null-with-credentials",
        ),
        (r#"{ "allow_origins": "*", "allow_credentials": true }"#, "any-origin-with-credentials"),
        (
            r#"{ "allow_origin": "mirror_request", "allow_credentials": true }"#,
            "mirrored-origin-with-credentials",
        ),
        (
            r#"{ "allow_origins": ["http://example.com"], "allow_credentials": true }"#,
            "insecure-origin-with-credentials",
        ),
        (r#"{ "very_permissive": true }"#, "not-in-a-file"),
    ] {
        assert_eq!(problem(json(text).accept_dangerous_config()).code(), code);
    }
}

#[cfg(feature = "public-suffix")]
#[test]
fn suffixes_are_told_in_the_words_of_a_file() {
    let file = |origin: &str| {
        toml(&format!(
            "allow-credentials = true\nallow-origins = [\"tauri://localhost\", \"{origin}\"]"
        ))
    };
    for (origin, text) in [
        (
            "https://*.github.io",
            "anyone can register a name under github.io, and would read with the user's credentials; \
             write your own origins under it in full, or if you must, list it in dangerously_allow_origins",
        ),
        (
            "https://*.amazonaws.com",
            "anyone can register a name somewhere below amazonaws.com, and would read with the user's credentials; \
             write your own origins under it in full, or if you must, list it in dangerously_allow_origins",
        ),
        (
            "https://*.internal",
            "internal is no registered domain, so every name under it would read with the user's credentials, \
             whoever runs it; write the origins in full, or if you must, list it in dangerously_allow_origins",
        ),
    ] {
        let problem = problem(file(origin));
        assert_eq!(problem.to_string(), format!("allow-origins[1] \"{origin}\": {text}"));
    }
}

/// Problems between what a file and what the program says stand where the file says it.
#[test]
fn settings_of_file_and_program_are_judged_together() {
    let any = toml("allow_origins = \"*\"").allow_credentials(true);
    let problem_of_any = problem(any);
    assert_eq!(problem_of_any.path(), Some("allow_origins"));
    let fixed = toml("[allow-origin]\nfixed = \"https://example.com\"");
    let asked = fixed.clone().allow_credentials(AllowCredentials::predicate(|_, _| true));
    assert_eq!(problem(asked).path(), Some("allow-origin.fixed"));
    let timed = fixed.max_age(MaxAge::dynamic(|_, _| Duration::ZERO));
    assert_eq!(problem(timed).path(), Some("allow-origin.fixed"));
    let asked = toml("enforceOrigins = true")
        .allow_origin(AllowOrigin::async_predicate(|_, _| async { true }));
    assert_eq!(
        problem(asked).to_string(),
        "enforceOrigins \"true\": the inner service is called before an async predicate has answered; \
         write AllowOrigin::predicate, or leave out enforce_origins"
    );
}

#[test]
fn one_call_after_a_file_is_no_second_call() {
    let layer =
        toml("allow_origins = [\"https://example.com\"]").allow_origins(["https://example.org"]);
    assert!(layer.warnings().is_empty(), "{:?}", layer.warnings());
}

#[test]
fn warnings_are_told_in_the_words_of_the_file() {
    let file =
        "allow-methods = [\"OPTIONS\"]\nallow-origins = \"https://example.com\"\nmax-age = \"3h\"";
    let warnings: Vec<_> = toml(file).warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "max-age \"3h\": Chromium remembers for 7200 s at most; write 7200 or less",
            "allow-methods \"OPTIONS\": preflights need no permission, only pages that send OPTIONS themselves do; leave it out",
        ]
    );
    let long = json(r#"{ "max_age": 86401, "allow_origins": ["https://example.com"] }"#).warnings();
    assert_eq!(
        long[0].to_string(),
        "max_age \"86401\": Firefox remembers for 86400 s at most, Chromium for 7200 s; write 7200 or less"
    );
    assert_eq!(long[0].path(), Some("max_age"));
    assert_eq!(CorsLayer::new().warnings()[0].path(), None);
}

#[test]
fn an_unbuilt_layer_panics_with_the_same_text() {
    let text = error(wrong()).to_string();
    let inner = service_fn(|_: http::Request<()>| async {
        Ok::<_, std::convert::Infallible>(http::Response::new(()))
    });
    let panicked = panic::catch_unwind(panic::AssertUnwindSafe(|| drop(wrong().layer(inner))));
    assert_eq!(*panicked.unwrap_err().downcast::<String>().unwrap(), text);
}

#[test]
fn what_a_setter_was_given_has_its_index() {
    let name = |name| HeaderName::from_static(name);
    let layer =
        CorsLayer::new().allow_headers([name("x-a"), name("cookie"), name("x-b"), name("cookie")]);
    let error = error(layer);
    let indices: Vec<_> = error.into_iter().map(Problem::index).collect();
    assert_eq!(indices, [Some(1), Some(3)]);
}
