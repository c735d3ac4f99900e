use std::{net::SocketAddr, sync::mpsc, thread, time::Duration};

use actix_cors::Cors;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt::System, web};
use http::{HeaderName, Method, header};
use tower_cors::{AllowOrigin, Any, CorsLayer};

use crate::row::{Row, compare};

const APP: &str = "https://app.example.com";
const WWW: &str = "https://www.example.com";

/// What needs no listing here.
const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];

fn rows() -> Vec<Row<fn() -> Cors>> {
    vec![
        Row::same(Cors::default, CorsLayer::new()),
        Row {
            pages_there: &["null"],
            ..Row::same(
                Cors::permissive,
                CorsLayer::very_permissive().expose_headers(Any).max_age(Duration::from_secs(3600)),
            )
        },
        Row::same(
            || Cors::default().allow_any_origin().allowed_methods(SAFELISTED),
            CorsLayer::new().allow_origin(Any),
        ),
        Row::same(
            || {
                Cors::default()
                    .allow_any_origin()
                    .send_wildcard()
                    .allow_any_method()
                    .allow_any_header()
            },
            CorsLayer::new().allow_origin(Any).allow_methods(Any).allow_headers(Any),
        ),
        Row::same(
            || {
                let cors = Cors::default().allowed_origin(APP).allowed_origin(WWW);
                cors.allowed_methods(SAFELISTED).supports_credentials()
            },
            CorsLayer::new().allow_origins([APP, WWW]).allow_credentials(true),
        ),
        Row::same(
            || {
                let cors = Cors::default().allowed_origin_fn(|origin, _| origin == APP);
                cors.allowed_methods(SAFELISTED).allowed_methods(["PUT"])
            },
            CorsLayer::new()
                .allow_origin(AllowOrigin::predicate(|origin, _| origin == APP))
                .allow_methods([Method::PUT]),
        ),
        Row::same(
            || {
                let cors =
                    Cors::default().allowed_origin(APP).allow_any_method().allow_any_header();
                cors.expose_any_header().supports_credentials().max_age(600)
            },
            CorsLayer::new()
                .allow_origins([APP])
                .allow_methods(Any)
                .allow_headers(Any)
                .expose_headers(Any)
                .allow_credentials(true)
                .max_age(Duration::from_secs(600)),
        ),
        Row::same(
            || {
                let cors = Cors::default().allowed_origin(APP).allowed_methods(SAFELISTED);
                let cors = cors.allowed_header("authorization").allowed_headers(["content-type"]);
                cors.expose_headers(["x-request-id"]).block_on_origin_mismatch(true)
            },
            CorsLayer::new()
                .allow_origins([APP])
                .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
                .expose_headers([HeaderName::from_static("x-request-id")])
                .enforce_origins(true),
        ),
    ]
}

/// Serves an application behind each of the options, in a thread that ends with the test.
pub(crate) fn serve(options: Vec<fn() -> Cors>) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let server = HttpServer::new(move || {
            let applications = options.iter().enumerate().map(|(number, cors)| {
                let scope = web::scope(&format!("/{number}")).wrap(cors());
                scope.default_service(web::to(application))
            });
            applications.fold(App::new(), App::service)
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0");
        let server = server.expect("a port is free");
        sender.send(server.addrs()[0]).expect("the test waits");
        System::new().block_on(server.run()).expect("it serves");
    });
    receiver.recv_timeout(Duration::from_secs(60)).expect("it starts in time")
}

async fn application(request: HttpRequest) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if request.headers().contains_key("x-upstream") {
        response.insert_header(("access-control-allow-origin", "*"));
    }
    response.insert_header(("x-request-id", "1")).body("ran")
}

#[tokio::test]
async fn pages_can_do_the_same_as_with_actix_cors() {
    let rows = rows();
    let options = rows.iter().map(|row| row.theirs).collect();
    compare(&rows, serve(options)).await;
}
