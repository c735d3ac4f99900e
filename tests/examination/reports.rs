//! What is sent, what else is found, and how it prints.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex},
};

use axum::{Router, http::StatusCode, routing};
use futures_util::FutureExt;
use http::{Method, Request, Response};
use tower::{Layer, service_fn};
use tower_cors::{
    CorsLayer,
    testing::{Body, Browser, Credentials, Fault, Reason},
};

use crate::stack::{API, APP, cors, examination, lines, routes};

#[tokio::test]
async fn only_what_is_safe_is_sent_unless_told() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = |request: Request<Body>| {
        seen.lock().expect("no test panics").push(request.method().clone());
        async { Ok::<_, std::convert::Infallible>(Response::new(String::new())) }
    };
    let mut app = cors().layer(service_fn(record));
    let examination = examination().also("/other").method(Method::PUT);
    let report = examination.clone().run(&mut app).await;
    report.assert_clean();
    let is_safe = |m: &Method| [Method::GET, Method::HEAD, Method::OPTIONS].contains(m);
    assert!(seen.lock().unwrap().iter().all(is_safe), "{seen:?}");
    assert!(report.exchanges().iter().all(|exchange| is_safe(exchange.method())));
    let asked = |method: &str| {
        let asks = |e: &&tower_cors::testing::Exchange| {
            e.request_headers().get("access-control-request-method").is_some_and(|m| m == method)
        };
        report.exchanges().iter().filter(asks).count()
    };
    assert_eq!([asked("GET"), asked("PUT"), asked("DELETE")], [2, 2, 0]);
    examination.send(Method::PUT).run(&mut app).await.assert_clean();
    let puts = seen.lock().unwrap().iter().filter(|method| *method == Method::PUT).count();
    assert_eq!(puts, 1);
}

#[tokio::test]
async fn everyone_is_asked_for() {
    let report = examination().also("/fails").run(&mut routes().layer(cors())).await;
    let sent: Vec<String> = report
        .exchanges()
        .iter()
        .map(|exchange| {
            let origin = exchange.request_headers().get("origin");
            let origin = origin.map_or("-", |origin| origin.to_str().unwrap());
            let kind = if exchange.is_preflight() { "preflight" } else { "actual" };
            format!("{kind} {} {} {origin}", exchange.method(), exchange.url())
        })
        .collect();
    let mut expected = Vec::new();
    for url in [API, "https://api.example.com/fails"] {
        expected.push(format!("preflight OPTIONS {url} {APP}"));
        expected.extend(
            [APP, "https://stranger.invalid", "-"].map(|o| format!("actual GET {url} {o}")),
        );
        expected.extend(["HEAD", "OPTIONS"].map(|m| format!("actual {m} {url} {APP}")));
    }
    let unknown = "https://api.example.com/users/no/such/path";
    expected.extend(
        [APP, "https://stranger.invalid", "-"].map(|o| format!("actual GET {unknown} {o}")),
    );
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn a_refused_page_is_told_the_setting() {
    let mut app = routes().layer(cors().allow_origins(["https://other.example"]));
    let report = examination().run(&mut app).await;
    let expected = "blocked: the preflight for GET /users is blocked: no \
                    'Access-Control-Allow-Origin' header is present; \
                    .allow_origins([\"https://app.example.com\"])";
    assert_eq!(lines(&report), [expected]);
    assert_eq!(report.findings()[0].fault(), &Fault::Blocked(Reason::AllowOriginMissing));
    let report = examination().method(Method::DELETE).run(&mut routes().layer(cors())).await;
    let expected = "blocked: the preflight for DELETE /users is blocked: method DELETE is not \
                    allowed by 'Access-Control-Allow-Methods'; .allow_methods([Method::DELETE])";
    assert_eq!(lines(&report), [expected]);
    assert_eq!(report.findings()[0].fix(), ".allow_methods([Method::DELETE])");
    let with_cookies = examination().credentials(Credentials::Include);
    let report = with_cookies.run(&mut routes().layer(cors())).await;
    let expected = "blocked: the preflight for GET /users is blocked: no \
                    'Access-Control-Allow-Credentials' header is present; .allow_credentials(true)";
    assert_eq!(lines(&report), [expected]);
}

#[tokio::test]
async fn an_error_of_the_service() {
    let fails = service_fn(async |_: Request<Body>| Err::<Response<String>, _>("broken"));
    let report = examination().run(&mut cors().layer(fails)).await;
    let expected = "blocked: GET /users is blocked: connection failed: broken; no setting: turn \
                    the error into a response inside the CORS layer";
    assert_eq!(lines(&report), [expected]);
}

#[tokio::test]
async fn several_faults_are_all_reported() {
    let total = async || ([("x-total", "1")], "users");
    let mut app = Router::new()
        .route("/users", routing::get(total))
        .route_layer(cors())
        .fallback(async || StatusCode::NOT_FOUND);
    let report = examination().run(&mut app).await;
    let codes: Vec<&str> = report.into_iter().map(tower_cors::testing::Finding::code).collect();
    assert_eq!(codes, ["not_found_outside", "sent_never_exposed"]);
}

#[tokio::test]
async fn assert_clean_prints_findings_and_exchanges() {
    let report = examination().run(&mut routes().route_layer(cors())).await;
    let caught = std::panic::catch_unwind(AssertUnwindSafe(|| report.assert_clean()));
    let message = *caught.unwrap_err().downcast::<String>().unwrap();
    let expected = "the service has faults\n\
        \n\
        not_found_outside: GET /users/no/such/path is answered with 404 outside the CORS layer; \
        call Router::layer, not Router::route_layer, after the fallback is set\n\
        \n\
        > GET https://api.example.com/users/no/such/path\n\
        > host: api.example.com\n\
        > user-agent: Mozilla/5.0\n\
        > accept: */*\n\
        > origin: https://app.example.com\n\
        > sec-fetch-dest: empty\n\
        > sec-fetch-mode: cors\n\
        > sec-fetch-site: same-site\n\
        < 404 Not Found\n";
    assert_eq!(message, expected);
}

#[tokio::test]
async fn a_clean_report_prints_how_much_was_asked() {
    let report = examination().run(&mut routes().layer(cors())).await;
    assert_eq!(report.to_string(), "nothing found in 9 exchanges\n");
}

#[tokio::test]
async fn what_cannot_be_examined() {
    let page = Browser::new().page(APP);
    for (examination, expected) in [
        (page.examine("/users"), "\"/users\" is of the page's own origin, which needs no CORS"),
        (
            page.examine(API).also("https://"),
            "\"https://\" is not an http(s) URL that `http::Uri` can hold",
        ),
        (page.examine(API).header("x a", "1"), "TypeError: a header name is not a token"),
    ] {
        let mut app = routes().layer(CorsLayer::permissive());
        let caught = AssertUnwindSafe(examination.run(&mut app)).catch_unwind().await;
        assert_eq!(*caught.unwrap_err().downcast::<String>().unwrap(), expected);
    }
}
