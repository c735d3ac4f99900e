//! A server of the Model Context Protocol by the `rmcp` crate.

use std::{error::Error, sync::Arc};

use axum::{Router, routing::any};
use http::{StatusCode, header};
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock,
        ProgressNotificationParam, ServerCapabilities, ServerConfig,
    },
    service::RequestContext,
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
    },
};
use tower_cors::CorsLayer;

use crate::api::Api;

/// Where a client that was refused is sent, which only the refusal tells.
pub const METADATA: &str = "/who-authorizes";

/// Any tool of it counts to three, tells of each, and then says that its tools changed.
#[derive(Clone, Debug)]
struct Counter;

impl ServerHandler for Counter {
    fn get_info(&self) -> ServerConfig {
        let tools = ServerCapabilities::builder().enable_tools().enable_tool_list_changed();
        ServerConfig::new(tools.build())
    }

    async fn call_tool(
        &self,
        _: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let failed = |error: &dyn Error| ErrorData::internal_error(error.to_string(), None);
        if let Some(token) = context.meta.get_progress_token() {
            for made in [1.0, 2.0, 3.0] {
                let progress = ProgressNotificationParam::new(token.clone(), made);
                context.peer.notify_progress(progress).await.map_err(|error| failed(&error))?;
            }
        }
        Ok(CallToolResult::success(vec![ContentBlock::text("counted")]).into())
    }

    async fn on_initialized(&self, context: rmcp::service::NotificationContext<RoleServer>) {
        // The page may be gone again.
        let _ = context.peer.notify_tool_list_changed().await;
    }
}

/// Serves it behind a CORS layer, and beside it one that asks for a token.
///
/// # Errors
///
/// If there is no port to listen on.
pub async fn serve(cors: CorsLayer) -> Result<Api, Box<dyn Error>> {
    let sessions = Arc::new(LocalSessionManager::default());
    let counter =
        StreamableHttpService::new(|| Ok(Counter), sessions, StreamableHttpServerConfig::default());
    let app = Router::new().route_service("/mcp", counter).route("/protected", any(unauthorized));
    Api::serve(app, cors).await
}

async fn unauthorized(
    request: axum::extract::Request,
) -> (StatusCode, [(header::HeaderName, String); 1]) {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let metadata = format!("http://{}{METADATA}", host.unwrap_or_default());
    let challenge = format!("Bearer resource_metadata=\"{metadata}\"");
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)])
}
