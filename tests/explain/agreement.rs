//! Explanation and service agree, over generated policies and requests.

use std::{cell::RefCell, collections::BTreeSet};

use http::{HeaderName, HeaderValue, Method, Request};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{select, subsequence},
    test_runner::TestRunner,
};
use tower_cors::{AllowCredentials, AllowOrigin, Denial, Enforce, Explanation, Outcome};

use crate::{
    setup::{Names, Served, Setup},
    table::explain,
};

const PATTERNS: [&str; 12] = [
    "chrome-extension://abcdefghijklmnop",
    "http://localhost:*",
    "http://plain.example",
    "https://*.example.com",
    "https://*.ports.example:*",
    "https://192.0.2.1",
    "https://[2001:db8::1]:8443",
    "https://app.example.net",
    "https://app.example.net:8443",
    "https://example.com",
    "https://xn--bcher-kva.example",
    "tauri://localhost",
];

const ORIGINS: [&str; 40] = [
    "",
    "*",
    "https://a.b.example.com",
    "https://app.examp1e.net",
    "https://app.example.net",
    "https://app.example.net, https://example.com",
    "https://app.example.net/",
    "https://app.example.net:443",
    "https://app.example.net:81",
    "https://app.example.net:8443",
    "https://App.Example.Net",
    "https://asked.example",
    "https://b.xn--bcher-kva.example",
    "https://evil.example",
    "https://exam.ple.com",
    "https://examp1e.com",
    "https://example.com",
    "https://example.com.evil.example",
    "https://example.net",
    "https://ports.example:81",
    "https://server.example",
    "https://www.app.example.net",
    "https://www.plain.example",
    "https://xexample.com",
    "https://xn--pple-43d.com",
    "https://xn--bcher-kva.example:81",
    "https://xn--bcher-kvb.example",
    "https://192.0.2.1:81",
    "https://192.0.2.2",
    "https://[2001:db8::1]",
    "http://127.0.0.1:3000",
    "http://app.example.net",
    "http://examp1e.com",
    "http://example.com:8080",
    "http://localhost",
    "http://plain.example",
    "http://server.example",
    "chrome-extension://abcdefghijklmnoq",
    "null",
    "ws://example.com",
];

const METHODS: [&str; 14] = [
    "GET", "POST", "PUT", "put", "patch", "PATCH", "QUERY", "OPTIONS", "TRACE", "connect", "*",
    "P UT", "", "PUT,GET",
];

const HEADERS: [&str; 13] = [
    "x-a",
    "X-A",
    "x-b",
    "content-type",
    "authorization",
    "*",
    "x b",
    "",
    "x-a,x-b",
    "x-c, ,x-d",
    "cookie",
    "access-control-allow-origin",
    "x-1,x-2,x-3,x-4,x-5,x-6,x-7,x-8,x-9",
];

/// The few origins that a predicate allows.
fn is_asked_for(origin: &HeaderValue) -> bool {
    origin == "https://asked.example" || origin == "https://server.example"
}

/// What is allowed beside the listed ones, and whether that is everyone.
fn origins() -> impl Strategy<Value = (AllowOrigin, bool)> {
    prop_oneof![
        6 => Just((AllowOrigin::default(), false)),
        2 => Just((AllowOrigin::predicate(|origin, _| is_asked_for(origin)), false)),
        1 => Just((AllowOrigin::any(), true)),
        1 => Just((AllowOrigin::mirror_request(), true)),
    ]
}

fn listed() -> impl Strategy<Value = Vec<String>> {
    subsequence(&PATTERNS[..], 0..PATTERNS.len())
        .prop_map(|patterns| patterns.into_iter().map(str::to_owned).collect())
}

fn names<T: Clone + std::fmt::Debug + 'static>(some: Vec<T>) -> impl Strategy<Value = Names<T>> {
    let len = some.len();
    prop_oneof![
        4 => subsequence(some, 0..=len).prop_map(Names::Listed),
        1 => Just(Names::Any),
        1 => Just(Names::Mirror),
    ]
}

fn credentials() -> impl Strategy<Value = Option<AllowCredentials>> {
    let asked = AllowCredentials::predicate(|origin, _| is_asked_for(origin));
    prop_oneof![Just(None), Just(Some(AllowCredentials::yes())), Just(Some(asked))]
}

fn enforcement() -> impl Strategy<Value = Enforce> {
    prop_oneof![
        2 => Just(Enforce::Off),
        1 => Just(Enforce::SameOrigin),
        1 => Just(Enforce::ListedOnly),
    ]
}

fn setups() -> impl Strategy<Value = Setup> {
    let methods = names(vec![Method::PUT, Method::PATCH, Method::OPTIONS]);
    let headers = names(["x-a", "x-b", "content-type"].map(HeaderName::from_static).to_vec());
    let fixed = option::weighted(0.15, select(vec!["https://example.com", "http://localhost"]));
    let rest = (fixed, any::<bool>(), any::<bool>(), credentials(), enforcement());
    (listed(), origins(), methods, headers, rest).prop_map(
        |(listed, (origin, is_everyone), methods, headers, rest)| {
            let (fixed, null, asks_async, credentials, enforce) = rest;
            let dangerous = if null { vec!["null"] } else { vec![] };
            let asks_async = asks_async && fixed.is_none();
            let setup = Setup {
                listed,
                origin,
                fixed,
                dangerous,
                asks_async,
                methods,
                headers,
                credentials,
                enforce,
            };
            buildable(setup, is_everyone)
        },
    )
}

/// Leaves out what does not build.
fn buildable(setup: Setup, is_everyone: bool) -> Setup {
    let mut setup = if setup.fixed.is_some() {
        Setup { listed: vec![], origin: AllowOrigin::default(), dangerous: vec![], ..setup }
    } else if is_everyone {
        Setup { credentials: None, dangerous: vec![], enforce: Enforce::Off, ..setup }
    } else {
        setup
    };
    if setup.asks_async {
        setup.enforce = Enforce::Off;
    }
    if setup.credentials.is_some() {
        setup.dangerous.clear();
        setup.listed.retain(|pattern| pattern != "http://plain.example");
    }
    if setup.fixed.is_some() {
        setup.credentials = setup.credentials.map(|_| AllowCredentials::yes());
    }
    setup
}

fn value(known: &'static [&'static str]) -> impl Strategy<Value = HeaderValue> {
    let bytes = prop_oneof![Just(b'\t'), b' '..=b'~', 0x80..=0xffu8];
    let hostile = vec(bytes, 0..700)
        .prop_map(|bytes| HeaderValue::from_bytes(&bytes).expect("a header value"));
    prop_oneof![12 => select(known).prop_map(HeaderValue::from_static), 1 => hostile]
}

/// No, one or several lines of a header.
fn lines(known: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<HeaderValue>> {
    prop_oneof![8 => vec(value(known), 1), 1 => vec(value(known), 0..=most)]
}

fn requests() -> impl Strategy<Value = Request<()>> {
    let method = select(vec!["GET", "HEAD", "POST", "DELETE", "OPTIONS", "OPTIONS", "OPTIONS"]);
    let uri = select(vec!["/users?secret=1", "*", "https://server.example/", "/\u{85}\u{202e}"]);
    let sites = vec(select(vec!["same-origin", "none", "same-site", "cross-site", ""]), 0..=2);
    let host = option::of(select(vec!["server.example", "example.com", "localhost"]));
    let few = prop_oneof![lines(&METHODS, 2), Just(vec![])];
    let place = (method, uri, prop_oneof![3 => Just(vec![]), 1 => sites], host);
    (place, lines(&ORIGINS, 2), few, lines(&HEADERS, 3)).prop_map(
        |((method, uri, sites, host), origins, methods, headers)| {
            let mut request = Request::builder().method(method).uri(uri);
            let named = [
                ("origin", origins),
                ("access-control-request-method", methods),
                ("access-control-request-headers", headers),
                ("sec-fetch-site", sites.into_iter().map(HeaderValue::from_static).collect()),
                ("host", host.into_iter().map(HeaderValue::from_static).collect()),
            ];
            for (name, values) in named {
                for value in values {
                    request = request.header(name, value);
                }
            }
            request.body(()).expect("a request")
        },
    )
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() }
}

#[test]
fn explanation_and_service_agree() {
    let seen = RefCell::new(BTreeSet::new());
    let agree = |(setup, request): (Setup, Request<()>)| {
        let explanation = explain(&setup.layer(false), &request);
        seen.borrow_mut().insert(explanation.outcome().to_string());
        seen.borrow_mut().extend(explanation.denial().map(|denial| denial.code().to_owned()));
        check_agreement(&setup, &request, &explanation)
    };
    TestRunner::new(config()).run(&(setups(), requests()), agree).unwrap();
    let seen = seen.into_inner();
    assert_eq!(seen.len(), 10, "every outcome and every denial comes up: {seen:?}");
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_unwise_is_suggested(setup in setups(), request in requests()) {
        let explanation = explain(&setup.layer(false), &request);
        let is_of_origin = matches!(
            explanation.denial(),
            Some(Denial::OriginMalformed | Denial::OriginNotAllowed | Denial::OriginNull)
        );
        if let Some(suggestion) = explanation.suggestion().filter(|_| is_of_origin) {
            prop_assert_eq!(explanation.denial(), Some(Denial::OriginNotAllowed));
            let origin = request.headers()["origin"].to_str();
            check_origin(&setup, suggestion, origin.expect("a serialized origin"))?;
        }
        prop_assert!(explanation.suggestion().is_none() || explanation.denial().is_some());
    }

    #[test]
    fn suggestions_lead_to_what_is_allowed(setup in setups(), request in requests()) {
        let mut followed = setup.clone();
        for _ in 0..3 {
            let explanation = explain(&followed.layer(true), &request);
            let Some(suggestion) = explanation.suggestion() else {
                break;
            };
            // A policy that enforces a fixed origin knows it only as a listed one.
            if followed.fixed.is_some() && followed.is_enforced() {
                break;
            }
            let before = explanation.denial();
            followed = followed.allow(suggestion);
            let layer = followed.layer(true).build();
            prop_assert!(layer.is_ok(), "{}: {}", suggestion, layer.unwrap_err());
            prop_assert_ne!(explain(&layer.expect("it is"), &request).denial(), before);
        }
    }

    #[test]
    fn texts_are_safe_and_bounded(setup in setups(), request in requests()) {
        let text = explain(&setup.layer(false), &request).to_string();
        prop_assert!(text.len() < 4_096, "{}", text.len());
        let lines: Vec<_> = text.split('\n').collect();
        prop_assert!(lines.len() <= 5, "{}", text);
        for (line, starts) in lines.iter().zip([&[""][..], NEXT, NEXT, NEXT, NEXT]) {
            prop_assert!(starts.iter().any(|start| line.starts_with(start)), "{}", text);
            prop_assert!(!line.contains(|c: char| c.is_control() || !is_printed(c)), "{}", text);
        }
        prop_assert!(!text.contains("secret"), "{}", text);
    }
}

const NEXT: &[&str] = &["  closest: \"", "  to allow it: .", "  and then: ", "  caution: "];

fn is_printed(c: char) -> bool {
    c.is_ascii() || c == '…'
}

fn check_agreement(
    setup: &Setup,
    request: &Request<()>,
    explanation: &Explanation,
) -> Result<(), TestCaseError> {
    let [no, yes] = [false, true].map(|answer| Served::by(&setup.layer(answer), request.clone()));
    let outcome = |served: &Served| served.outcome(request, setup.fixed);
    if explanation.outcome() == Outcome::Undecided {
        prop_assert!(setup.asks_async);
        prop_assert_eq!(outcome(&yes), Outcome::Allowed);
        prop_assert!(matches!(outcome(&no), Outcome::Denied | Outcome::SameOrigin));
        prop_assert_eq!(explanation.denial(), None);
    } else {
        prop_assert_eq!(outcome(&yes), explanation.outcome());
        prop_assert_eq!(outcome(&no), explanation.outcome());
        prop_assert_eq!(yes.denial, explanation.denial());
    }
    prop_assert_eq!(explanation.denial().is_some(), explanation.outcome() == Outcome::Denied);
    check_run(setup, request, &no)
}

/// Preflights never reach the inner service, nor does what enforcement refuses.
fn check_run(setup: &Setup, request: &Request<()>, served: &Served) -> Result<(), TestCaseError> {
    let has = |name| request.headers().contains_key(name);
    let is_preflight = request.method() == Method::OPTIONS
        && has("origin")
        && has("access-control-request-method");
    let is_refused = served.denial.is_some() && setup.is_enforced();
    prop_assert_eq!(served.ran, !is_preflight && !is_refused);
    let status = match (is_preflight, served.denial) {
        (true, Some(Denial::HeaderNotAllowed | Denial::MethodNotAllowed)) => 204,
        (true, _) if served.allowed_origin.is_some() => 204,
        (true, _) => 403,
        (false, _) => {
            if is_refused {
                403
            } else {
                200
            }
        }
    };
    prop_assert_eq!(served.status, status);
    Ok(())
}

/// The origins that imitate, each with whom.
const IMITATIONS: [(&str, &str); 9] = [
    ("chrome-extension://abcdefghijklmnoq", "chrome-extension://abcdefghijklmnop"),
    ("http://examp1e.com", "https://example.com"),
    ("https://app.examp1e.net", "https://app.example.net"),
    ("https://exam.ple.com", "https://example.com"),
    ("https://examp1e.com", "https://*.example.com"),
    ("https://examp1e.com", "https://example.com"),
    ("https://xexample.com", "https://*.example.com"),
    ("https://xexample.com", "https://example.com"),
    ("https://xn--bcher-kvb.example", "https://xn--bcher-kva.example"),
];

/// What is suggested is the origin, and it is none of those that are never suggested.
fn check_origin(setup: &Setup, suggestion: &str, origin: &str) -> Result<(), TestCaseError> {
    let allowed: Vec<_> = match setup.fixed {
        Some(fixed) => vec![fixed],
        None => setup.listed.iter().map(String::as_str).collect(),
    };
    let others = setup.fixed.map(|fixed| format!("\"{fixed}\", ")).filter(|_| !setup.is_enforced());
    let call = format!(".allow_origins([{}\"{origin}\"])", others.unwrap_or_default());
    prop_assert_eq!(suggestion.replace("([…, ", "(["), call);
    let is_one_of_several =
        !setup.listed.is_empty() || (setup.fixed.is_some() && setup.is_enforced());
    prop_assert!(!is_one_of_several || suggestion.contains('…'), "{}", suggestion);
    let imitated =
        IMITATIONS.iter().find(|(text, known)| origin == *text && allowed.contains(known));
    prop_assert_eq!(imitated, None);
    let is_loopback =
        ["http://localhost", "http://127."].iter().any(|start| origin.starts_with(start));
    prop_assert!(!origin.starts_with("http:") || is_loopback || setup.credentials.is_none());
    let is_known = allowed.contains(&"https://xn--bcher-kva.example");
    let is_friend = is_known && origin.contains("xn--bcher-kva.example");
    prop_assert!(!origin.contains("xn--") || is_friend);
    Ok(())
}
