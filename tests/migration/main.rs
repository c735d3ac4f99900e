//! Programs written for `tower_http::cors` compile with only the `use` line changed, and answer as
//! they did but for the differences named in `intended.rs`.

use std::{future::ready, io, time::Duration};

use axum::body::{Body, Bytes};
use futures_util::stream;
use http::{Request, Response, header};
use hyper_util::rt::TokioIo;
use tonic::{service::Routes, transport::server::Router};
use tower::{BoxError, Layer, Service, ServiceExt, service_fn, util::BoxCloneSyncService};
use tower_cors::Problem;

use self::case::APP;

mod case;
mod differential;
mod intended;
mod snippets;

const PAGE: &str = include_str!("../../docs/migrating.md");

#[expect(clippy::unwrap_used, reason = "these programs unwrap, as those in the wild do")]
mod tower_cors_programs {
    use tower_cors::*;
    include!("programs.rs");
}

#[expect(clippy::unwrap_used, reason = "these programs unwrap, as those in the wild do")]
mod tower_http_programs {
    use tower_http::cors::*;
    include!("programs.rs");
}

type App = BoxCloneSyncService<Request<Body>, Response<Body>, BoxError>;

/// What a program allows: a preflight and the request it is for.
struct Row {
    program: &'static str,
    method: &'static str,
    path: &'static str,
    origin: &'static str,
    allow_origin: &'static str,
    /// What an origin that no program lists is told.
    stranger: Option<&'static str>,
}

const STRANGER: &str = "https://stranger.example";

const fn only(
    program: &'static str,
    method: &'static str,
    path: &'static str,
    origin: &'static str,
) -> Row {
    Row { program, method, path, origin, allow_origin: origin, stranger: None }
}

const fn everyone(
    program: &'static str,
    method: &'static str,
    path: &'static str,
    allow_origin: &'static str,
) -> Row {
    Row { program, method, path, origin: APP, allow_origin, stranger: Some(allow_origin) }
}

const fn mirrored(program: &'static str, method: &'static str, path: &'static str) -> Row {
    Row { program, method, path, origin: APP, allow_origin: APP, stranger: Some(STRANGER) }
}

const ROWS: [Row; 67] = [
    only("accessors_of_the_service", "GET", "/", APP),
    everyone("any_everywhere", "PATCH", "/", "*"),
    only("array_mapped_from_a_const", "GET", "/", "https://www.example.com"),
    only("array_of_formatted_origins", "DELETE", "/", "http://[::1]:5173"),
    only("array_of_parsed_origins", "POST", "/", APP),
    only("arrays_of_parsed_names", "PURGE", "/", APP),
    only("arrays_without_elements", "POST", "/", APP),
    only("async_predicate_cloning_its_client", "GET", "/", APP),
    only("async_predicate_consuming_its_client", "GET", "/", APP),
    only("async_predicate_reading_the_path", "DELETE", "/app/1", APP),
    only("axum_handler", "GET", "/", APP),
    only("axum_method_router", "POST", "/", APP),
    only("axum_nested_router", "GET", "/api/users", APP),
    only("axum_router", "GET", "/", APP),
    only("axum_service_builder", "GET", "/", APP),
    only("axum_tuple_of_layers", "GET", "/", APP),
    only("body_of_bytes", "GET", "/", APP),
    only("boxed_layer", "GET", "/", APP),
    only("chosen_by_combinators", "PUT", "/", APP),
    only("config_struct_with_question_mark", "PUT", "/", APP),
    only("const_arrays", "DELETE", "/", APP),
    only("credentials_by_predicate", "DELETE", "/", APP),
    only("credentials_yes", "PATCH", "/", APP),
    everyone("debug_if_else", "PUT", "/", "*"),
    only("debug_reassigns", "POST", "/", "http://127.0.0.1:3000"),
    only("defaults_of_every_type", "GET", "/", APP),
    only("either_any_or_a_list", "HEAD", "/", APP),
    only("exact_origin", "GET", "/", APP),
    only("expose_any", "GET", "/", APP),
    only("expose_array", "GET", "/", APP),
    only("expose_list", "GET", "/", APP),
    only("folded_setters", "PUT", "/", "https://www.example.com"),
    only("future_named_in_a_middleware", "GET", "/", APP),
    only("header_value_into_origin", "GET", "/", APP),
    only("headers_from_strings", "GET", "/", APP),
    only("layer_of_its_own", "GET", "/", APP),
    everyone("layer_stored_in_a_struct", "GET", "/", "*"),
    only("lazily_initialised", "GET", "/", APP),
    only("list_from_a_set", "GET", "/", APP),
    only("list_mapped_lazily", "GET", "/", "https://www.example.com"),
    only("max_age_by_request", "GET", "/", APP),
    only("methods_by_constructor", "GET", "/", APP),
    only("methods_in_a_vec", "PUT", "/", APP),
    mirrored("mirrored_everything", "PURGE", "/"),
    only("optional_layer", "GET", "/", APP),
    only("parts_of_a_policy_as_arguments", "PUT", "/", APP),
    everyone("permissive", "DELETE", "/", "*"),
    only("predicate_borrowing_a_function", "GET", "/", APP),
    only("predicate_moving_a_shared_list", "GET", "/", APP),
    only("predicate_with_half_its_types", "GET", "/", APP),
    only("predicate_with_inferred_types", "GET", "/", "https://any.example.com"),
    only("predicate_with_types", "GET", "/", APP),
    only("pushed_in_a_loop", "GET", "/", APP),
    only("service_builder_named", "GET", "/", APP),
    only("service_builder_over_a_function", "GET", "/", APP),
    everyone("service_named_in_a_struct", "DELETE", "/", "*"),
    only("single_method", "PUT", "/", APP),
    only("split_on_commas", "GET", "/", "https://www.example.com"),
    everyone("star_as_header_value", "GET", "/", "*"),
    only("tonic_health", "POST", "/grpc.health.v1.Health/Check", APP),
    mirrored("tonic_service_named", "POST", "/"),
    only("turbofish", "DELETE", "/", APP),
    only("vary_by_constructor", "GET", "/", APP),
    only("vary_on_preflight_headers", "GET", "/", APP),
    only("vec_mapped_and_collected", "GET", "/", APP),
    only("vecs_of_parsed_names", "PURGE", "/", APP),
    mirrored("very_permissive", "PATCH", "/"),
];

#[tokio::test]
async fn every_program_allows_what_it_did() {
    let was = [apps(tower_http_programs::layers()), tower_http_programs::apps()].concat();
    let is = [apps(tower_cors_programs::layers()), tower_cors_programs::apps()].concat();
    assert_eq!(names(&was), names(&is));
    let mut rows = ROWS.iter().map(|row| row.program).collect::<Vec<_>>();
    rows.sort_unstable();
    assert_eq!(names(&is), rows, "each program has its row");

    for row in &ROWS {
        for programs in [&was, &is] {
            let (_, app) = programs.iter().find(|(name, _)| *name == row.program).unwrap();
            let preflight = send(app, row.preflight(row.origin)).await;
            assert!(preflight.status().is_success(), "{}: {preflight:?}", row.program);
            assert_eq!(
                allow_origin(&preflight),
                Some(row.allow_origin),
                "{}: preflight",
                row.program
            );
            assert!(may_use(&preflight, row.method), "{}: {preflight:?}", row.program);
            let actual = send(app, row.actual(row.origin)).await;
            assert_eq!(allow_origin(&actual), Some(row.allow_origin), "{}: actual", row.program);
        }
        let (_, app) = is.iter().find(|(name, _)| *name == row.program).unwrap();
        for request in [row.preflight(STRANGER), row.actual(STRANGER)] {
            assert_eq!(
                allow_origin(&send(app, request).await),
                row.stranger,
                "{}: stranger",
                row.program
            );
        }
    }
}

#[test]
fn every_program_builds_without_problems() {
    for (name, cors) in tower_cors_programs::layers() {
        if let Err(problems) = cors.build() {
            panic!("{name}: {problems}");
        }
    }
}

#[test]
fn programs_that_never_worked_do_not_start() {
    const CODES: [(&str, &[&str]); 6] = [
        ("any_method_as_a_name", &["wildcard-method"]),
        ("credentials_for_mirrored_origins", &["mirrored-origin-with-credentials"]),
        ("credentials_over_http", &["insecure-origin-with-credentials"]),
        (
            "headers_that_only_browsers_set",
            &["forbidden-request-header", "response-header-allowed", "forbidden-request-header"],
        ),
        ("origin_copied_from_the_address_bar", &["origin-trailing-slash"]),
        ("pattern_as_a_literal", &["origin-wildcard-in-literal"]),
    ];
    // Tower-http panics here where it refuses.
    let was = apps(tower_http_programs::refused());
    assert_eq!(names(&was), CODES.map(|(program, _)| program));
    for (name, cors) in tower_cors_programs::refused() {
        let error = cors.build().expect_err(name);
        let codes = error.problems().iter().map(Problem::code).collect::<Vec<_>>();
        assert!(CODES.contains(&(name, &codes)), "{name}: {error}");
    }
}

impl Row {
    fn preflight(&self, origin: &str) -> Request<Body> {
        let request = Request::options(self.path).header(header::ORIGIN, origin);
        request
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, self.method)
            .body(Body::empty())
            .expect("rows hold valid requests")
    }

    fn actual(&self, origin: &str) -> Request<Body> {
        let request =
            Request::builder().method(self.method).uri(self.path).header(header::ORIGIN, origin);
        request.body(Body::empty()).expect("rows hold valid requests")
    }
}

fn apps<L>(layers: Vec<(&'static str, L)>) -> Vec<(&'static str, App)>
where
    L: Layer<App>,
    L::Service: Service<Request<Body>, Response = Response<Body>, Error = BoxError, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static,
{
    let inner = App::new(service_fn(|_| ready(Ok(Response::new(Body::from("hello"))))));
    layers.into_iter().map(|(name, layer)| (name, app(layer.layer(inner.clone())))).collect()
}

fn names(programs: &[(&'static str, App)]) -> Vec<&'static str> {
    let mut names = programs.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    names.sort_unstable();
    names
}

async fn send(app: &App, request: Request<Body>) -> Response<Body> {
    app.clone().oneshot(request).await.expect("no program fails")
}

fn allow_origin(response: &Response<Body>) -> Option<&str> {
    let value = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN)?;
    Some(value.to_str().expect("programs allow ASCII origins"))
}

/// The browser's rule: a safelisted method needs no permission.
fn may_use(preflight: &Response<Body>, method: &str) -> bool {
    let listed = preflight.headers().get(header::ACCESS_CONTROL_ALLOW_METHODS);
    let listed = listed.map_or("", |listed| listed.to_str().expect("methods are ASCII"));
    ["GET", "HEAD", "POST"].contains(&method)
        || listed.split(',').any(|listed| listed == method || listed == "*")
}

/// Hides the types of a service, so that programs can stand in one list.
fn app<S, B>(service: S) -> App
where
    S: Service<Request<Body>, Response = Response<B>, Error: Into<BoxError>, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static,
    B: http_body::Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    App::new(service.map_response(|response| response.map(Body::new)).map_err(Into::into))
}

/// Serves one connection, in memory, for each request.
fn served_by_tonic<L, B>(server: fn() -> Router<L>) -> App
where
    L: Layer<Routes> + Send + Sync + 'static,
    L::Service: Service<
            Request<tonic::body::Body>,
            Response = Response<B>,
            Error: Into<BoxError> + Send,
            Future: Send,
        > + Clone
        + Send
        + 'static,
    B: http_body::Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    App::new(service_fn(move |request| async move {
        let (client, socket) = tokio::io::duplex(64 * 1024);
        let answered = async {
            let (mut sender, connection) =
                hyper::client::conn::http1::handshake(TokioIo::new(client)).await?;
            tokio::spawn(connection);
            Ok::<_, BoxError>(sender.send_request(request).await?.map(Body::new))
        };
        tokio::spawn(server().serve_with_incoming(stream::once(ready(Ok::<_, io::Error>(socket)))));
        tokio::time::timeout(Duration::from_secs(10), answered).await?
    }))
}

#[test]
fn every_difference_is_documented() {
    let page = without_comments(PAGE);
    let refused = intended::REFUSED.iter().map(|entry| (entry.name, entry.why));
    let reread = intended::REREAD.iter().map(|entry| (entry.name, entry.why));
    let reanswered = intended::REANSWERED.iter().map(|entry| (entry.name, entry.why));
    let documented: Vec<_> = refused.chain(reread).chain(reanswered).collect();
    for (name, why) in &documented {
        assert!(page.contains(&format!("\n| {name} | {why} |\n")), "{name}");
    }
    let rows = page.lines().skip_while(|line| !line.starts_with("| what differs")).skip(2);
    assert_eq!(rows.take_while(|line| line.starts_with("| ")).count(), documented.len());
}

/// A comment names the test that shows what its line claims.
fn without_comments(page: &str) -> String {
    let mut parts = page.split(" <!--");
    let first = parts.next().into_iter();
    first.chain(parts.filter_map(|part| Some(part.split_once("-->")?.1))).collect()
}
