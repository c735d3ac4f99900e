//! A shared cache: what somebody sends first is not what somebody else gets.

use std::convert::Infallible;

use futures_util::FutureExt;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header, response,
};
use tower::{Layer, Service, service_fn};
use tower_cors::{AllowOrigin, Any, CorsLayer, Enforce, MaxAge};

const APP: &str = "https://app.example.com";
const TENANT: HeaderName = HeaderName::from_static("x-tenant");

type Lines = &'static [(&'static str, &'static str)];

/// What is sent, the victims' requests among it: each is sent before each.
const REQUESTS: [Lines; 22] = [
    &[],
    &[("origin", APP)],
    &[("origin", "https://partner.example")],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "")],
    &[("origin", "https://app.example.com, https://evil.example")],
    &[("origin", "https://evil.example"), ("origin", APP)],
    &[("origin", APP), ("origin", APP)],
    &[("origin", "HTTPS://APP.EXAMPLE.COM")],
    &[("origin", "https://api.example.com")],
    &[("origin", "https://api.example.com"), ("sec-fetch-site", "same-origin")],
    &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
    &[("origin", APP), ("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-origin")],
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-origin")],
    &[("origin", APP), ("x-tenant", "a")],
    &[("origin", "https://evil.example"), ("x-tenant", "a")],
    &[("origin", APP), ("access-control-request-method", "PUT")],
    &[("origin", APP), ("access-control-request-headers", "x-evil")],
    &[("origin", APP), ("vary", "x-evil"), ("access-control-allow-origin", "*")],
];

fn policies() -> Vec<(&'static str, CorsLayer)> {
    let listed = || CorsLayer::new().allow_origins([APP, "https://partner.example"]);
    let fixed = AllowOrigin::fixed(HeaderValue::from_static(APP));
    let of_tenant = AllowOrigin::predicate(|_, parts| parts.headers.contains_key(TENANT));
    let policies = [
        ("any", CorsLayer::permissive()),
        ("credentials for all", CorsLayer::very_permissive()),
        ("fixed", CorsLayer::new().allow_origin(fixed.clone()).allow_credentials(true)),
        ("fixed, enforced", CorsLayer::new().allow_origin(fixed).enforce_origins(true)),
        ("listed", listed().allow_credentials(true).expose_headers(Any)),
        ("null", CorsLayer::new().dangerously_allow_origins(["null"])),
        ("same origin", listed().enforce_origins(Enforce::SameOrigin)),
        ("listed only", listed().enforce_origins(Enforce::ListedOnly)),
        ("mcp", listed().mcp()),
        ("dynamic", listed().max_age(MaxAge::dynamic(|_, _| std::time::Duration::from_secs(1)))),
        ("predicate", CorsLayer::new().allow_origin(of_tenant.clone()).vary([TENANT])),
        (
            "branches",
            listed().when(|target| target.uri().path() == "/open", CorsLayer::permissive()),
        ),
    ];
    policies.into_iter().map(|(name, cors)| (name, cors.build().expect("it is valid"))).collect()
}

fn requests(method: &Method) -> impl Iterator<Item = Request<()>> {
    ["/", "/open"].into_iter().flat_map(move |path| {
        REQUESTS.into_iter().map(move |lines| {
            let mut request = Request::builder().method(method.clone()).uri(path);
            for (name, value) in [("host", "api.example.com")].iter().chain(lines) {
                request = request.header(*name, *value);
            }
            request.body(()).expect("the request is valid")
        })
    })
}

/// Through two layers, where `inner` is another one.
fn serve(cors: &CorsLayer, inner: &CorsLayer, request: Request<()>) -> response::Parts {
    let service = service_fn(|_: Request<()>| {
        let response = Response::builder()
            .header(header::CACHE_CONTROL, "max-age=3600")
            .header(header::ETAG, "\"1\"")
            .header(header::VARY, "accept-encoding");
        async { Ok::<_, Infallible>(response.body(()).expect("the response is valid")) }
    });
    let answered = cors.layer(inner.layer(service)).call(request).now_or_never();
    let Ok(response) = answered.expect("nothing waits");
    response.into_parts().0
}

fn lines(headers: &HeaderMap, name: &HeaderName) -> Vec<HeaderValue> {
    headers.get_all(name).iter().cloned().collect()
}

fn elements(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let lines = lines(headers, name);
    let lines = lines.iter().map(|line| line.to_str().expect("it is ASCII"));
    lines.flat_map(|line| line.split(',')).map(|element| element.trim().to_owned()).collect()
}

/// Whether what answers one request is kept for the other, by a cache that keeps all that it may,
/// refusals too: <https://www.rfc-editor.org/rfc/rfc9111#section-4.1>
fn is_kept_for(first: &Request<()>, answer: &response::Parts, second: &Request<()>) -> bool {
    let is_stored = !elements(&answer.headers, &header::CACHE_CONTROL).contains(&"no-store".into());
    let names = elements(&answer.headers, &header::VARY);
    let is_selected = names.iter().all(|name| {
        let name = name.parse().expect("names are valid");
        lines(first.headers(), &name) == lines(second.headers(), &name)
    });
    is_stored && is_selected && first.uri() == second.uri()
}

/// The pairs of requests of which the second gets through the cache what it would not get else.
fn poisonings(cors: &CorsLayer, inner: &CorsLayer) -> Vec<(Request<()>, Request<()>)> {
    let mut found = Vec::new();
    for method in [Method::GET, Method::HEAD] {
        for first in requests(&method) {
            let answer = serve(cors, inner, first.clone());
            for second in requests(&method).filter(|second| is_kept_for(&first, &answer, second)) {
                let direct = serve(cors, inner, second.clone());
                if (direct.status, &direct.headers) != (answer.status, &answer.headers) {
                    found.push((first.clone(), second));
                }
            }
        }
    }
    found
}

#[test]
fn nobody_gets_what_was_made_for_another() {
    for (name, cors) in policies() {
        for (inner_name, inner) in policies() {
            let found = poisonings(&cors, &inner);
            assert!(found.is_empty(), "{inner_name} within {name}: {found:?}");
        }
    }
}

#[cfg(feature = "reload")]
#[test]
fn nobody_gets_what_was_made_for_another_by_a_policy_that_can_change() {
    for (name, cors) in policies().into_iter().filter(|(name, _)| *name != "branches") {
        let (cors, _handle) = cors.reloadable().expect("it is valid");
        let found = poisonings(&cors, &CorsLayer::permissive());
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

/// Shows that the cache mixes up what it is not told of.
#[test]
fn a_predicate_that_hides_what_it_reads_is_poisoned() {
    let of_tenant = AllowOrigin::predicate(|_, parts| parts.headers.contains_key(TENANT));
    let found = poisonings(&CorsLayer::new().allow_origin(of_tenant), &CorsLayer::permissive());
    assert!(!found.is_empty());
}

/// A cache may ask whether its copies are still right, by the `ETag` of all of them. A stranger's 304
/// says nothing that would change the copy: <https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4>
#[test]
fn a_304_for_a_stranger_leaves_the_copy_as_it_is() {
    let cors = CorsLayer::new().allow_origins([APP]).allow_credentials(true).expose_headers(Any);
    let unmodified = service_fn(|_: Request<()>| async {
        let mut response = Response::new(());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().insert("access-control-allow-origin", HeaderValue::from_static("*"));
        Ok::<_, Infallible>(response)
    });
    let mut service = cors.layer(unmodified);
    for origin in [Some("https://evil.example"), Some("null"), Some("junk"), None] {
        let mut request = Request::get("/").header(header::IF_NONE_MATCH, "\"1\"");
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        let request = request.body(()).expect("the request is valid");
        let Ok(response) = service.call(request).now_or_never().expect("nothing waits");
        let names: Vec<_> = response.headers().keys().collect();
        assert_eq!(names, [&header::VARY], "{origin:?}");
        assert_eq!(response.headers()[header::VARY], "origin");
    }
}
