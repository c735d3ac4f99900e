//! What a refusal leaves in the log.
#![cfg(feature = "tracing")]

use std::{
    collections::BTreeMap,
    convert::Infallible,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::FutureExt;
use http::{HeaderName, Method, Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cors::{AllowOrigin, Any, CorsLayer};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{
    layer::{Context, SubscriberExt},
    registry,
};

/// An event: its level, its target, and all its fields.
#[derive(Clone, Debug)]
struct Told {
    level: Level,
    target: String,
    fields: BTreeMap<&'static str, String>,
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<Told>>>);

impl<S: Subscriber> tracing_subscriber::Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let (level, target) = (*event.metadata().level(), event.metadata().target().to_owned());
        let told = Told { level, target, fields: fields.0 };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(told);
    }
}

#[derive(Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Log {
    fn take(&self) -> Vec<Told> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What is told while `work` runs, at `level` and above.
fn told(level: LevelFilter, work: impl FnOnce()) -> Vec<Told> {
    let log = Log::default();
    tracing::subscriber::with_default(registry().with(level).with(log.clone()), work);
    log.take()
}

fn layer() -> CorsLayer {
    CorsLayer::new()
        .allow_origins(["https://app.example.com", "https://*.example.org"])
        .allow_methods([Method::PUT])
        .allow_headers([HeaderName::from_static("x-a")])
}

type Headers<'a> = &'a [(&'a str, &'a [u8])];

/// Serves requests with these headers, in this order, by one service.
fn serve(cors: &CorsLayer, requests: &[(Method, &str, Headers<'_>)]) {
    let service =
        cors.layer(service_fn(|_: Request<()>| async { Ok::<_, Infallible>(Response::new(())) }));
    for (method, uri, headers) in requests {
        let mut request = Request::builder().method(method).uri(*uri);
        for (name, value) in *headers {
            request = request.header(*name, *value);
        }
        let answer = service.clone().oneshot(request.body(()).expect("the request is valid"));
        answer.now_or_never().expect("nothing is waited for").expect("nothing fails");
    }
}

fn fields(told: &Told) -> Vec<(&str, &str)> {
    told.fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

const GET: Method = Method::GET;
const PUT: Method = Method::PUT;
const OPTIONS: Method = Method::OPTIONS;
const APP: &[u8] = b"https://app.example.com";
const EVIL: &[u8] = b"https://evil.example";

#[test]
fn each_refusal_is_one_event_and_nothing_else_is() {
    let told = told(LevelFilter::DEBUG, || {
        serve(
            &layer(),
            &[
                (GET, "/", &[]),
                (GET, "/", &[("origin", APP)]),
                (PUT, "/users?token=secret", &[("origin", b"https://app.example.com:8443")]),
                (OPTIONS, "/", &[("origin", APP), ("access-control-request-method", b"DELETE")]),
                (
                    OPTIONS,
                    "/",
                    &[
                        ("origin", APP),
                        ("access-control-request-method", b"PUT"),
                        ("access-control-request-headers", b"x-a,x-b"),
                    ],
                ),
                (OPTIONS, "/", &[("origin", EVIL), ("access-control-request-method", b"PUT")]),
                // Of the API's own page: no refusal.
                (
                    Method::POST,
                    "/",
                    &[("origin", b"https://api.example"), ("host", b"api.example")],
                ),
            ],
        );
    });
    let all: Vec<_> = told.iter().map(fields).collect();
    assert_eq!(
        all,
        [
            vec![
                ("hint", "closest: \"https://app.example.com\": the port differs"),
                ("left_out", "0"),
                ("message", "the origin is not allowed"),
                ("method", "PUT"),
                ("origin", "https://app.example.com:8443"),
                ("outcome", "denied"),
                ("path", "/users"),
                ("reason", "origin-not-allowed"),
            ],
            vec![
                (
                    "hint",
                    "method \"DELETE\" is not allowed; to allow it: .allow_methods([…, Method::DELETE])"
                ),
                ("message", "the requested method is not allowed"),
                ("method", "OPTIONS"),
                ("origin", "https://app.example.com"),
                ("outcome", "denied, not run"),
                ("path", "/"),
                ("reason", "method-not-allowed"),
            ],
            vec![
                (
                    "hint",
                    "header \"x-b\" is not allowed; to allow it: .allow_headers([…, HeaderName::from_static(\"x-b\")])"
                ),
                ("message", "a requested header is not allowed"),
                ("method", "OPTIONS"),
                ("origin", "https://app.example.com"),
                ("outcome", "denied, not run"),
                ("path", "/"),
                ("reason", "header-not-allowed"),
            ],
            vec![
                ("hint", ""),
                ("message", "the origin is not allowed"),
                ("method", "OPTIONS"),
                ("origin", "https://evil.example"),
                ("outcome", "denied, not run"),
                ("path", "/"),
                ("reason", "origin-not-allowed"),
            ],
        ]
    );
    let levels: Vec<_> = told.iter().map(|told| told.level).collect();
    assert_eq!(levels, [Level::WARN, Level::DEBUG, Level::DEBUG, Level::DEBUG]);
    assert!(told.iter().all(|told| told.target == "tower_cors"));
}

#[test]
fn hostile_values_are_escaped_and_cut() {
    let long = [&b"https://"[..], &[b'a'; 4_000]].concat();
    let path = format!("/{}", "a".repeat(4_000));
    let told = told(LevelFilter::DEBUG, || {
        serve(
            &layer(),
            &[
                (GET, "/", &[("origin", b"https://evil\xff\x80\t.example")]),
                (GET, &path, &[("origin", &long)]),
                (GET, "/", &[("origin", b"chrome-extension://kmendfapggjehodndflmmgagdbamhnfd")]),
                (GET, "/", &[("origin", EVIL), ("origin", EVIL)]),
                (GET, "/", &[("origin", b"null")]),
            ],
        );
    });
    let origins: Vec<_> = told.iter().map(|told| told.fields["origin"].as_str()).collect();
    let cut = format!("https://{}…", "a".repeat(120));
    assert_eq!(
        origins,
        [r"https://evil\xff\x80\t.example", &cut, "chrome-extension://…", "several", "null"]
    );
    assert_eq!(told[1].fields["path"], format!("/{}…", "a".repeat(127)));
    for value in told.iter().flat_map(|told| told.fields.values()) {
        assert!(!value.contains(char::is_control) && value.len() < 200, "{value:?}");
    }
}

#[test]
fn origins_can_be_left_out() {
    let told = told(LevelFilter::DEBUG, || {
        serve(&layer().trace_origins(false), &[(GET, "/", &[("origin", EVIL)])]);
    });
    assert_eq!(told[0].fields["origin"], "…");
}

#[test]
fn what_an_async_predicate_refuses_is_told_when_it_has_answered() {
    for (allows, expected) in [(true, 0), (false, 1)] {
        let cors = CorsLayer::new()
            .allow_origin(AllowOrigin::async_predicate(move |_, _| async move { allows }));
        let told = told(LevelFilter::DEBUG, || {
            serve(&cors, &[(GET, "/", &[("origin", EVIL)])]);
        });
        assert_eq!(told.len(), expected);
        assert!(told.iter().all(|told| told.fields["reason"] == "origin-not-allowed"));
    }
}

#[test]
fn what_nobody_hears_is_not_counted() {
    let refused: &[(Method, &str, Headers<'_>)] = &[(GET, "/", &[("origin", EVIL)])];
    let layer = layer();
    let silent = told(LevelFilter::OFF, || serve(&layer, refused));
    assert!(silent.is_empty());
    let told = told(LevelFilter::WARN, || serve(&layer, refused));
    assert_eq!(told.iter().map(|told| told.level).collect::<Vec<_>>(), [Level::WARN]);
    assert_eq!(told[0].fields["left_out"], "0");
}

#[test]
fn a_hint_names_the_pattern_that_comes_closest() {
    let layer = CorsLayer::new().allow_origins([
        "http://localhost:5173",
        "https://a.example:1",
        "https://app.example.com",
        "https://*.example.org",
        "http://*.b.example",
        "http://*.c.example:*",
    ]);
    for (origin, hint) in [
        ("http://app.example.com", "closest: \"https://app.example.com\": the scheme differs"),
        (
            "https://www.app.example.com",
            "closest: \"https://app.example.com\": the origin has a label more",
        ),
        (
            "https://example.org",
            "closest: \"https://*.example.org\": it stands for the subdomains, not for the host itself",
        ),
        ("http://localhost:5174", "closest: \"http://localhost:5173\": the port differs"),
        ("https://a.example:2", "closest: \"https://a.example:1\": the port differs"),
        (
            "http://127.0.0.1:5173",
            "closest: \"http://localhost:5173\": another name of the same machine is another origin",
        ),
        ("http://127.0.0.2:5173", ""),
        (
            "http://b.example",
            "closest: \"http://*.b.example\": it stands for the subdomains, not for the host itself",
        ),
        (
            "http://c.example:1",
            "closest: \"http://*.c.example:*\": it stands for the subdomains, not for the host itself",
        ),
    ] {
        let told = told(LevelFilter::DEBUG, || {
            serve(&layer, &[(GET, "/", &[("origin", origin.as_bytes())])]);
        });
        assert_eq!(told[0].fields["hint"], hint, "{origin}");
    }
}

#[test]
fn a_hint_about_the_origin_is_no_hint_about_the_method() {
    let origins = AllowOrigin::patterns(["https://app.example.com"])
        .or(AllowOrigin::async_predicate(|_, _| async { true }));
    let told = told(LevelFilter::DEBUG, || {
        let asked: Headers<'_> = &[
            ("origin", b"https://app.example.com:8443"),
            ("access-control-request-method", b"DELETE"),
        ];
        serve(&CorsLayer::new().allow_origin(origins), &[(OPTIONS, "/", asked)]);
    });
    let all: Vec<_> =
        told.iter().map(|told| (&*told.fields["reason"], &*told.fields["hint"])).collect();
    assert_eq!(all, [("method-not-allowed", "")]);
}

#[test]
fn an_enforced_refusal_says_that_nothing_was_run() {
    let told = told(LevelFilter::DEBUG, || {
        serve(&layer().enforce_origins(true), &[(GET, "/", &[("origin", EVIL)])]);
    });
    assert_eq!(told[0].fields["outcome"], "denied, not run");
}

#[test]
fn an_enforced_refusal_of_a_request_without_origin_names_none() {
    let told = told(LevelFilter::DEBUG, || {
        let foreign: Headers<'_> = &[("sec-fetch-site", b"cross-site")];
        serve(&layer().enforce_origins(true), &[(Method::POST, "/", foreign)]);
    });
    let all: Vec<_> = told.iter().map(fields).collect();
    assert_eq!(
        all,
        [[
            ("hint", ""),
            ("left_out", "0"),
            ("message", "the origin is not allowed"),
            ("method", "POST"),
            ("origin", ""),
            ("outcome", "denied, not run"),
            ("path", "/"),
            ("reason", "origin-not-allowed"),
        ]]
    );
}

#[test]
fn warnings_of_the_configuration_are_told_once() {
    let told = told(LevelFilter::WARN, || {
        let cors = layer().allow_methods([Method::OPTIONS]).build().unwrap();
        serve(&cors, &[(GET, "/", &[]), (GET, "/", &[])]);
        serve(&cors.clone(), &[(GET, "/", &[])]);
    });
    let codes: Vec<_> = told.iter().map(|told| told.fields["code"].as_str()).collect();
    assert_eq!(codes, ["options-listed"]);
    assert!(told[0].fields["message"].starts_with("allow_methods \"OPTIONS\": "));
}

/// How loudly a refusal is told, and whether its origin is, is the policy's that refuses.
#[test]
fn a_refusal_is_told_by_the_policy_of_its_branch() {
    let partners = CorsLayer::new().allow_origins(["https://partner.example"]);
    let cors = layer()
        .when(|target| target.uri().path() == "/partners", partners.trace_origins(false))
        .when(|target| target.uri().path() == "/public", CorsLayer::new().allow_origin(Any))
        .when(|target| target.uri().path() == "/admin", CorsLayer::new().enforce_origins(true));
    let told = told(LevelFilter::DEBUG, || {
        let foreign: Headers<'_> = &[("origin", b"https://partner.example:8443")];
        let paths = ["/", "/public", "/partners", "/admin", "/partners"];
        serve(&cors, &paths.map(|path| (GET, path, foreign)));
    });
    let all: Vec<_> = told
        .iter()
        .map(|told| {
            let field = |name| told.fields[name].as_str();
            (told.level, field("path"), field("origin"), field("hint"), field("outcome"))
        })
        .collect();
    let origin = "https://partner.example:8443";
    let hint = "closest: \"https://partner.example\": the port differs";
    assert_eq!(
        all,
        [
            (Level::WARN, "/", origin, "", "denied"),
            (Level::WARN, "/partners", "…", hint, "denied"),
            (Level::WARN, "/admin", origin, "", "denied, not run"),
            (Level::DEBUG, "/partners", "…", hint, "denied"),
        ]
    );
}

#[test]
fn warnings_of_branches_are_told_with_their_number() {
    let told = told(LevelFilter::WARN, || {
        let branch = layer().allow_methods([Method::OPTIONS]);
        let cors = layer().when(|_| false, layer()).when(|_| true, branch).build().unwrap();
        serve(&cors, &[(GET, "/", &[])]);
    });
    let all: Vec<_> = told
        .iter()
        .map(|told| (told.fields["code"].as_str(), told.fields["message"].split(':').next()))
        .collect();
    assert_eq!(all, [("options-listed", Some("when[1].allow_methods \"OPTIONS\""))]);
}

#[test]
fn a_policy_without_refusals_is_silent() {
    let told = told(LevelFilter::TRACE, || {
        serve(&CorsLayer::new().allow_origin(Any), &[(GET, "/", &[("origin", EVIL)])]);
    });
    assert!(told.is_empty(), "{told:?}");
}

/// A change is told once; that it lets far more pages read, as a warning.
#[cfg(feature = "reload")]
#[test]
fn a_reload_is_told() {
    let (_, handle) = layer().reloadable().unwrap();
    let told = told(LevelFilter::INFO, || {
        let _change =
            handle.reload(CorsLayer::new().allow_origins(["https://new.example"])).unwrap();
        let _change = handle.reload(CorsLayer::new().allow_origin(Any)).unwrap();
        handle.reload(CorsLayer::new().allow_origins(["new.example"])).unwrap_err();
    });
    let all: Vec<_> = told.iter().map(|told| (told.level, fields(told))).collect();
    let change = |text| vec![("closed", "2"), ("message", text), ("opened", "1")];
    let bold = "policy reloaded: opened *; newly allows any origin";
    assert_eq!(
        all,
        [
            (
                Level::INFO,
                change(
                    "policy reloaded: opened https://new.example; \
                     closed https://app.example.com, https://*.example.org"
                )
            ),
            (Level::WARN, vec![("closed", "0"), ("message", bold), ("opened", "1")]),
        ]
    );
    assert!(told.iter().all(|told| told.target == "tower_cors"));
}
