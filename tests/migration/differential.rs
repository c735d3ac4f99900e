//! Random configurations and requests, through both crates: what differs is intended, and what
//! is intended differs.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use proptest::{
    collection::vec,
    option,
    prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof},
    sample::{select, subsequence},
    test_runner::{Config as Proptest, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use tower::Layer;
use tower_cors::{ConfigError, Problem};

use crate::{
    case::{
        APP, Age, Answer, Asked, Base, Case, Config, Credentials, Inner, Names, Origins,
        with_tower_cors, with_tower_http,
    },
    intended::{INSECURE, REANSWERED, REFUSED, REREAD, UNSERIALIZED, UNUSABLE_METHODS},
};

const CASES: u32 = 8192;

/// Origins that any configuration may list.
const SOUND: [&str; 5] = [
    APP,
    "https://www.example.com",
    "https://api.example.com:8443",
    "http://localhost:3000",
    "tauri://localhost",
];

#[test]
fn every_difference_is_intended_and_met() {
    let named = intended();
    let met = RefCell::new(named.iter().map(|(name, _)| (*name, 0)).collect::<BTreeMap<_, u32>>());
    assert_eq!(met.borrow().len(), named.len(), "no name is given twice");

    let config = Proptest { cases: CASES, failure_persistence: None, ..Proptest::default() };
    let seeded = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, seeded).run(&case(), |case| {
        for name in differences(&case)? {
            *met.borrow_mut().entry(name).or_default() += 1;
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    for (name, why) in named {
        let times = met.borrow()[name];
        println!("{name}: {why} ({times} of {CASES} cases)");
        assert!(times > 0, "{name}: no case met it");
    }
}

/// What tower-http panics on, and so is not among the generated cases.
#[test]
fn where_tower_http_panics() {
    let with = |edit: fn(&mut Config)| {
        let mut config = Config {
            origin: Some(Origins::List(vec![APP])),
            credentials: Some(Credentials::Yes),
            ..Config::default()
        };
        edit(&mut config);
        config
    };
    let rows = [
        ("any method with credentials", with(|config| config.methods = Some(Names::Any)), None),
        ("any header with credentials", with(|config| config.headers = Some(Names::Any)), None),
        (
            "anything exposed with credentials",
            with(|config| config.expose = Some(Names::Any)),
            None,
        ),
        (
            "any origin with credentials",
            with(|config| config.origin = Some(Origins::Any)),
            Some("any-origin-with-credentials"),
        ),
        (
            "any origin in a list",
            with(|config| config.origin = Some(Origins::List(vec![APP, "*"]))),
            Some("origin-any"),
        ),
    ];
    for (name, config, problem) in rows {
        let panics = std::panic::catch_unwind(|| with_tower_http::layer(&config).layer(()));
        assert!(panics.is_err(), "{name}");
        let problems = with_tower_cors::layer(&config).build().err();
        let codes =
            problems.iter().flat_map(ConfigError::problems).map(Problem::code).collect::<Vec<_>>();
        assert_eq!(codes, problem.into_iter().collect::<Vec<_>>(), "{name}");
    }
}

/// Names and reasons.
fn intended() -> Vec<(&'static str, &'static str)> {
    let refused = REFUSED.iter().map(|entry| (entry.name, entry.why));
    let reread = REREAD.iter().map(|entry| (entry.name, entry.why));
    let reanswered = REANSWERED.iter().map(|entry| (entry.name, entry.why));
    refused.chain(reread).chain(reanswered).collect()
}

/// The names of the differences that account for all of what differs.
fn differences(case: &Case) -> Result<Vec<&'static str>, TestCaseError> {
    let refused = REFUSED.iter().map(|entry| (entry.name, (entry.problems)(&case.config)));
    let refused = refused.filter(|(_, codes)| !codes.is_empty()).collect::<Vec<_>>();
    let codes = refused.iter().flat_map(|(_, codes)| codes).copied().collect::<BTreeSet<_>>();
    match with_tower_cors::layer(&case.config).build() {
        Err(error) => {
            let problems = error.problems().iter().map(Problem::code).collect::<BTreeSet<_>>();
            prop_assert_eq!(problems, codes, "{}", error);
            Ok(refused.into_iter().map(|(name, _)| name).collect())
        }
        Ok(layer) => {
            prop_assert!(refused.is_empty(), "should not build: {:?}", refused);
            let (expected, names) = expected(case);
            prop_assert_eq!(case.through(&layer).sorted(), expected, "by {:?}", names);
            Ok(names)
        }
    }
}

/// Tower-http's answer with every intended difference applied, and the names of those that made one.
fn expected(case: &Case) -> (Answer, Vec<&'static str>) {
    let mut names = Vec::new();
    let mut case = case.clone();
    let mut answer = case.through(&with_tower_http::layer(&case.config));
    for entry in &REREAD {
        (entry.edit)(&mut case);
        let reread = case.through(&with_tower_http::layer(&case.config));
        if reread != answer {
            names.push(entry.name);
        }
        answer = reread;
    }
    for entry in &REANSWERED {
        let before = answer.clone();
        (entry.edit)(&case, &mut answer);
        if answer != before {
            names.push(entry.name);
        }
    }
    (answer.sorted(), names)
}

fn case() -> impl Strategy<Value = Case> {
    (config(), asked(), inner()).prop_map(|(config, asked, inner)| Case { config, asked, inner })
}

fn config() -> impl Strategy<Value = Config> {
    let base = prop_oneof![8 => Just(Base::New), 1 => Just(Base::Permissive), 1 => Just(Base::VeryPermissive)];
    let credentials = select(vec![Credentials::No, Credentials::OnlyForApp, Credentials::Yes]);
    let methods = names(&["GET", "PUT", "PATCH", "OPTIONS", "patch"], &["*", "TRACE"]);
    let headers = names(
        &["x-a", "x-b", "authorization", "content-type"],
        &["*", "cookie", "origin", "access-control-allow-origin"],
    );
    let expose = names(&["x-total", "etag", "grpc-status"], &["*", "set-cookie", "origin"])
        .prop_map(|names| if names == Names::Mirror { Names::Any } else { names });
    let max_age = (
        select(vec![0, 1, 500, 600_000, 86_400_500]).prop_map(Duration::from_millis),
        any::<bool>(),
    );
    let max_age =
        max_age.prop_map(|(age, exact)| if exact { Age::Exact(age) } else { Age::ByOrigin(age) });
    let vary = vec![
        header::ORIGIN,
        header::ACCEPT_LANGUAGE,
        header::ACCESS_CONTROL_REQUEST_METHOD,
        HeaderName::from_static("x-tenant"),
    ];
    let vary = subsequence(vary, 0..=3);
    let settings =
        (option::of(credentials), option::of(methods), option::of(headers), option::of(expose));
    (
        base,
        option::weighted(0.9, origins()),
        settings,
        option::of(max_age),
        option::weighted(0.2, vary),
    )
        .prop_map(|(base, origin, (credentials, methods, headers, expose), max_age, vary)| {
            accepted_by_tower_http(Config {
                base,
                origin,
                credentials,
                methods,
                headers,
                expose,
                max_age,
                vary,
            })
        })
}

/// Tower-http panics on a `*` beside `AllowCredentials::yes`; beside a predicate it does not look.
fn accepted_by_tower_http(mut config: Config) -> Config {
    let wildcard = |names: Names| names == Names::Any || names == Names::List(vec!["*"]);
    let wildcards =
        [config.methods(), config.headers(), config.expose()].map(wildcard).contains(&true);
    if config.credentials() == Credentials::Yes && (wildcards || config.origin() == Origins::Any) {
        config.credentials = Some(Credentials::OnlyForApp);
    }
    config
}

fn origins() -> impl Strategy<Value = Origins> {
    let listed = || {
        prop_oneof![
            16 => select(SOUND.to_vec()),
            1 => Just(INSECURE),
            1 => Just("null"),
            1 => select(UNSERIALIZED.map(|(origin, _)| origin).to_vec()),
        ]
    };
    prop_oneof![
        2 => Just(Origins::Any),
        1 => Just(Origins::AsyncPredicate),
        3 => prop_oneof![9 => listed(), 1 => Just("*")].prop_map(Origins::Exact),
        4 => vec(listed(), 0..=4).prop_map(Origins::List),
        2 => Just(Origins::Mirror),
        2 => Just(Origins::Predicate),
    ]
}

fn names(
    good: &'static [&'static str],
    bad: &'static [&'static str],
) -> impl Strategy<Value = Names> {
    let name = prop_oneof![24 => select(good), 1 => select(bad)];
    let list = vec(name, 0..=3).prop_map(Names::List);
    prop_oneof![2 => Just(Names::Any), 4 => list, 2 => Just(Names::Mirror)]
}

fn asked() -> impl Strategy<Value = Asked> {
    let method = prop_oneof![
        6 => Just(Method::OPTIONS),
        4 => select(vec![Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH]),
    ];
    let origin = prop_oneof![
        8 => Just(APP),
        4 => select(SOUND.to_vec()),
        3 => select(vec!["https://stranger.example", "https://new.example.com", INSECURE]),
        1 => Just("null"),
        1 => select(UNSERIALIZED.map(|(origin, _)| origin).to_vec()),
    ];
    let origin = prop_oneof![
        30 => origin.prop_map(HeaderValue::from_static),
        1 => Just(bytes(b"https://\xff.example.com")),
    ];
    let request_method = prop_oneof![
        10 => select(vec![&b"GET"[..], b"POST", b"PUT", b"PATCH", b"patch", b"PURGE"]),
        2 => select(UNUSABLE_METHODS.to_vec()),
    ];
    let request_headers = select(vec![
        &b"x-a"[..],
        b"x-a,x-b",
        b"X-A, authorization",
        b",x-b ,,\tcontent-type,",
        b"*",
        b"",
        b"x-unlisted, not a name, x-a",
    ]);
    let endless = "x,".repeat(257);
    let request_headers = prop_oneof![
        15 => request_headers.prop_map(bytes),
        1 => Just(bytes(endless.as_bytes())),
    ];
    (method, lines(origin), lines(request_method.prop_map(bytes)), lines(request_headers)).prop_map(
        |(method, origin, request_method, request_headers)| Asked {
            method,
            origin,
            request_method,
            request_headers,
        },
    )
}

fn lines(
    line: impl Strategy<Value = HeaderValue> + Clone,
) -> impl Strategy<Value = Vec<HeaderValue>> {
    prop_oneof![3 => Just(Vec::new()), 12 => line.clone().prop_map(|line| vec![line]), 1 => vec(line, 2)]
}

fn bytes(value: &[u8]) -> HeaderValue {
    HeaderValue::from_bytes(value).expect("pools hold header values")
}

fn inner() -> impl Strategy<Value = Inner> {
    let status = select(vec![200, 204, 304, 401, 500])
        .prop_map(|status| StatusCode::from_u16(status).expect("pools hold statuses"));
    let own = [
        ("x-total", "7"),
        ("etag", "\"a\""),
        ("content-type", "text/plain"),
        ("set-cookie", "a=b"),
        ("connection", "close"),
    ];
    let cors = [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-origin", APP),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "DELETE"),
        ("access-control-allow-headers", "x-upstream"),
        ("access-control-expose-headers", "x-upstream"),
        ("access-control-max-age", "5"),
    ];
    let vary = [
        ("vary", "accept-encoding"),
        ("vary", "Origin"),
        ("vary", "accept , ORIGIN"),
        ("vary", "*"),
        ("vary", ""),
    ];
    let headers = (
        subsequence(own.to_vec(), 0..=5),
        option::weighted(0.3, subsequence(cors.to_vec(), 1..=7)),
        option::weighted(0.4, vec(select(vary.to_vec()), 1..=2)),
    );
    let headers = headers.prop_map(|(own, cors, vary)| {
        let all = own.into_iter().chain(cors.unwrap_or_default()).chain(vary.unwrap_or_default());
        all.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    });
    (option::weighted(0.05, Just(())), status, headers).prop_map(|(fails, status, headers)| Inner {
        fails: fails.is_some(),
        status,
        headers,
    })
}
