//! A gRPC service by tonic, for pages by tonic-web.

use std::{error::Error, vec};

use tokio_stream::Iter;
use tonic::{
    Code, Request, Response, Status,
    metadata::MetadataValue,
    transport::{Server, server::TcpIncoming},
};
use tonic_health::pb::{
    HealthCheckRequest, HealthCheckResponse,
    health_server::{Health, HealthServer},
};
use tonic_types::{ErrorDetails, StatusExt};
use tonic_web::GrpcWebLayer;
use tower_cors::CorsLayer;

use crate::api::Api;

/// A health service whose streams end: the service `none` is not found.
#[derive(Debug)]
struct Wards;

type Statuses = Vec<Result<HealthCheckResponse, Status>>;

#[tonic::async_trait]
impl Health for Wards {
    async fn check(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<HealthCheckResponse>, Status> {
        match request.into_inner().service.as_str() {
            "none" => Err(not_found()),
            _ => Ok(Response::new(HealthCheckResponse { status: 1 })),
        }
    }

    type WatchStream = Iter<vec::IntoIter<Result<HealthCheckResponse, Status>>>;

    async fn watch(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let mut statuses: Statuses =
            [1, 2, 1].map(|status| Ok(HealthCheckResponse { status })).into();
        if request.into_inner().service == "none" {
            statuses.truncate(1);
            statuses.push(Err(not_found()));
        }
        Ok(Response::new(tokio_stream::iter(statuses)))
    }
}

fn not_found() -> Status {
    let details = ErrorDetails::with_resource_info("service", "none", "", "");
    let mut status = Status::with_error_details(Code::NotFound, "no such service", details);
    status.metadata_mut().insert("x-reason", MetadataValue::from_static("unregistered"));
    status
}

/// Serves it behind a CORS layer.
///
/// # Errors
///
/// If there is no port to listen on.
pub async fn serve(cors: CorsLayer) -> Result<Api, Box<dyn Error>> {
    Api::start(|listener, came, ran| {
        let server = Server::builder()
            .accept_http1(true)
            .layer(came.layer())
            .layer(cors)
            .layer(ran.layer())
            .layer(GrpcWebLayer::new())
            .add_service(HealthServer::new(Wards));
        async move {
            let serving = server.serve_with_incoming(TcpIncoming::from(listener)).await;
            serving.unwrap_or_else(|error| eprintln!("api: {error}"));
        }
    })
    .await
}
