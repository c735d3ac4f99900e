//! A tonic service, called through gRPC-Web by pages of another origin. Ctrl-C ends it.
//!
//! ```text
//! cargo run --example grpc_web
//!
//! curl -i -X OPTIONS 127.0.0.1:50051/grpc.health.v1.Health/Check \
//!     -H 'origin: https://app.example.com' -H 'access-control-request-method: POST' \
//!     -H 'access-control-request-headers: content-type,x-grpc-web'
//!     HTTP/1.1 204 No Content
//!     access-control-allow-methods: POST
//!     access-control-allow-headers: content-type,grpc-message-type,grpc-timeout,x-grpc-web,x-user-agent
//!     access-control-allow-origin: https://app.example.com
//!     vary: origin
//!
//! printf '\0\0\0\0\0' | curl -sD /dev/stderr 127.0.0.1:50051/grpc.health.v1.Health/Check \
//!     -H 'origin: https://app.example.com' -H 'content-type: application/grpc-web+proto' \
//!     --data-binary @- | tail -c 15
//!     HTTP/1.1 200 OK
//!     vary: origin
//!     access-control-expose-headers: grpc-message,grpc-status,grpc-status-details-bin
//!     access-control-allow-origin: https://app.example.com
//!     grpc-status:0
//! ```

use std::error::Error;

use tokio::signal::ctrl_c;
use tonic::transport::Server;
use tonic_web::GrpcWebLayer;
use tower_cors::CorsLayer;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cors = CorsLayer::new().allow_origins(["https://app.example.com"]).grpc_web().build()?;

    let (_, health) = tonic_health::server::health_reporter();
    println!("http://127.0.0.1:50051");
    Server::builder()
        .accept_http1(true)
        // Outermost, so that preflights need not be gRPC-Web.
        .layer(cors)
        .layer(GrpcWebLayer::new())
        .add_service(health)
        .serve_with_shutdown("127.0.0.1:50051".parse()?, async { drop(ctrl_c().await) })
        .await?;
    Ok(())
}
