use super::CorsLayer;
use crate::config::Preset;

/// Presets: the names that a protocol's specification gives, added to those of
/// [`allow_methods`](Self::allow_methods), [`allow_headers`](Self::allow_headers) and
/// [`expose_headers`](Self::expose_headers), in any order of calls. Origins stay yours.
impl CorsLayer {
    /// Adds what pages need to call [Connect](https://connectrpc.com/docs/protocol) services.
    ///
    /// | | |
    /// |---|---|
    /// | methods | `GET`, `POST` |
    /// | request headers | `connect-accept-encoding`, `connect-content-encoding`, `connect-protocol-version`, `connect-timeout-ms`, `content-encoding`, `content-type` |
    /// | exposed headers | `accept-encoding`, `connect-accept-encoding`, `connect-content-encoding`, `content-encoding` |
    ///
    /// These are the names of [unary requests](https://connectrpc.com/docs/protocol#unary-request),
    /// [GET requests](https://connectrpc.com/docs/protocol#unary-get-request) and
    /// [streams](https://connectrpc.com/docs/protocol#streaming-request) that a script can set or
    /// read; those of encodings are for clients that compress by themselves. Metadata is yours to
    /// add, and [trailers of unary calls](https://connectrpc.com/docs/cors) as well: they are
    /// headers that start with `trailer-`.
    ///
    /// ```
    /// # fn main() -> Result<(), tower_cors::ConfigError> {
    /// use http::{HeaderName, header};
    /// use tower_cors::CorsLayer;
    ///
    /// let cors = CorsLayer::new()
    ///     .allow_origins(["https://app.example.com"])
    ///     .connect()
    ///     .allow_headers([header::AUTHORIZATION])
    ///     .expose_headers([HeaderName::from_static("trailer-cost")])
    ///     .build()?;
    /// assert!(cors.warnings().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A service that also speaks gRPC-Web needs [`grpc_web`](Self::grpc_web) beside it.
    pub fn connect(self) -> Self {
        self.preset(Preset::Connect)
    }

    /// Adds what pages need to call
    /// [gRPC-Web](https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md) services, such as
    /// tonic's behind tonic-web.
    ///
    /// | | |
    /// |---|---|
    /// | methods | `POST` |
    /// | request headers | `content-type`, `grpc-message-type`, `grpc-timeout`, `x-grpc-web`, `x-user-agent` |
    /// | exposed headers | `grpc-message`, `grpc-status`, `grpc-status-details-bin` |
    ///
    /// These are the names of [gRPC](https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests)
    /// requests and trailers that a script can set or read, without the `grpc-encoding` that
    /// gRPC-Web does not use, and the two with `x-` that
    /// [its clients send](https://connectrpc.com/docs/cors). Trailers are part of the body and need
    /// no exposing; but a response without a message, such as most errors, has them among its
    /// headers. Metadata is yours to add: `authorization`, or what your errors carry.
    ///
    /// ```
    /// # fn main() -> Result<(), tower_cors::ConfigError> {
    /// use http::header;
    /// use tonic::transport::Server;
    /// use tonic_web::GrpcWebLayer;
    /// use tower_cors::CorsLayer;
    ///
    /// let cors = CorsLayer::new()
    ///     .allow_origins(["https://app.example.com"])
    ///     .allow_headers([header::AUTHORIZATION])
    ///     .grpc_web()
    ///     .build()?;
    /// let (_, health) = tonic_health::server::health_reporter();
    /// let server = Server::builder()
    ///     .accept_http1(true)
    ///     .layer(cors)
    ///     .layer(GrpcWebLayer::new())
    ///     .add_service(health);
    /// # Ok(())
    /// # }
    /// ```
    pub fn grpc_web(self) -> Self {
        self.preset(Preset::GrpcWeb)
    }

    /// Adds what pages need to speak to servers of the Model Context Protocol over its
    /// [streamable HTTP](https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http),
    /// and enforces the listed origins.
    ///
    /// | | |
    /// |---|---|
    /// | methods | `DELETE`, `GET`, `POST` |
    /// | request headers | `authorization`, `content-type`, `last-event-id`, `mcp-method`, `mcp-name`, `mcp-protocol-version`, `mcp-session-id` |
    /// | exposed headers | `mcp-session-id`, `www-authenticate` |
    ///
    /// They cover both kinds of revision: sessions, streams by `GET` and their resumption are those
    /// [up to 2025-11-25](https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http),
    /// `mcp-method` and `mcp-name` came with 2026-07-28. Clients are
    /// [authorized](https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization) by
    /// `authorization`, and learn where to ask for it by `www-authenticate`; what that points to
    /// belongs behind the layer, too. The `mcp-param-…` of tools whose schemas have `x-mcp-header`
    /// are yours to add.
    ///
    /// By the [specification](https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#security-endpoint)
    /// a server must answer 403 to an `Origin` that it does not know, so that no page can reach it
    /// under a rebound host name. So this is [`Enforce::ListedOnly`](crate::Enforce::ListedOnly),
    /// whatever [`enforce_origins`](Self::enforce_origins) says, and nothing builds with it that
    /// allows any origin. Programs send no `Origin`, and are let through.
    ///
    /// ```
    /// # fn main() -> Result<(), tower_cors::ConfigError> {
    /// use tower_cors::CorsLayer;
    ///
    /// let cors = CorsLayer::new().allow_origins(["https://inspector.example.com"]).mcp().build()?;
    ///
    /// let request = http::Request::post("/mcp").header("origin", "https://evil.example");
    /// let (parts, ()) = request.body(()).unwrap().into_parts();
    /// assert_eq!(cors.explain(&parts)?.outcome(), tower_cors::Outcome::Denied);
    /// # Ok(())
    /// # }
    /// ```
    pub fn mcp(self) -> Self {
        self.preset(Preset::Mcp)
    }

    fn preset(self, preset: Preset) -> Self {
        self.replace(preset.name(), |settings| {
            settings.presets.insert(preset);
        })
    }
}
