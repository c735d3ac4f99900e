//! What allocates, and what does not: applying a layer, cloning, and requests that are allowed.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    hint::black_box,
    task::{Context, Poll},
    time::Duration,
};

use allocation_counter::measure;
use bytes::Bytes;
use futures_util::FutureExt;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode,
    header::{
        ACCEPT, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_HEADERS,
        ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION, CONTENT_TYPE, ETAG, HOST, ORIGIN, USER_AGENT,
        VARY,
    },
};
use tower::{Layer, Service};
use tower_cors::{
    AllowCredentials, AllowOrigin, Any, Cors, CorsLayer, Denial, Enforce, OriginSet, Target,
};

const APP: &str = "https://app.example.com";
const STRANGER: &str = "https://stranger.example";

/// Answers with the response that it was given, so that it allocates nothing itself.
#[derive(Clone, Default)]
struct Inner(Option<Response<()>>);

impl Service<Request<()>> for Inner {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        drop(request);
        ready(Ok(self.0.take().expect("asked once")))
    }
}

/// How often something allocates, and what it makes.
fn count<T>(run: impl FnOnce() -> T) -> (u64, T) {
    let mut made = None;
    let info = measure(|| made = Some(black_box(run())));
    (info.count_total, made.expect("it ran"))
}

/// A head as hyper reads it: all values are slices of one buffer.
fn request(method: Method, headers: &[(HeaderName, &str)]) -> Request<()> {
    let texts: Vec<&str> = headers.iter().map(|(_, value)| *value).collect();
    let buffer = Bytes::from(texts.concat());
    let mut map = HeaderMap::with_capacity(16);
    let mut start = 0;
    for (name, value) in headers {
        let end = start + value.len();
        let slice = HeaderValue::from_maybe_shared(buffer.slice(start..end)).expect("visible");
        map.insert(name, slice);
        start = end;
    }
    let mut request = Request::new(());
    *request.method_mut() = method;
    *request.headers_mut() = map;
    request
}

fn actual(origin: &str) -> Request<()> {
    request(
        Method::POST,
        &[(HOST, "api.example.com"), (USER_AGENT, "x"), (ORIGIN, origin), (ACCEPT, "*/*")],
    )
}

fn not_cors() -> Request<()> {
    request(Method::GET, &[(HOST, "api.example.com"), (USER_AGENT, "x"), (ACCEPT, "*/*")])
}

fn preflight(origin: &str) -> Request<()> {
    request(
        Method::OPTIONS,
        &[
            (HOST, "api.example.com"),
            (USER_AGENT, "x"),
            (ACCEPT, "*/*"),
            (ACCESS_CONTROL_REQUEST_METHOD, "PUT"),
            (ACCESS_CONTROL_REQUEST_HEADERS, "authorization,content-type"),
            (ORIGIN, origin),
        ],
    )
}

/// A response with room for more headers, as servers leave it.
fn response() -> Response<()> {
    let mut headers = HeaderMap::with_capacity(16);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(ETAG, HeaderValue::from_static("\"1\""));
    let mut response = Response::new(());
    *response.headers_mut() = headers;
    response
}

/// How often serving a request allocates beyond the inner service, and the answer.
fn serve(layer: &CorsLayer, request: Request<()>) -> (u64, Response<()>) {
    let mut service = layer.layer(Inner(Some(response())));
    let (count, answered) = count(|| service.call(request).now_or_never());
    (count, answered.expect("nothing waits").expect("nothing fails"))
}

fn full(layer: CorsLayer) -> CorsLayer {
    layer
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE])
        .expose_headers([ETAG])
        .max_age(Duration::from_secs(600))
}

/// Policies that allow `APP`, and have no async predicate.
fn policies() -> Vec<(&'static str, CorsLayer)> {
    let new = CorsLayer::new;
    vec![
        ("list of one", full(new().allow_origins([APP]))),
        ("literal list", full(new().allow_origin([HeaderValue::from_static(APP)]))),
        ("credentials", full(new().allow_origins([APP]).allow_credentials(true))),
        ("any", full(new().allow_origin(Any))),
        ("permissive", CorsLayer::permissive()),
        ("wildcard", full(new().allow_origins(["https://*.example.com"]))),
        ("wildcards", full(new().allow_origins(["https://*.example.com:*", "http://localhost:*"]))),
        ("mirror", full(new().allow_origin(AllowOrigin::mirror_request()))),
        ("fixed", full(new().allow_origin(AllowOrigin::fixed(HeaderValue::from_static(APP))))),
        ("names to vary by", full(new().allow_origins([APP]).vary([ACCEPT, USER_AGENT]))),
        ("enforced", full(new().allow_origins([APP]).enforce_origins(Enforce::ListedOnly))),
        ("predicate", full(new().allow_origin(AllowOrigin::predicate(|origin, _| origin == APP)))),
        (
            "credentials predicate",
            full(new().allow_origins([APP]).allow_credentials(AllowCredentials::predicate(
                |_, parts| parts.headers.contains_key(HOST),
            ))),
        ),
        ("many origins", full(new().allow_origins(origins(1_000)))),
        ("otherwise of many branches", branches(100, full(new().allow_origins([APP])))),
        ("the last branch", branches(100, new()).when(is_met, full(new().allow_origins([APP])))),
        ("static branch", new().when(is_met, full(new().allow_origin(Any)))),
    ]
}

/// A condition that looks at all that it can, and is met.
fn is_met(target: &Target<'_>) -> bool {
    target.host() == Some("api.example.com")
        && target.uri().path() == "/"
        && target.extensions().is_empty()
}

/// With so many branches in front whose conditions are not met.
fn branches(len: usize, layer: CorsLayer) -> CorsLayer {
    (0..len).fold(layer, |layer, _| layer.when(|target| !is_met(target), CorsLayer::new()))
}

/// So many origins, `APP` among them.
fn origins(len: usize) -> Vec<String> {
    let others = (1..len).map(|n| format!("https://app{n}.example.com"));
    others.chain([APP.into()]).collect()
}

#[test]
fn the_counter_counts() {
    assert_eq!(count(|| Box::new(1)).0, 1);
    assert_eq!(count(|| vec![1, 2, 3].clone()).0, 2);
    assert_eq!(count(|| 1).0, 0);
}

#[test]
fn an_allowed_actual_request_allocates_nothing() {
    for (name, layer) in policies() {
        let (count, response) = serve(&layer.build().unwrap(), actual(APP));
        let allowed = &response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN];
        assert!(allowed == APP || allowed == "*", "{name}");
        assert_eq!(count, 0, "{name}");
    }
}

#[test]
fn a_request_that_is_not_cors_allocates_nothing() {
    for (name, layer) in policies() {
        let (count, response) = serve(&layer.build().unwrap(), not_cors());
        assert_eq!(response.status(), StatusCode::OK, "{name}");
        assert_eq!(count, 0, "{name}");
    }
}

#[test]
fn an_allowed_preflight_allocates_nothing() {
    for (name, layer) in policies() {
        let (count, response) = serve(&layer.build().unwrap(), preflight(APP));
        assert_eq!(response.status(), StatusCode::NO_CONTENT, "{name}");
        assert!(response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN), "{name}");
        assert_eq!(response.extensions().get::<Denial>(), None, "{name}");
        assert_eq!(count, 0, "{name}");
    }
}

#[test]
fn a_preflight_has_room_in_the_header_map_of_its_request() {
    // No more than a browser has to send, in a map no larger than it needs.
    let mut request = Request::new(());
    *request.method_mut() = Method::OPTIONS;
    for (name, value) in preflight(APP).headers() {
        if ![HOST, USER_AGENT, ACCEPT].contains(name) {
            request.headers_mut().insert(name, value.clone());
        }
    }
    let layer = full(CorsLayer::new().allow_origins([APP]).allow_credentials(true));
    let (count, response) = serve(&layer.build().unwrap(), request);
    assert_eq!(response.headers().len(), 6);
    assert_eq!(count, 0);
}

#[test]
fn an_inner_vary_costs_no_more_than_a_second_line() {
    let varying = |vary| {
        let mut response = response();
        response.headers_mut().insert(VARY, HeaderValue::from_static(vary));
        response
    };
    let mut two_lines = varying("accept-encoding");
    let (second_line, _) =
        count(|| two_lines.headers_mut().append(VARY, HeaderValue::from_static("origin")));
    for (vary, lines, expected) in [
        ("Origin", &["Origin"][..], 0),
        ("accept-encoding, ORIGIN", &["accept-encoding, ORIGIN"], 0),
        ("*", &["*"], 0),
        ("accept-encoding", &["accept-encoding", "origin"], second_line),
    ] {
        let layer = full(CorsLayer::new().allow_origins([APP])).build().unwrap();
        let mut service = layer.layer(Inner(Some(varying(vary))));
        let request = actual(APP);
        let (count, answered) = count(|| service.call(request).now_or_never());
        let response = answered.unwrap().unwrap();
        assert_eq!(response.headers().get_all(VARY).iter().collect::<Vec<_>>(), lines);
        assert_eq!(count, expected, "{vary}");
    }
}

#[test]
fn a_look_up_allocates_nothing() {
    let patterns = ["https://*.example.com:*", "http://localhost:*", APP];
    let set: OriginSet = patterns.iter().map(|pattern| pattern.parse().unwrap()).collect();
    for origin in [APP, STRANGER, "http://localhost:3000", "https://[::1]:3000", "null", ""] {
        assert_eq!(count(|| set.contains(origin)).0, 0, "{origin}");
    }
}

#[test]
fn only_an_async_predicate_is_boxed() {
    let asked = AllowOrigin::async_predicate(|origin, _| ready(origin == APP));
    let layer = full(CorsLayer::new().allow_origin(asked)).build().unwrap();
    let (asked, response) = serve(&layer, actual(APP));
    assert!(response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN));
    assert!(asked > 0);
    assert_eq!(serve(&layer, not_cors()).0, 0);
}

#[test]
fn a_denial_costs_its_place_among_the_extensions() {
    let (bare, _) = count(response);
    let (place, _) = count(|| {
        let mut response = response();
        response.extensions_mut().insert(Denial::OriginNotAllowed);
        response
    });
    let mut denied = Vec::new();
    for (name, layer) in policies().into_iter().filter(|(name, _)| *name != "enforced") {
        let (count, response) = serve(&layer.build().unwrap(), actual(STRANGER));
        let is_denied = response.extensions().get::<Denial>().is_some();
        assert_eq!(count, if is_denied { place - bare } else { 0 }, "{name}");
        denied.extend(is_denied.then_some(name));
    }
    assert_eq!(
        denied,
        [
            "list of one",
            "literal list",
            "credentials",
            "wildcard",
            "wildcards",
            "fixed",
            "names to vary by",
            "predicate",
            "credentials predicate",
            "many origins",
            "otherwise of many branches",
            "the last branch",
        ]
    );
}

#[test]
fn a_built_layer_is_applied_and_cloned_without_allocating() {
    let most = ("100,000 origins", full(CorsLayer::new().allow_origins(origins(100_000))));
    for (name, layer) in policies().into_iter().chain([most]) {
        let layer = layer.build().unwrap();
        assert_eq!(count(|| layer.clone()).0, 0, "{name}");
        let (count_of_layer, service) = count(|| layer.layer(Inner::default()));
        assert_eq!(count_of_layer, 0, "{name}");
        assert_eq!(count(|| service.clone()).0, 0, "{name}");
        assert_eq!(count(|| service.into_inner()).0, 0, "{name}");
    }
}

#[test]
fn a_policy_is_compiled_once_for_all_clones_and_routes() {
    let unbuilt = CorsLayer::new().allow_origins(origins(1_000));
    let clone = unbuilt.clone();
    let (first, services) = count(|| [unbuilt.layer(Inner::default())]);
    assert!(first > 0);
    let mut services: Vec<Cors<Inner>> = services.into();
    services.reserve(1_000);
    let (count_of_routes, ()) = count(|| {
        for layer in [&unbuilt, &clone].into_iter().cycle().take(500) {
            services.push(layer.clone().layer(Inner::default()));
        }
    });
    assert_eq!(count_of_routes, 0);
    let (count_of_build, built) = count(|| clone.build().unwrap());
    assert_eq!(count_of_build, 0);
    assert_eq!(count(|| built.build().unwrap()).0, 0);
    assert_eq!(services.len(), 501);
}

#[test]
fn branches_are_compiled_once_for_all_clones_and_routes() {
    let unbuilt =
        branches(3, CorsLayer::new()).when(is_met, CorsLayer::new().allow_origins(origins(1_000)));
    let clone = unbuilt.clone();
    let (first, service) = count(|| unbuilt.layer(Inner::default()));
    assert!(first > 0);
    let mut services = Vec::with_capacity(501);
    services.push(service);
    let (count_of_routes, ()) = count(|| {
        for layer in [&unbuilt, &clone].into_iter().cycle().take(500) {
            services.push(layer.clone().layer(Inner::default()));
        }
    });
    assert_eq!(count_of_routes, 0);
    assert_eq!(count(|| clone.build().unwrap()).0, 0);
    assert_eq!(services.len(), 501);
}

#[test]
fn the_problems_of_a_policy_are_found_once() {
    let wrong = CorsLayer::new().allow_origins(["https://example.com/"]);
    let clone = wrong.clone();
    let (first, error) = count(|| wrong.build().unwrap_err());
    assert!(first > 0);
    let (again, same) = count(|| clone.build().unwrap_err());
    assert_eq!(again, 0);
    assert_eq!(same.to_string(), error.to_string());
}

#[test]
fn routes_of_axum_cost_no_more_with_many_origins() {
    let count_of_routes = |layer: &CorsLayer| {
        let mut router = axum::Router::<()>::new();
        for n in 0..500 {
            router = router.route(&format!("/{n}"), axum::routing::get(|| async {}));
        }
        count(|| router.layer(layer.clone())).0
    };
    let one = CorsLayer::new().allow_origins([APP]).build().unwrap();
    let many = CorsLayer::new().allow_origins(origins(10_000)).build().unwrap();
    assert_eq!(count_of_routes(&one), count_of_routes(&many));
    let branched = branches(100, many).build().unwrap();
    assert_eq!(count_of_routes(&one), count_of_routes(&branched));
}

#[test]
fn a_setter_copies_no_origins() {
    let layer = CorsLayer::new().allow_origins(origins(10_000)).build().unwrap();
    let info = measure(|| drop(black_box(layer.clone().max_age(Duration::from_secs(1)))));
    assert!(info.bytes_total < 10_000, "{info:?}");
    let branched = CorsLayer::new().when(is_met, layer);
    let info = measure(|| drop(black_box(branched.clone().max_age(Duration::from_secs(1)))));
    assert!(info.bytes_total < 10_000, "{info:?}");
}
