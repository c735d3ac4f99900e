//! Every problem, alone and all at once.

use std::{collections::BTreeSet, error::Error, time::Duration};

use http::{HeaderName, HeaderValue, StatusCode, header};
use tower_cors::{
    AllowCredentials, AllowOrigin, Any, ConfigError, CorsLayer, Enforce, MaxAge, Problem,
};

use crate::{asked_for_credentials, codes, error, literal, method, name, problem};

struct Row {
    code: &'static str,
    config: CorsLayer,
    setting: &'static str,
    value: &'static str,
    advice: &'static str,
    suggestion: Option<&'static str>,
    /// The same, put right.
    fine: CorsLayer,
}

fn new() -> CorsLayer {
    CorsLayer::new()
}

fn origin(text: &str) -> CorsLayer {
    new().allow_origins([text])
}

fn fixed(text: &str) -> CorsLayer {
    new().allow_origin(AllowOrigin::fixed(literal(text)))
}

fn rows() -> Vec<Row> {
    vec![
        Row {
            code: "any-origin-with-credentials",
            config: new().allow_origin(Any).allow_credentials(true),
            setting: "allow_origin",
            value: "*",
            advice: "every site could read with the user's credentials; list the origins, or leave out allow_credentials",
            suggestion: None,
            fine: new().allow_origin(Any).allow_credentials(false),
        },
        Row {
            code: "any-origin-with-credentials",
            config: origin("*").allow_credentials(asked_for_credentials()),
            setting: "allow_origin",
            value: "*",
            advice: "every site could read with the user's credentials; list the origins, or leave out allow_credentials",
            suggestion: None,
            fine: origin("https://example.com").allow_credentials(asked_for_credentials()),
        },
        Row {
            code: "mirrored-origin-with-credentials",
            config: new().allow_origin(AllowOrigin::mirror_request()).allow_credentials(true),
            setting: "allow_origin",
            value: "mirror_request",
            advice: "every site could read with the user's credentials; list the origins, or leave out allow_credentials",
            suggestion: None,
            fine: new().allow_origin(AllowOrigin::mirror_request()),
        },
        Row {
            code: "insecure-origin-with-credentials",
            config: origin("http://example.com").allow_credentials(true),
            setting: "allow_origins",
            value: "http://example.com",
            advice: "anyone on the network's path can speak for an http origin, and would read with the user's \
                     credentials; write \"https://example.com\", or if you must, \
                     dangerously_allow_origins([\"http://example.com\"])",
            suggestion: Some("https://example.com"),
            fine: origin("https://example.com").allow_credentials(true),
        },
        Row {
            code: "insecure-origin-with-credentials",
            config: origin("http://*.example.com:*").allow_credentials(true),
            setting: "allow_origins",
            value: "http://*.example.com:*",
            advice: "anyone on the network's path can speak for an http origin, and would read with the user's \
                     credentials; write \"https://*.example.com:*\", or if you must, \
                     dangerously_allow_origins([\"http://*.example.com:*\"])",
            suggestion: Some("https://*.example.com:*"),
            fine: new()
                .dangerously_allow_origins(["http://*.example.com:*"])
                .allow_credentials(true),
        },
        Row {
            code: "insecure-origin-with-credentials",
            config: origin("http://example.com:443").allow_credentials(true),
            setting: "allow_origins",
            value: "http://example.com:443",
            advice: "anyone on the network's path can speak for an http origin, and would read with the user's \
                     credentials; write \"https://example.com\", or if you must, \
                     dangerously_allow_origins([\"http://example.com:443\"])",
            suggestion: Some("https://example.com"),
            fine: origin("http://localhost:443").allow_credentials(true),
        },
        Row {
            code: "insecure-origin-with-credentials",
            config: new()
                .allow_origin(literal("http://10.0.0.1:8080"))
                .allow_credentials(asked_for_credentials()),
            setting: "allow_origin",
            value: "http://10.0.0.1:8080",
            advice: "anyone on the network's path can speak for an http origin, and would read with the user's \
                     credentials; write \"https://10.0.0.1:8080\", or if you must, \
                     dangerously_allow_origins([\"http://10.0.0.1:8080\"])",
            suggestion: Some("https://10.0.0.1:8080"),
            fine: new()
                .allow_origin(literal("http://127.0.0.1:8080"))
                .allow_credentials(asked_for_credentials()),
        },
        Row {
            code: "null-with-credentials",
            config: new().dangerously_allow_origins(["null"]).allow_credentials(true),
            setting: "dangerously_allow_origins",
            value: "null",
            advice: "every site can make a frame with the origin `null`, and would read with the user's credentials; \
                     leave out `null`, or leave out allow_credentials",
            suggestion: None,
            fine: new().dangerously_allow_origins(["null"]),
        },
        Row {
            code: "null-with-credentials",
            config: new()
                .dangerously_allow_origins(["null"])
                .allow_credentials(asked_for_credentials()),
            setting: "dangerously_allow_origins",
            value: "null",
            advice: "every site can make a frame with the origin `null`, and would read with the user's credentials; \
                     leave out `null`, or leave out allow_credentials",
            suggestion: None,
            fine: new()
                .dangerously_allow_origins(["https://example.com"])
                .allow_credentials(asked_for_credentials()),
        },
        Row {
            code: "origin-null",
            config: origin("null").allow_credentials(true),
            setting: "allow_origins",
            value: "null",
            advice: "`null` is the origin of every sandboxed frame, so anyone can have it; leave it out, or if \
                     every site may read what you serve, write dangerously_allow_origins([\"null\"])",
            suggestion: None,
            fine: new().dangerously_allow_origins(["null"]),
        },
        Row {
            code: "origin-any",
            config: new().dangerously_allow_origins(["*"]),
            setting: "dangerously_allow_origins",
            value: "*",
            advice: "`*` is not one origin among others, it is all of them; write allow_origin(Any) alone, \
                     or patterns such as \"https://*.example.com\" with allow_origins",
            suggestion: None,
            fine: new().allow_origin(Any),
        },
        Row {
            code: "origin-trailing-slash",
            config: new().allow_origin("https://example.com/"),
            setting: "allow_origin",
            value: "https://example.com/",
            advice: "an origin has no slash at its end; write \"https://example.com\"",
            suggestion: Some("https://example.com"),
            fine: new().allow_origin("https://example.com"),
        },
        Row {
            code: "origin-trailing-slash",
            config: new().dangerously_allow_origins(["http://example.com/"]),
            setting: "dangerously_allow_origins",
            value: "http://example.com/",
            advice: "an origin has no slash at its end; write \"http://example.com\"",
            suggestion: Some("http://example.com"),
            fine: new().dangerously_allow_origins(["http://example.com"]),
        },
        Row {
            code: "forbidden-method",
            config: new().allow_methods([method("TRACE")]),
            setting: "allow_methods",
            value: "TRACE",
            advice: "browsers never send this method for a page; leave it out",
            suggestion: None,
            fine: new().allow_methods([method("TRACER")]),
        },
        Row {
            code: "wildcard-method",
            config: new().allow_methods([method("PUT"), method("*")]),
            setting: "allow_methods",
            value: "*",
            advice: "in a list this is a method of that name; write allow_methods(Any)",
            suggestion: None,
            fine: new().allow_methods(Any),
        },
        Row {
            code: "forbidden-request-header",
            config: new().allow_headers([header::COOKIE]),
            setting: "allow_headers",
            value: "cookie",
            advice: "pages cannot set this header, only the browser does; leave it out",
            suggestion: None,
            fine: new().allow_headers([header::AUTHORIZATION]),
        },
        Row {
            code: "response-header-allowed",
            config: new().allow_headers([header::ACCESS_CONTROL_ALLOW_ORIGIN]),
            setting: "allow_headers",
            value: "access-control-allow-origin",
            advice: "this is a response header, which this layer sends itself; leave it out, and let the page not send it",
            suggestion: None,
            fine: new().allow_headers(Vec::new()),
        },
        Row {
            code: "wildcard-request-header",
            config: new().allow_headers([name("*"), header::AUTHORIZATION]),
            setting: "allow_headers",
            value: "*",
            advice: "in a list this is a header of that name; write allow_headers(Any)",
            suggestion: None,
            fine: new().allow_headers(Any),
        },
        Row {
            code: "forbidden-response-header",
            config: new().expose_headers([header::SET_COOKIE]),
            setting: "expose_headers",
            value: "set-cookie",
            advice: "no page can read this header, whatever is exposed; leave it out",
            suggestion: None,
            fine: new().expose_headers([header::ETAG]),
        },
        Row {
            code: "request-header-exposed",
            config: new().expose_headers([header::ORIGIN]),
            setting: "expose_headers",
            value: "origin",
            advice: "this is a request header, which no response has; leave it out",
            suggestion: None,
            fine: new().expose_headers([name("x-origin")]),
        },
        Row {
            code: "wildcard-exposed-header",
            config: new().expose_headers([name("*")]),
            setting: "expose_headers",
            value: "*",
            advice: "in a list this is a header of that name; write expose_headers(Any)",
            suggestion: None,
            fine: new().expose_headers(Any),
        },
        Row {
            code: "preflight-status",
            config: new().preflight_status(StatusCode::FOUND),
            setting: "preflight_status",
            value: "302",
            advice: "browsers take only 200 to 299 for a yes; write StatusCode::NO_CONTENT, or StatusCode::OK for old clients",
            suggestion: None,
            fine: new().preflight_status(StatusCode::OK),
        },
        Row {
            code: "fixed-in-union",
            config: new().allow_origin(
                AllowOrigin::fixed(literal("https://example.com")).or("https://example.org"),
            ),
            setting: "allow_origin",
            value: "https://example.com",
            advice: "a fixed origin answers everyone alike, so it cannot be one of several; write it as a pattern, with allow_origins",
            suggestion: None,
            fine: new().allow_origins(["https://example.com", "https://example.org"]),
        },
        Row {
            code: "fixed-with-credentials-predicate",
            config: fixed("https://example.com").allow_credentials(asked_for_credentials()),
            setting: "allow_origin",
            value: "https://example.com",
            advice: "a fixed origin answers everyone alike, and the credentials predicate does not; \
                     write allow_credentials(true), or the origin as a pattern, with allow_origins",
            suggestion: None,
            fine: fixed("https://example.com").allow_credentials(true),
        },
        Row {
            code: "fixed-with-dynamic-max-age",
            config: fixed("https://example.com").max_age(dynamic_max_age()),
            setting: "allow_origin",
            value: "https://example.com",
            advice: "a fixed origin answers everyone alike, and MaxAge::dynamic does not; \
                     write one max_age for all, or the origin as a pattern, with allow_origins",
            suggestion: None,
            fine: fixed("https://example.com").max_age(Duration::from_secs(600)),
        },
        Row {
            code: "insecure-origin-with-credentials",
            config: fixed("http://example.com").allow_credentials(true),
            setting: "allow_origin",
            value: "http://example.com",
            advice: "anyone on the network's path can speak for an http origin, and would read with the user's \
                     credentials; write \"https://example.com\", or if you must, \
                     dangerously_allow_origins([\"http://example.com\"])",
            suggestion: Some("https://example.com"),
            fine: fixed("http://example.com"),
        },
        Row {
            code: "dangerous-beside-any",
            config: new().allow_origin(Any).dangerously_allow_origins(["null"]),
            setting: "dangerously_allow_origins",
            value: "null",
            advice: "any origin is allowed already; leave it out, or list the other origins",
            suggestion: None,
            fine: origin("https://example.com").dangerously_allow_origins(["null"]),
        },
        Row {
            code: "dangerous-beside-fixed",
            config: fixed("https://example.com").dangerously_allow_origins(["http://example.com"]),
            setting: "dangerously_allow_origins",
            value: "http://example.com",
            advice: "a fixed origin answers everyone alike, so it cannot be one of several; \
                     write it as a pattern, with allow_origins",
            suggestion: None,
            fine: origin("https://example.com").dangerously_allow_origins(["http://example.com"]),
        },
        Row {
            code: "enforced-any-origin",
            config: new().allow_origin(Any).enforce_origins(true),
            setting: "enforce_origins",
            value: "SameOrigin",
            advice: "any origin is allowed, so nothing can be refused; list the origins, or leave out enforce_origins",
            suggestion: None,
            fine: new().allow_origin(Any).enforce_origins(false),
        },
        Row {
            code: "enforced-mirrored-origin",
            config: new()
                .allow_origin(AllowOrigin::mirror_request())
                .enforce_origins(Enforce::ListedOnly),
            setting: "enforce_origins",
            value: "ListedOnly",
            advice: "every origin is mirrored, so nothing can be refused; list the origins, or leave out enforce_origins",
            suggestion: None,
            fine: origin("https://example.com").enforce_origins(Enforce::ListedOnly),
        },
        Row {
            code: "enforced-async-predicate",
            config: new()
                .allow_origin(AllowOrigin::async_predicate(|_, _| async { true }))
                .enforce_origins(true),
            setting: "enforce_origins",
            value: "SameOrigin",
            advice: "the inner service is called before an async predicate has answered; \
                     write AllowOrigin::predicate, or leave out enforce_origins",
            suggestion: None,
            fine: new().allow_origin(AllowOrigin::predicate(|_, _| true)).enforce_origins(true),
        },
    ]
}

#[test]
fn every_problem_is_told_alone() {
    for row in rows() {
        let Row { code, setting, value, advice, suggestion, .. } = row;
        let problem = problem(row.config);
        assert_eq!(problem.to_string(), format!("{setting} \"{value}\": {advice}"));
        assert_eq!(problem.code(), code, "{problem}");
        assert_eq!(problem.setting(), setting, "{problem}");
        assert_eq!(problem.value(), Some(value), "{problem}");
        assert_eq!(problem.suggestion(), suggestion, "{problem}");
        assert!(!problem.to_string().contains(char::is_control), "{problem}");
    }
}

#[test]
fn what_is_put_right_builds() {
    for row in rows() {
        let built = row.fine.build();
        assert!(built.is_ok(), "{} {}: {}", row.code, row.value, built.unwrap_err());
    }
}

#[test]
fn a_suggestion_builds() {
    for suggestion in
        rows().iter().filter_map(|row| problem(row.config.clone()).suggestion().map(str::to_owned))
    {
        let built = origin(&suggestion).build();
        assert!(built.is_ok(), "{}", built.unwrap_err());
    }
}

#[test]
fn every_code_has_its_row() {
    let seen: BTreeSet<_> = rows().iter().map(|row| row.code).collect();
    let all = BTreeSet::from([
        "any-origin-with-credentials",
        "dangerous-beside-any",
        "dangerous-beside-fixed",
        "enforced-any-origin",
        "enforced-async-predicate",
        "enforced-mirrored-origin",
        "fixed-in-union",
        "fixed-with-credentials-predicate",
        "fixed-with-dynamic-max-age",
        "forbidden-method",
        "forbidden-request-header",
        "forbidden-response-header",
        "insecure-origin-with-credentials",
        "mirrored-origin-with-credentials",
        "null-with-credentials",
        "preflight-status",
        "request-header-exposed",
        "response-header-allowed",
        "wildcard-exposed-header",
        "wildcard-method",
        "wildcard-request-header",
        // Some of the many about patterns, to show that every setter checks them.
        "origin-any",
        "origin-null",
        "origin-trailing-slash",
    ]);
    assert_eq!(seen, all);
}

#[test]
fn only_success_answers_a_preflight() {
    for status in (100..1000).map(|code| StatusCode::from_u16(code).unwrap()) {
        let built = new().preflight_status(status).build();
        assert_eq!(built.is_ok(), status.is_success(), "{status}");
    }
}

#[test]
fn secure_loopback_and_app_origins_go_with_credentials() {
    for fine in [
        "https://example.com",
        "https://*.example.com:*",
        "https://10.0.0.1",
        "http://localhost",
        "http://localhost:*",
        "http://app.localhost:3000",
        "http://*.localhost:*",
        "http://127.0.0.1",
        "http://127.255.0.1:3000",
        "http://[::1]:*",
        "tauri://localhost",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    ] {
        let built = origin(fine).allow_credentials(true).build();
        assert!(built.is_ok(), "{}", built.unwrap_err());
    }
    for insecure in [
        "http://example.com",
        "http://example.com:443",
        "http://localhost.example.com",
        "http://127.0.0.example",
        "http://128.0.0.1",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://192.168.0.1:3000",
        "http://[::2]",
        "http://[::ffff:7f00:1]",
        "http://intranet",
        "http://mylocalhost",
    ] {
        let problem = problem(origin(insecure).allow_credentials(true));
        assert_eq!(problem.code(), "insecure-origin-with-credentials", "{problem}");
        assert!(origin(insecure).build().is_ok(), "{insecure}");
    }
}

#[test]
fn null_never_goes_with_credentials() {
    let null = || literal("null");
    for layer in [
        origin("null"),
        new().allow_origin("null"),
        new().allow_origin(null()),
        new().allow_origin([null()]),
        new().allow_origin(AllowOrigin::list([null()])),
        new().allow_origin(AllowOrigin::fixed(null())),
        new().allow_origin(AllowOrigin::predicate(|_, _| true).or("null")),
        new().dangerously_allow_origins(["null"]),
    ] {
        for credentials in [true.into(), asked_for_credentials()] {
            let error = error(layer.clone().allow_credentials(credentials));
            let first = &error.problems()[0];
            assert_eq!(first.value(), Some("null"), "{error}");
            assert!(["origin-null", "null-with-credentials"].contains(&first.code()), "{error}");
        }
    }
}

#[test]
fn fixed_stands_alone_on_either_side() {
    let fixed = || AllowOrigin::fixed(literal("https://example.com"));
    for other in [
        AllowOrigin::from("https://example.org"),
        AllowOrigin::list([literal("https://example.org")]),
        AllowOrigin::any(),
        AllowOrigin::mirror_request(),
        AllowOrigin::predicate(|_, _| true),
        AllowOrigin::async_predicate(|_, _| async { true }),
    ] {
        for union in [fixed().or(other.clone()), other.or(fixed())] {
            assert_eq!(problem(new().allow_origin(union)).code(), "fixed-in-union");
        }
    }
    let twice = error(new().allow_origin(fixed().or(fixed())));
    assert_eq!(codes(&twice), ["fixed-in-union", "fixed-in-union"]);
}

fn all_at_once() -> CorsLayer {
    let union = AllowOrigin::any()
        .or(AllowOrigin::mirror_request())
        .or(AllowOrigin::fixed(HeaderValue::from_static("https://fixed.example")))
        .or(AllowOrigin::list([HeaderValue::from_static("https://*.example.org")]))
        .or(AllowOrigin::patterns(["https://example.com/", "http://example.com", "null", "*"]))
        .or(AllowOrigin::async_predicate(|_, _| async { true }));
    new()
        .preflight_status(StatusCode::NOT_FOUND)
        .expose_headers([header::SET_COOKIE, HeaderName::from_static("*"), header::HOST])
        .enforce_origins(Enforce::ListedOnly)
        .max_age(dynamic_max_age())
        .allow_headers([
            header::ORIGIN,
            HeaderName::from_static("*"),
            header::ACCESS_CONTROL_MAX_AGE,
        ])
        .allow_credentials(AllowCredentials::predicate(|_, _| true))
        .dangerously_allow_origins(["null", "https://user:hunter2@example.com"])
        .allow_methods([method("connect"), method("*")])
        .allow_origin(union)
}

const ALL_AT_ONCE: &str = "invalid CORS configuration
  allow_origin \"https://*.example.org\": a header value is taken literally, and no browser sends a `*`; write it as a string, with allow_origins([\"https://*.example.org\"])
  allow_origins \"https://example.com/\": an origin has no slash at its end; write \"https://example.com\"
  allow_origins \"http://example.com\": anyone on the network's path can speak for an http origin, and would read with the user's credentials; write \"https://example.com\", or if you must, dangerously_allow_origins([\"http://example.com\"])
  allow_origins \"null\": `null` is the origin of every sandboxed frame, so anyone can have it; leave it out, or if every site may read what you serve, write dangerously_allow_origins([\"null\"])
  allow_origins \"*\": `*` is not one origin among others, it is all of them; write allow_origin(Any) alone, or patterns such as \"https://*.example.com\" with allow_origins
  allow_origin \"*\": every site could read with the user's credentials; list the origins, or leave out allow_credentials
  allow_origin \"https://fixed.example\": a fixed origin answers everyone alike, so it cannot be one of several; write it as a pattern, with allow_origins
  allow_origin \"https://fixed.example\": a fixed origin answers everyone alike, and the credentials predicate does not; write allow_credentials(true), or the origin as a pattern, with allow_origins
  allow_origin \"https://fixed.example\": a fixed origin answers everyone alike, and MaxAge::dynamic does not; write one max_age for all, or the origin as a pattern, with allow_origins
  dangerously_allow_origins \"null\": every site can make a frame with the origin `null`, and would read with the user's credentials; leave out `null`, or leave out allow_credentials
  dangerously_allow_origins \"null\": any origin is allowed already; leave it out, or list the other origins
  dangerously_allow_origins \"null\": a fixed origin answers everyone alike, so it cannot be one of several; write it as a pattern, with allow_origins
  dangerously_allow_origins \"https://…@example.com\": an origin has no user name and no password; write \"https://example.com\"
  dangerously_allow_origins \"https://…@example.com\": any origin is allowed already; leave it out, or list the other origins
  dangerously_allow_origins \"https://…@example.com\": a fixed origin answers everyone alike, so it cannot be one of several; write it as a pattern, with allow_origins
  enforce_origins \"ListedOnly\": any origin is allowed, so nothing can be refused; list the origins, or leave out enforce_origins
  enforce_origins \"ListedOnly\": the inner service is called before an async predicate has answered; write AllowOrigin::predicate, or leave out enforce_origins
  allow_methods \"connect\": browsers never send this method for a page; leave it out
  allow_methods \"*\": in a list this is a method of that name; write allow_methods(Any)
  allow_headers \"origin\": pages cannot set this header, only the browser does; leave it out
  allow_headers \"*\": in a list this is a header of that name; write allow_headers(Any)
  allow_headers \"access-control-max-age\": this is a response header, which this layer sends itself; leave it out, and let the page not send it
  expose_headers \"set-cookie\": no page can read this header, whatever is exposed; leave it out
  expose_headers \"*\": in a list this is a header of that name; write expose_headers(Any)
  expose_headers \"host\": this is a request header, which no response has; leave it out
  preflight_status \"404\": browsers take only 200 to 299 for a yes; write StatusCode::NO_CONTENT, or StatusCode::OK for old clients";

#[test]
fn all_problems_are_told_at_once() {
    let error = error(all_at_once());
    assert_eq!(error.to_string(), ALL_AT_ONCE);
    // What `main` and `unwrap` print.
    assert_eq!(format!("{error:?}"), ALL_AT_ONCE);
    // Of the codes, only these cannot be there with the others.
    let seen: BTreeSet<_> = codes(&error).into_iter().collect();
    let alone: BTreeSet<_> =
        rows().iter().map(|row| row.code).filter(|code| !seen.contains(code)).collect();
    assert_eq!(
        alone,
        BTreeSet::from(["enforced-mirrored-origin", "mirrored-origin-with-credentials"])
    );
}

#[test]
fn one_problem_has_its_line() {
    assert_eq!(
        error(origin("https://example.com/")).to_string(),
        "invalid CORS configuration\n  allow_origins \"https://example.com/\": \
         an origin has no slash at its end; write \"https://example.com\""
    );
}

#[test]
fn a_value_is_shown_safely_wherever_it_stands() {
    let values =
        ["https://user:hunter2@example.com", "https://example.com\n", "https://\u{202e}moc"];
    let fixed = HeaderValue::from_static("https://user:hunter2@example.com");
    for layer in [
        origin("https://example.com").dangerously_allow_origins(values),
        new().allow_origin(Any).dangerously_allow_origins(values),
        new().allow_origin(AllowOrigin::fixed(fixed.clone())).dangerously_allow_origins(values),
        new().allow_origin(AllowOrigin::fixed(fixed.clone()).or(AllowOrigin::patterns(values))),
        new().allow_origin(AllowOrigin::fixed(fixed.clone())).max_age(dynamic_max_age()),
        new().allow_origin(AllowOrigin::fixed(fixed)).allow_credentials(asked_for_credentials()),
    ] {
        for problem in &error(layer) {
            for text in [problem.to_string(), format!("{problem:?}")] {
                assert!(!text.contains("hunter2"), "{text}");
                assert!(!text.contains(['\n', '\u{202e}']), "{text:?}");
            }
            assert!(problem.value().is_some_and(|value| !value.contains("hunter2")), "{problem}");
        }
    }
}

#[test]
fn problems_come_in_order_and_once() {
    let error = error(all_at_once());
    let lines: Vec<String> = error.problems().iter().map(Problem::to_string).collect();
    assert_eq!(lines, ALL_AT_ONCE.lines().skip(1).map(str::trim_start).collect::<Vec<_>>());
    let mut iterated = Vec::new();
    for problem in &error {
        iterated.push(problem.to_string());
    }
    assert_eq!(iterated, lines);
}

#[test]
fn a_config_error_is_an_error() {
    fn start(layer: CorsLayer) -> Result<CorsLayer, Box<dyn Error + Send + Sync>> {
        Ok(layer.build()?)
    }
    assert!(start(origin("https://example.com")).is_ok());
    let failed = start(origin("")).unwrap_err();
    assert_eq!(
        failed.to_string(),
        "invalid CORS configuration\n  allow_origins \"\": an origin is never empty; \
         write scheme, host and port, such as \"https://example.com\""
    );
    assert!(failed.source().is_none());
    let error = failed.downcast::<ConfigError>().unwrap();
    assert_eq!(codes(&error.clone()), ["origin-empty"]);
}

#[test]
fn building_again_tells_the_same() {
    let wrong = origin("https://example.com/");
    let clone = wrong.clone();
    let texts = [wrong.clone(), wrong, clone].map(|layer| error(layer).to_string());
    assert!(texts.iter().all(|text| *text == texts[0]));
    let right = origin("https://example.com").build().unwrap().build().unwrap();
    assert!(right.build().is_ok());
}

fn dynamic_max_age() -> MaxAge {
    MaxAge::dynamic(|_, _| Duration::from_secs(600))
}
