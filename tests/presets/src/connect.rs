//! A Connect service by the Connect project's crate.

use std::error::Error;

use axum::Router;
use buffa_types::google::protobuf::StringValue;
use connectrpc::{
    ConnectError, ConnectRpcService, ErrorCode, RequestContext, Response, ServiceResult,
    ServiceStream, handler_fn, streaming_handler_fn,
};
use tower_cors::CorsLayer;

use crate::api::Api;

const SERVICE: &str = "presets.Greeter";

async fn greet(_: RequestContext, name: StringValue) -> ServiceResult<StringValue> {
    Ok(Response::new(said(&format!("Hello, {}", name.value))).with_trailer("cost", "1"))
}

async fn rename(context: RequestContext, name: StringValue) -> ServiceResult<StringValue> {
    if name.value == "nobody" {
        return Err(ConnectError::new(ErrorCode::NotFound, "no such name"));
    }
    let tenant = context.header("x-tenant").and_then(|value| value.to_str().ok());
    let renamed = format!("{}{}", tenant.unwrap_or("re"), name.value);
    Ok(Response::new(said(&renamed)).with_trailer("cost", "2"))
}

async fn spell(_: RequestContext, name: StringValue) -> ServiceResult<ServiceStream<StringValue>> {
    let letters: Vec<_> = name.value.chars().map(|letter| Ok(said(&letter.to_string()))).collect();
    Ok(Response::stream(tokio_stream::iter(letters)).with_trailer("cost", "3"))
}

fn said(text: &str) -> StringValue {
    StringValue { value: text.into(), ..StringValue::default() }
}

/// Serves it behind a CORS layer.
///
/// # Errors
///
/// If there is no port to listen on.
pub async fn serve(cors: CorsLayer) -> Result<Api, Box<dyn Error>> {
    let router = connectrpc::Router::new()
        .route_idempotent(SERVICE, "Greet", handler_fn(greet))
        .route(SERVICE, "Rename", handler_fn(rename))
        .route_server_stream(SERVICE, "Spell", streaming_handler_fn(spell));
    Api::serve(Router::new().fallback_service(ConnectRpcService::new(router)), cors).await
}
