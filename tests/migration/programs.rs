// Programs in the forms that users of `tower_http::cors` write them. `main.rs` includes this file
// twice, under two `use` lines, so it names nothing that only one of the two crates has.

use std::{
    collections::{HashMap, HashSet},
    convert::Infallible,
    sync::{Arc, LazyLock, RwLock},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    handler::Handler as _,
    routing::{any, get, put},
};
use http::{
    HeaderName, HeaderValue, Method, Request, Response, StatusCode,
    header::{
        self, ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, ETAG, InvalidHeaderValue,
        LOCATION,
    },
    request::{self, Parts},
};
use tonic_web::{GrpcWebLayer, GrpcWebService};
use tower::{
    Layer, Service, ServiceBuilder, ServiceExt,
    layer::util::{Identity, Stack},
    service_fn,
    util::{BoxCloneSyncServiceLayer, option_layer},
};

use super::{App, app, served_by_tonic};

macro_rules! by_name {
    ($($program:ident,)*) => { vec![$((stringify!($program), $program())),*] };
}

/// Programs that end in a `CorsLayer`.
pub(super) fn layers() -> Vec<(&'static str, CorsLayer)> {
    by_name![
        any_everywhere,
        array_mapped_from_a_const,
        array_of_formatted_origins,
        array_of_parsed_origins,
        arrays_of_parsed_names,
        arrays_without_elements,
        async_predicate_cloning_its_client,
        async_predicate_consuming_its_client,
        async_predicate_reading_the_path,
        chosen_by_combinators,
        config_struct_with_question_mark,
        const_arrays,
        credentials_by_predicate,
        credentials_yes,
        debug_if_else,
        debug_reassigns,
        defaults_of_every_type,
        either_any_or_a_list,
        exact_origin,
        expose_any,
        expose_array,
        expose_list,
        folded_setters,
        header_value_into_origin,
        headers_from_strings,
        lazily_initialised,
        list_from_a_set,
        list_mapped_lazily,
        max_age_by_request,
        methods_by_constructor,
        methods_in_a_vec,
        mirrored_everything,
        parts_of_a_policy_as_arguments,
        permissive,
        predicate_borrowing_a_function,
        predicate_moving_a_shared_list,
        predicate_with_half_its_types,
        predicate_with_inferred_types,
        predicate_with_types,
        pushed_in_a_loop,
        single_method,
        split_on_commas,
        star_as_header_value,
        turbofish,
        vary_by_constructor,
        vary_on_preflight_headers,
        vec_mapped_and_collected,
        vecs_of_parsed_names,
        very_permissive,
    ]
}

/// Programs that tower-http runs and that are not meant to start.
pub(super) fn refused() -> Vec<(&'static str, CorsLayer)> {
    by_name![
        any_method_as_a_name,
        credentials_for_mirrored_origins,
        credentials_over_http,
        headers_that_only_browsers_set,
        origin_copied_from_the_address_bar,
        pattern_as_a_literal,
    ]
}

/// Programs that end in a service.
pub(super) fn apps() -> Vec<(&'static str, App)> {
    by_name![
        accessors_of_the_service,
        axum_handler,
        axum_method_router,
        axum_nested_router,
        axum_router,
        axum_service_builder,
        axum_tuple_of_layers,
        body_of_bytes,
        boxed_layer,
        future_named_in_a_middleware,
        layer_of_its_own,
        layer_stored_in_a_struct,
        optional_layer,
        service_builder_named,
        service_builder_over_a_function,
        service_named_in_a_struct,
        tonic_health,
        tonic_service_named,
    ]
}

const ORIGINS: [&str; 2] = ["https://app.example.com", "https://www.example.com"];

async fn hello(_: Request<Body>) -> Result<Response<Body>, Infallible> {
    Ok(Response::new(Body::from("hello")))
}

// Origins

fn array_of_parsed_origins() -> CorsLayer {
    CorsLayer::new().allow_origin([
        "https://app.example.com".parse().unwrap(),
        "https://www.example.com".parse().unwrap(),
    ])
}

fn array_of_formatted_origins() -> CorsLayer {
    let port = 5173;
    let cors = CorsLayer::new().allow_origin(AllowOrigin::list([
        format!("http://localhost:{port}").parse().expect("an origin of digits"),
        format!("http://127.0.0.1:{port}").parse().expect("an origin of digits"),
        format!("http://[::1]:{port}").parse().expect("an origin of digits"),
    ]));
    cors.allow_methods(Any)
}

fn array_mapped_from_a_const() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::list(ORIGINS.map(HeaderValue::from_static)))
}

fn list_mapped_lazily() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(ORIGINS.iter().map(|origin| origin.parse().unwrap())))
}

fn vec_mapped_and_collected() -> CorsLayer {
    let origins = ORIGINS.map(String::from).to_vec();
    CorsLayer::new()
        .allow_origin(origins.iter().map(|origin| origin.parse().unwrap()).collect::<Vec<_>>())
}

fn list_from_a_set() -> CorsLayer {
    let origins = ORIGINS.map(HeaderValue::from_static).into_iter().collect::<HashSet<_>>();
    CorsLayer::new().allow_origin(AllowOrigin::list(origins))
}

fn split_on_commas() -> CorsLayer {
    let variable = " https://app.example.com, https://www.example.com ";
    let origins: Vec<_> =
        variable.split(',').filter_map(|origin| origin.trim().parse().ok()).collect();
    CorsLayer::new().allow_origin(AllowOrigin::list(origins)).allow_credentials(false)
}

fn pushed_in_a_loop() -> CorsLayer {
    let mut origins = Vec::new();
    for origin in ORIGINS {
        if let Ok(origin) = HeaderValue::from_str(origin) {
            origins.push(origin);
        }
    }
    CorsLayer::new().allow_origin(origins)
}

fn exact_origin() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::exact(HeaderValue::from_static("https://app.example.com")))
}

fn header_value_into_origin() -> CorsLayer {
    CorsLayer::new().allow_origin("https://app.example.com".parse::<HeaderValue>().unwrap())
}

fn star_as_header_value() -> CorsLayer {
    CorsLayer::new().allow_origin("*".parse::<HeaderValue>().unwrap())
}

fn folded_setters() -> CorsLayer {
    let cors = CorsLayer::new().allow_methods([Method::GET, Method::PUT]);
    ORIGINS
        .iter()
        .fold(cors, |cors, origin| cors.allow_origin(origin.parse::<HeaderValue>().unwrap()))
}

fn either_any_or_a_list() -> CorsLayer {
    let listed = ORIGINS.contains(&"*");
    let origins = ORIGINS
        .iter()
        .map(|origin| origin.parse::<HeaderValue>().unwrap())
        .collect::<Vec<HeaderValue>>();
    CorsLayer::new().allow_origin(if listed {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins)
    })
}

fn mirrored_everything() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::mirror_request())
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
}

// Predicates

fn predicate_with_types() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::predicate(
        |origin: &HeaderValue, parts: &request::Parts| {
            origin == "https://app.example.com" && parts.uri.path().starts_with('/')
        },
    ))
}

fn predicate_with_inferred_types() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::predicate(|origin, _parts| {
        origin.as_bytes().ends_with(b".example.com")
    }))
}

fn predicate_with_half_its_types() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::predicate(|origin: &HeaderValue, _parts: &_| {
        origin.to_str().unwrap_or("").starts_with("https://app.")
    }))
}

fn predicate_moving_a_shared_list() -> CorsLayer {
    let allowed = Arc::new(RwLock::new(ORIGINS.map(String::from).to_vec()));
    CorsLayer::new().allow_credentials(true).allow_origin(AllowOrigin::predicate(
        move |origin, _| {
            let Ok(origin) = origin.to_str() else {
                return false;
            };
            allowed.read().is_ok_and(|allowed| allowed.iter().any(|entry| entry == origin))
        },
    ))
}

fn predicate_borrowing_a_function() -> CorsLayer {
    fn is_ours(origin: &HeaderValue, _parts: &Parts) -> bool {
        ORIGINS.iter().any(|ours| origin == ours)
    }
    CorsLayer::new().allow_origin(AllowOrigin::predicate(is_ours))
}

/// Stands in for a database client: cheap to clone, owned by the future.
#[derive(Clone)]
struct Tenants(Arc<HashMap<&'static str, &'static str>>);

impl Tenants {
    fn connect() -> Self {
        Self(Arc::new(HashMap::from([("https://app.example.com", "/app")])))
    }

    async fn knows(&self, origin: &HeaderValue) -> bool {
        origin.to_str().is_ok_and(|origin| self.0.contains_key(origin))
    }

    async fn into_verdict(self, origin: HeaderValue, path: String) -> bool {
        origin
            .to_str()
            .is_ok_and(|origin| self.0.get(origin).is_some_and(|prefix| path.starts_with(prefix)))
    }
}

fn async_predicate_cloning_its_client() -> CorsLayer {
    let tenants = Tenants::connect();
    CorsLayer::new().allow_origin(AllowOrigin::async_predicate(
        move |origin: HeaderValue, _parts: &Parts| {
            let tenants = tenants.clone();
            async move { tenants.knows(&origin).await }
        },
    ))
}

fn async_predicate_consuming_its_client() -> CorsLayer {
    let tenants = Tenants::connect();
    CorsLayer::new().allow_origin(AllowOrigin::async_predicate(|origin, _parts| async move {
        tenants.knows(&origin).await
    }))
}

fn async_predicate_reading_the_path() -> CorsLayer {
    fn per_tenant(tenants: Tenants, methods: impl Into<AllowMethods>) -> CorsLayer {
        CorsLayer::new()
            .allow_origin(AllowOrigin::async_predicate(|origin, parts| {
                let path = parts.uri.path().to_owned();
                tenants.into_verdict(origin, path)
            }))
            .allow_methods(methods)
    }
    per_tenant(Tenants::connect(), [Method::GET, Method::DELETE])
}

// Credentials, methods, headers

fn credentials_yes() -> CorsLayer {
    array_of_parsed_origins()
        .allow_credentials(AllowCredentials::yes())
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
        ])
        .allow_headers([AUTHORIZATION, ACCEPT, CONTENT_TYPE])
}

fn credentials_by_predicate() -> CorsLayer {
    array_of_parsed_origins()
        .allow_credentials(AllowCredentials::predicate(|origin, parts| {
            origin == "https://app.example.com" && !parts.uri.path().starts_with("/public")
        }))
        .allow_methods(Method::DELETE)
}

fn any_everywhere() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(Any)
        .allow_headers(Any)
        .expose_headers(Any)
        .max_age(Duration::from_secs(3600))
}

fn permissive() -> CorsLayer {
    CorsLayer::permissive()
}

fn very_permissive() -> CorsLayer {
    CorsLayer::very_permissive()
}

fn const_arrays() -> CorsLayer {
    const METHODS: [Method; 3] = [Method::GET, Method::POST, Method::DELETE];
    const HEADERS: [HeaderName; 2] = [CONTENT_TYPE, HeaderName::from_static("x-api-key")];
    array_of_parsed_origins().allow_methods(METHODS).allow_headers(HEADERS)
}

fn methods_in_a_vec() -> CorsLayer {
    array_of_parsed_origins()
        .allow_methods(vec![Method::GET, Method::PUT])
        .allow_headers(vec![AUTHORIZATION])
}

fn arrays_of_parsed_names() -> CorsLayer {
    array_of_parsed_origins()
        .allow_methods(["PUT".parse().unwrap(), "PURGE".parse().unwrap()])
        .allow_headers(["x-trace".parse().unwrap()])
        .expose_headers(["x-total-count".parse().unwrap()])
        .vary(["x-tenant".parse().unwrap()])
}

fn vecs_of_parsed_names() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(vec!["https://app.example.com".parse().unwrap()])
        .allow_methods(vec!["PURGE".parse().unwrap()])
        .allow_methods(AllowMethods::list(["PURGE", "PUT"].map(|method| method.parse().unwrap())))
        .allow_headers(vec!["x-trace".parse().unwrap()])
        .expose_headers(vec!["x-total-count".parse().unwrap()])
        .expose_headers(ExposeHeaders::list(["etag"].iter().map(|name| name.parse().unwrap())))
        .vary(vec!["x-tenant".parse().unwrap()])
        .vary(Vary::list(["x-tenant"].iter().map(|name| name.parse().unwrap())))
}

fn arrays_without_elements() -> CorsLayer {
    CorsLayer::new()
        .allow_origin([])
        .allow_methods([])
        .allow_headers([])
        .expose_headers([])
        .vary([])
        .allow_origin(vec![])
        .allow_methods(Vec::new())
        .allow_origin(HeaderValue::from_static(ORIGINS[0]))
}

fn methods_by_constructor() -> CorsLayer {
    let read_only = true;
    let methods = if read_only { AllowMethods::exact(Method::GET) } else { AllowMethods::any() };
    array_of_parsed_origins()
        .allow_methods(AllowMethods::list([Method::from_bytes(b"PURGE").unwrap()]))
        .allow_methods(methods)
        .allow_headers(AllowHeaders::any())
}

fn single_method() -> CorsLayer {
    array_of_parsed_origins().allow_methods(Method::PUT)
}

fn headers_from_strings() -> CorsLayer {
    array_of_parsed_origins()
        .allow_headers(
            ["content-type", "x-trace"]
                .into_iter()
                .map(|name| name.parse::<HeaderName>().unwrap())
                .collect::<Vec<_>>(),
        )
        .allow_headers(["x-trace".parse().unwrap(), "x-tenant".parse().unwrap()])
        .allow_headers(AllowHeaders::list(
            ["x-trace", "x-tenant"].iter().map(|name| name.parse().unwrap()),
        ))
}

// What scripts may read, for how long, and what caches are told

fn expose_array() -> CorsLayer {
    array_of_parsed_origins().expose_headers([
        ETAG,
        LOCATION,
        HeaderName::from_static("x-total-count"),
    ])
}

fn expose_any() -> CorsLayer {
    array_of_parsed_origins().expose_headers(ExposeHeaders::any())
}

fn expose_list() -> CorsLayer {
    let names =
        vec![HeaderName::from_static("grpc-status"), HeaderName::from_static("grpc-message")];
    array_of_parsed_origins()
        .expose_headers(names.clone())
        .expose_headers(ExposeHeaders::list(names))
}

fn max_age_by_request() -> CorsLayer {
    array_of_parsed_origins().max_age(MaxAge::exact(Duration::from_secs(60) * 10)).max_age(
        MaxAge::dynamic(|_origin, parts| {
            if parts.uri.path() == "/" { Duration::from_secs(600) } else { Duration::ZERO }
        }),
    )
}

fn vary_by_constructor() -> CorsLayer {
    array_of_parsed_origins().vary([header::ORIGIN]).vary(Vary::list([ACCEPT_LANGUAGE]))
}

fn vary_on_preflight_headers() -> CorsLayer {
    array_of_parsed_origins().vary(preflight_request_headers().collect::<Vec<_>>())
}

fn defaults_of_every_type() -> CorsLayer {
    CorsLayer::default()
        .allow_credentials(AllowCredentials::default())
        .allow_headers(AllowHeaders::default())
        .allow_methods(AllowMethods::default())
        .allow_origin(AllowOrigin::default())
        .expose_headers(ExposeHeaders::default())
        .max_age(MaxAge::default())
        .vary(Vary::default())
        .allow_origin(HeaderValue::from_static(ORIGINS[0]))
}

// What does not start

fn any_method_as_a_name() -> CorsLayer {
    array_of_parsed_origins()
        .allow_credentials(true)
        .allow_methods([Method::GET, "*".parse().unwrap()])
}

fn credentials_for_mirrored_origins() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::mirror_request()).allow_credentials(true)
}

fn credentials_over_http() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(["http://app.example.com".parse().unwrap()])
        .allow_credentials(true)
}

fn headers_that_only_browsers_set() -> CorsLayer {
    array_of_parsed_origins().allow_headers([
        header::COOKIE,
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        CONTENT_TYPE,
        header::ORIGIN,
    ])
}

fn origin_copied_from_the_address_bar() -> CorsLayer {
    CorsLayer::new().allow_origin(["https://app.example.com/".parse().unwrap()])
}

fn pattern_as_a_literal() -> CorsLayer {
    CorsLayer::new().allow_origin("https://*.example.com".parse::<HeaderValue>().unwrap())
}

// Policies made from something else

struct Config {
    origins: Vec<String>,
    methods: Vec<String>,
    max_age: u64,
}

impl Config {
    fn cors(&self) -> Result<CorsLayer, InvalidHeaderValue> {
        let origins = self
            .origins
            .iter()
            .map(|origin| HeaderValue::from_str(origin))
            .collect::<Result<Vec<_>, _>>()?;
        let methods =
            self.methods.iter().filter_map(|method| method.parse().ok()).collect::<Vec<Method>>();
        Ok(CorsLayer::new()
            .allow_origin(origins)
            .allow_methods(methods)
            .max_age(Duration::from_secs(self.max_age)))
    }
}

fn config_struct_with_question_mark() -> CorsLayer {
    let config = Config {
        origins: ORIGINS.map(String::from).to_vec(),
        methods: vec!["GET".to_owned(), "PUT".to_owned(), "not a method".to_owned()],
        max_age: 600,
    };
    config.cors().unwrap()
}

fn debug_if_else() -> CorsLayer {
    let debug = std::hint::black_box(true);
    if debug {
        CorsLayer::permissive()
    } else {
        CorsLayer::new()
            .allow_origin(ORIGINS[0].parse::<HeaderValue>().unwrap())
            .allow_credentials(true)
    }
}

fn debug_reassigns() -> CorsLayer {
    let mut cors =
        CorsLayer::new().allow_methods([Method::GET, Method::POST]).allow_credentials(true);
    if std::hint::black_box(true) {
        cors = cors.allow_origin([
            "http://localhost:3000".parse().unwrap(),
            "http://127.0.0.1:3000".parse().unwrap(),
        ]);
    }
    cors
}

fn lazily_initialised() -> CorsLayer {
    static CORS: LazyLock<CorsLayer> =
        LazyLock::new(|| array_of_parsed_origins().allow_credentials(true));
    CORS.clone()
}

fn chosen_by_combinators() -> CorsLayer {
    fn chosen(
        origin: Option<HeaderValue>,
        method: Option<Method>,
        seconds: Option<u64>,
    ) -> CorsLayer {
        let everyone = origin.is_none();
        everyone
            .then(CorsLayer::permissive)
            .unwrap_or_else(CorsLayer::new)
            .allow_origin(origin.clone().map_or(AllowOrigin::any(), AllowOrigin::from))
            .allow_origin(origin.map_or_else(AllowOrigin::any, AllowOrigin::exact))
            .allow_credentials(!everyone)
            .allow_methods(method.map(AllowMethods::exact).unwrap_or_default())
            .max_age(seconds.map(Duration::from_secs).map_or_else(MaxAge::default, MaxAge::exact))
    }
    chosen(Some(HeaderValue::from_static(ORIGINS[0])), Some(Method::PUT), Some(60))
}

fn turbofish() -> CorsLayer {
    fn sturdy<T: Clone + std::fmt::Debug + Send + Sync + Unpin + 'static>(it: T) -> T {
        it
    }

    let any = sturdy(Any);
    CorsLayer::new()
        .allow_credentials::<AllowCredentials>(sturdy(false.into()))
        .allow_headers::<AllowHeaders>(sturdy(any.into()))
        .allow_methods::<AllowMethods>(sturdy(any.into()))
        .allow_origin::<[HeaderValue; 2]>(ORIGINS.map(HeaderValue::from_static))
        .allow_origin::<AllowOrigin>(sturdy(AllowOrigin::list::<[HeaderValue; 2]>(
            ORIGINS.map(HeaderValue::from_static),
        )))
        .expose_headers::<ExposeHeaders>(sturdy(any.into()))
        .max_age::<MaxAge>(sturdy(Duration::from_secs(60).into()))
        .vary::<Vary>(sturdy(Vary::list::<Vec<HeaderName>>(vec![ACCEPT_LANGUAGE])))
}

fn parts_of_a_policy_as_arguments() -> CorsLayer {
    fn with_cors(
        headers: AllowHeaders,
        methods: AllowMethods,
        origin: AllowOrigin,
        expose: ExposeHeaders,
    ) -> CorsLayer {
        CorsLayer::new()
            .allow_headers(headers)
            .allow_methods(methods)
            .allow_origin(origin)
            .expose_headers(expose)
    }
    with_cors(
        Any.into(),
        vec![Method::PUT].into(),
        vec![HeaderValue::from_static(ORIGINS[0])].into(),
        [ETAG].into(),
    )
}

// Services

fn service_builder_over_a_function() -> App {
    let service = ServiceBuilder::new().layer(array_of_parsed_origins()).service_fn(hello);
    app(service)
}

fn service_builder_named() -> App {
    fn middleware() -> ServiceBuilder<Stack<CorsLayer, Identity>> {
        ServiceBuilder::new().layer(array_of_parsed_origins())
    }
    app(middleware().service(service_fn(hello)))
}

fn optional_layer() -> App {
    let cors: Option<CorsLayer> = Some(array_of_parsed_origins());
    let service = ServiceBuilder::new()
        .layer(option_layer(cors.clone()))
        .option_layer(None::<CorsLayer>)
        .service_fn(hello);
    app(service)
}

fn axum_router() -> App {
    let service =
        Router::new().route("/", get(|| async { "hello" })).layer(array_of_parsed_origins());
    app(service)
}

fn axum_handler() -> App {
    async fn handler() -> &'static str {
        "hello"
    }
    let service: Router = Router::new().route("/", any(handler.layer(array_of_parsed_origins())));
    app(service)
}

fn axum_method_router() -> App {
    let service: Router = Router::new()
        .route("/", put(|| async { StatusCode::NO_CONTENT }).layer(array_of_parsed_origins()));
    app(service)
}

fn axum_nested_router() -> App {
    let api = Router::new()
        .route("/users", get(|| async { "[]" }))
        .route_layer(array_of_parsed_origins());
    app(Router::new().nest("/api", api))
}

fn axum_service_builder() -> App {
    let middleware = ServiceBuilder::new()
        .layer(tower_http::trace::TraceLayer::new_for_http())
        .layer(array_of_parsed_origins())
        .layer(tower_http::compression::CompressionLayer::new());
    let service: Router = Router::new().route("/", get(|| async { "hello" })).layer(middleware);
    app(service)
}

fn axum_tuple_of_layers() -> App {
    let layers = (tower_http::trace::TraceLayer::new_for_http(), array_of_parsed_origins());
    let service: Router = Router::new().route("/", get(|| async { "hello" })).layer(layers);
    app(service)
}

fn boxed_layer() -> App {
    let layer: BoxCloneSyncServiceLayer<_, _, _, Infallible> =
        BoxCloneSyncServiceLayer::new(array_of_parsed_origins());
    app(ServiceBuilder::new().layer(layer).service_fn(hello))
}

fn body_of_bytes() -> App {
    let inner = service_fn(|_: Request<Body>| async {
        Ok::<_, Infallible>(Response::new(http_body_util::Full::<Bytes>::default()))
    });
    app(array_of_parsed_origins().layer(inner))
}

fn accessors_of_the_service() -> App {
    #[derive(Clone, Debug, PartialEq)]
    struct Named(&'static str);

    let mut named = array_of_parsed_origins().layer(Named("before"));
    assert_eq!(named.get_ref(), &Named("before"));
    *named.get_mut() = Named("after");
    assert_eq!(named.clone().into_inner(), Named("after"));
    app(array_of_parsed_origins().layer(service_fn(hello)))
}

fn service_named_in_a_struct() -> App {
    #[derive(Clone, Debug)]
    struct Server<S> {
        service: Cors<S>,
    }

    let server = Server { service: CorsLayer::permissive().layer(service_fn(hello)) };
    app(server.clone().service)
}

fn layer_stored_in_a_struct() -> App {
    #[derive(Clone, Debug, Default)]
    struct Edge {
        cors: CorsLayer,
    }

    let edge = Edge { cors: Edge::default().cors.allow_origin(Any) };
    assert!(format!("{edge:?}").contains("CorsLayer"));
    app(edge.clone().cors.layer(service_fn(hello)))
}

fn layer_of_its_own() -> App {
    #[derive(Clone)]
    struct Edge(CorsLayer);

    impl<S> Layer<S> for Edge {
        type Service = Cors<S>;

        fn layer(&self, inner: S) -> Cors<S> {
            self.0.layer(inner)
        }
    }

    let service = ServiceBuilder::new().layer(Edge(array_of_parsed_origins())).service_fn(hello);
    app(service)
}

fn future_named_in_a_middleware() -> App {
    #[derive(Clone)]
    struct Counted<S> {
        service: Cors<S>,
        requests: u64,
    }

    impl<S, B> Service<Request<Body>> for Counted<S>
    where
        S: Service<Request<Body>, Response = Response<B>>,
        B: Default,
    {
        type Response = Response<B>;
        type Error = S::Error;
        type Future = ResponseFuture<S::Future>;

        fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
            self.service.poll_ready(cx)
        }

        fn call(&mut self, request: Request<Body>) -> Self::Future {
            self.requests += 1;
            self.service.call(request)
        }
    }

    let service =
        Counted { service: array_of_parsed_origins().layer(service_fn(hello)), requests: 0 };
    app(service)
}

fn tonic_health() -> App {
    fn server() -> tonic::transport::server::Router<Stack<GrpcWebLayer, Stack<CorsLayer, Identity>>>
    {
        let cors = array_of_parsed_origins()
            .allow_headers([
                CONTENT_TYPE,
                HeaderName::from_static("x-grpc-web"),
                HeaderName::from_static("grpc-timeout"),
            ])
            .expose_headers(["grpc-status", "grpc-message"].map(HeaderName::from_static))
            .allow_methods([Method::POST]);
        tonic::transport::Server::builder()
            .accept_http1(true)
            .layer(cors)
            .layer(GrpcWebLayer::new())
            .add_service(tonic_health::server::health_reporter().1)
    }
    served_by_tonic(server)
}

fn tonic_service_named() -> App {
    fn web<S>(service: S) -> Cors<GrpcWebService<S>> {
        let cors = CorsLayer::new()
            .allow_origin(AllowOrigin::mirror_request())
            .max_age(Duration::from_secs(24 * 60 * 60));
        ServiceBuilder::new().layer(cors).layer(GrpcWebLayer::new()).service(service)
    }

    let inner = service_fn(|_: Request<tonic::body::Body>| async {
        Ok::<_, Infallible>(Response::new(tonic::body::Body::default()))
    });
    let service =
        web(inner).map_request(|request: Request<Body>| request.map(tonic::body::Body::new));
    app(service)
}
