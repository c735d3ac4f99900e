//! What is written reads back: generated configurations, in all three formats.

use std::{collections::BTreeSet, convert::Infallible, future::ready, time::Duration};

use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use proptest::{collection::vec, option, prelude::*, sample::select};
use tower::{Layer, Service, service_fn};
use tower_cors::{AllowHeaders, AllowMethods, AllowOrigin, Any, CorsLayer, Enforce, ExposeHeaders};

use crate::{json, toml, yaml};

const PATTERNS: [&str; 12] = [
    "https://example.com",
    "https://*.example.com",
    "https://*.example.com:*",
    "https://a.b.example.com",
    "https://a.example.com:8443",
    "http://localhost:*",
    "http://localhost:3000",
    "http://127.0.0.1",
    "http://[::1]:3000",
    "tauri://localhost",
    "http://insecure.example",
    "http://*.insecure.example:*",
];

const ORIGINS: [&str; 14] = [
    "https://example.com",
    "https://example.com:8443",
    "https://a.example.com",
    "https://a.b.example.com",
    "https://a.example.com:8443",
    "http://localhost",
    "http://localhost:3000",
    "http://127.0.0.1",
    "http://[::1]:3000",
    "tauri://localhost",
    "http://insecure.example",
    "http://a.insecure.example:81",
    "https://stranger.example",
    "null",
];

const METHODS: [&str; 6] = ["GET", "PUT", "DELETE", "patch", "OPTIONS", "X-a!"];

const NAMES: [&str; 6] = ["accept", "content-type", "x-a", "x-b", "etag", "accept-language"];

fn origin() -> impl Strategy<Value = AllowOrigin> {
    prop_oneof![
        8 => vec(select(&PATTERNS), 0..6).prop_map(AllowOrigin::patterns),
        2 => vec(select(&PATTERNS), 0..4).prop_map(|patterns| {
            let literals = patterns.into_iter().filter(|pattern| !pattern.contains('*'));
            AllowOrigin::list(literals.map(HeaderValue::from_static)).or("https://example.com")
        }),
        1 => Just(AllowOrigin::any()),
        1 => Just(AllowOrigin::mirror_request()),
        1 => Just(AllowOrigin::fixed(HeaderValue::from_static("https://example.com"))),
    ]
}

fn methods() -> impl Strategy<Value = AllowMethods> {
    prop_oneof![
        4 => vec(select(&METHODS), 0..5).prop_map(|methods| {
            AllowMethods::list(methods.into_iter().map(|method| method.parse::<Method>().expect("a token")))
        }),
        1 => Just(Any.into()),
        1 => Just(AllowMethods::mirror_request()),
    ]
}

fn names() -> impl Strategy<Value = Vec<HeaderName>> {
    vec(select(&NAMES).prop_map(HeaderName::from_static), 0..5)
}

fn headers() -> impl Strategy<Value = AllowHeaders> {
    prop_oneof![
        4 => names().prop_map(AllowHeaders::list),
        1 => Just(Any.into()),
        1 => Just(AllowHeaders::mirror_request()),
    ]
}

fn exposed() -> impl Strategy<Value = ExposeHeaders> {
    prop_oneof![4 => names().prop_map(ExposeHeaders::list), 1 => Just(Any.into())]
}

prop_compose! {
    fn configuration()(
        origin in origin(),
        dangerous in prop_oneof![
            2 => Just(Vec::new()),
            1 => vec(prop_oneof![5 => select(&PATTERNS), 1 => Just("null")], 0..4),
        ],
        credentials in any::<bool>(),
        methods in methods(),
        headers in headers(),
        exposed in exposed(),
        enforce in select(&[Enforce::Off, Enforce::SameOrigin, Enforce::ListedOnly]),
        max_age in option::of(0_u64..1_000_000),
        status in option::of(200_u16..300),
        vary in prop_oneof![Just(Vec::new()), names(), Just(vec![header::ORIGIN])],
    ) -> CorsLayer {
        let mut layer = CorsLayer::new()
            .allow_origin(origin)
            .dangerously_allow_origins(dangerous)
            .allow_credentials(credentials)
            .allow_methods(methods)
            .allow_headers(headers)
            .expose_headers(exposed)
            .enforce_origins(enforce)
            .vary(vary);
        if let Some(seconds) = max_age {
            layer = layer.max_age(Duration::from_secs(seconds));
        }
        if let Some(status) = status {
            layer = layer.preflight_status(StatusCode::from_u16(status).expect("a success"));
        }
        layer
    }
}

/// What each origin is answered, without the order in lists.
fn answers(layer: &CorsLayer) -> Vec<BTreeSet<String>> {
    let preflight = |method: &'static str, name: &'static str| {
        Request::builder()
            .method(Method::OPTIONS)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, method)
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, name)
    };
    let mut answers = vec![answer(layer, Request::builder())];
    for origin in ORIGINS {
        let requests = [Request::builder(), preflight("PUT", "x-a"), preflight("PATCH", "x-c")];
        let from = |request: http::request::Builder| request.header(header::ORIGIN, origin);
        answers.extend(requests.map(|request| answer(layer, from(request))));
    }
    answers
}

fn answer(layer: &CorsLayer, request: http::request::Builder) -> BTreeSet<String> {
    let inner = |_: Request<()>| {
        let response = Response::builder().header("x-inner", "ran").header("etag", "\"1\"");
        ready(Ok::<_, Infallible>(response.body(()).expect("its headers are valid")))
    };
    let request = request.body(()).expect("it is valid");
    let answered = layer.layer(service_fn(inner)).call(request).now_or_never();
    let response = answered.expect("nothing waits").expect("nothing fails");
    let headers = response.headers().iter().map(|(name, value)| {
        let values = value.to_str().expect("it is ASCII").split(',').map(str::trim);
        format!("{name}: {:?}", values.collect::<BTreeSet<_>>())
    });
    headers.chain([response.status().to_string()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(layer in configuration()) {
        let Ok(layer) = layer.build() else { return Ok(()) };
        let (in_json, in_toml, in_yaml) = (
            serde_json::to_string(&layer).unwrap(),
            ::toml::to_string(&layer).unwrap(),
            serde_yaml_ng::to_string(&layer).unwrap(),
        );
        for read in [json(&in_json), toml(&in_toml), yaml(&in_yaml)] {
            let read = read.accept_dangerous_config().build().unwrap();
            prop_assert_eq!(&serde_json::to_string(&read).unwrap(), &in_json);
            prop_assert_eq!(&::toml::to_string(&read).unwrap(), &in_toml);
            prop_assert_eq!(&serde_yaml_ng::to_string(&read).unwrap(), &in_yaml);
            prop_assert_eq!(answers(&read), answers(&layer));
        }
    }
}

/// Else the test above could pass by leaving everything out.
#[test]
fn most_generated_configurations_build() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let layers = (0..200).map(|_| configuration().new_tree(&mut runner).unwrap().current());
    let built = layers.filter(|layer| layer.clone().build().is_ok()).count();
    assert!(built > 60, "only {built} of 200");
}
