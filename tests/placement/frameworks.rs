//! tonic and hyper.

use std::io;

use axum::body::Body;
use http::{Request, Response, StatusCode};
use tonic::service::Routes;
use tonic_web::GrpcWebLayer;
use tower::{Layer, ServiceBuilder, ServiceExt, service_fn};
use tower_cors::testing::{self, Fetch, Page};

use crate::row::{Row, Stack, cors, get, stack};

pub(crate) fn rows() -> Vec<Row> {
    vec![grpc_web(), failing()]
}

fn grpc_web() -> Row {
    fn call(page: &Page) -> Fetch {
        // The empty message, in its frame.
        page.post("https://api.example.com/grpc.health.v1.Health/Check")
            .header("content-type", "application/grpc-web+proto")
            .header("x-grpc-web", "1")
            .body([0; 5])
    }
    let health = || {
        let (_, health) = tonic_health::server::health_reporter();
        Routes::new(health)
    };
    let cors = || cors().grpc_web();
    Row {
        name: "`GrpcWebLayer` before `cors`",
        wrong: in_body_of_tonic(
            ServiceBuilder::new().layer(GrpcWebLayer::new()).layer(cors()).service(health()),
        ),
        right: in_body_of_tonic(
            ServiceBuilder::new().layer(cors()).layer(GrpcWebLayer::new()).service(health()),
        ),
        fetch: call,
        status: 200,
    }
}

fn failing() -> Row {
    let failing = || {
        service_fn(async |_: Request<testing::Body>| -> Result<Response<Body>, io::Error> {
            Err(io::Error::other("the database is away"))
        })
    };
    let answered = failing().map_result(|result| {
        let mut response = result.unwrap_or_default();
        *response.status_mut() = StatusCode::BAD_GATEWAY;
        Ok::<_, io::Error>(response)
    });
    Row {
        name: "an `Err` of the inner service",
        wrong: stack(cors().layer(failing())),
        right: stack(cors().layer(answered)),
        fetch: get,
        status: 502,
    }
}

fn in_body_of_tonic<S, R>(service: S) -> Stack
where
    S: tower::Service<Request<tonic::body::Body>, Response = Response<R>> + Send + 'static,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    S::Future: Send,
    R: http_body::Body<Data = bytes::Bytes> + Send + 'static,
    R::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    stack(
        service.map_request(|request: Request<testing::Body>| request.map(tonic::body::Body::new)),
    )
}
