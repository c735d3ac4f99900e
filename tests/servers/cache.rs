//! A shared cache between pages and server.

use std::future::ready;

use axum::{Router, response::Response as AxumResponse, routing};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use tower::util::MapResponseLayer;
use tower_cors::{AllowOrigin, CorsLayer};
use tower_http::compression::CompressionLayer;

use crate::wire::{APP, Client, STRANGER, bounded, get, head, serve_axum};

const PARTNER: &str = "https://partner.example";
const VISITORS: [Option<&str>; 4] = [None, Some(APP), Some(PARTNER), Some(STRANGER)];

#[tokio::test]
async fn responses_to_different_origins_never_mix() {
    bounded(async {
        for app in [app().layer(listed()), app().layer(CompressionLayer::new()).layer(listed())] {
            let client = serve(app).await;
            assert_eq!(mixed_up(&client).await, []);
            assert_eq!(copies(client).await, VISITORS.len());
        }
    })
    .await;
}

/// Shows that the cache would mix them up.
#[tokio::test]
async fn without_vary_they_mix() {
    bounded(async {
        let strip = MapResponseLayer::new(|mut response: AxumResponse| {
            response.headers_mut().remove(header::VARY);
            response
        });
        let client = serve(app().layer(listed()).layer(strip)).await;
        let expected = [
            (None, Some(APP)),
            (None, Some(PARTNER)),
            (Some(APP), None),
            (Some(APP), Some(PARTNER)),
            (Some(APP), Some(STRANGER)),
            (Some(PARTNER), None),
            (Some(PARTNER), Some(APP)),
            (Some(PARTNER), Some(STRANGER)),
            (Some(STRANGER), Some(APP)),
            (Some(STRANGER), Some(PARTNER)),
        ];
        assert_eq!(mixed_up(&client).await, expected);
        assert_eq!(copies(client).await, 1);
    })
    .await;
}

#[tokio::test]
async fn one_copy_serves_all_where_everyone_is_told_the_same() {
    bounded(async {
        let fixed = AllowOrigin::fixed(HeaderValue::from_static(APP));
        let rows = [
            ("any", CorsLayer::new().allow_origin(AllowOrigin::any()), "*"),
            ("permissive", CorsLayer::permissive(), "*"),
            ("fixed", CorsLayer::new().allow_origin(fixed.clone()), APP),
            (
                "fixed with credentials",
                CorsLayer::new().allow_origin(fixed).allow_credentials(true),
                APP,
            ),
        ];
        for (name, cors, origin) in rows {
            let client = serve(app().layer(cors)).await;
            assert_eq!(mixed_up(&client).await, [], "{name}");
            let response = client.send(get("/", None)).await;
            assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], origin, "{name}");
            assert_eq!(copies(client).await, 1, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_enforced_refusal_is_not_stored() {
    bounded(async {
        let client = serve(app().layer(listed().enforce_origins(true))).await;
        assert_eq!(mixed_up(&client).await, []);
        // All visitors but the stranger, who is refused.
        assert_eq!(copies(client).await, VISITORS.len() - 1);
    })
    .await;
}

fn listed() -> CorsLayer {
    CorsLayer::new().allow_origins([APP, PARTNER]).allow_credentials(true)
}

fn app() -> Router {
    let cacheable = || {
        let text = "a response that is long enough to be worth compressing";
        ready(([(header::CACHE_CONTROL, "public, max-age=3600")], text))
    };
    Router::new().route("/", routing::get(cacheable))
}

async fn serve(app: Router) -> Client {
    Client::new(http::Version::HTTP_11, serve_axum(app).await)
}

/// The pairs of visitors of whom the second, coming through the cache, is told something else than
/// the server would tell it.
async fn mixed_up(server: &Client) -> Vec<(Option<&'static str>, Option<&'static str>)> {
    let mut pairs = Vec::new();
    for first in VISITORS {
        for second in VISITORS {
            let mut cache = SharedCache::before(server.clone());
            cache.send(get("/", first)).await;
            let through_cache = cache.send(get("/", second)).await;
            if head(&through_cache) != head(&server.send(get("/", second)).await) {
                pairs.push((first, second));
            }
        }
    }
    pairs
}

/// How many responses a cache keeps that all visitors come through, twice.
async fn copies(server: Client) -> usize {
    let mut cache = SharedCache::before(server);
    for visitor in VISITORS.into_iter().chain(VISITORS) {
        cache.send(get("/", visitor)).await;
    }
    cache.stored.len()
}

/// A cache as in RFC 9111, in which nothing gets old.
struct SharedCache {
    server: Client,
    stored: Vec<Stored>,
}

struct Stored {
    uri: String,
    /// The request's lines of every header that `Vary` names.
    nominated: Vec<(HeaderName, Vec<HeaderValue>)>,
    response: Response<Bytes>,
}

impl SharedCache {
    fn before(server: Client) -> Self {
        Self { server, stored: Vec::new() }
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Response<Bytes> {
        if let Some(stored) = self.stored.iter().find(|stored| stored.answers(&request)) {
            return stored.response.clone();
        }
        let response = self.server.send(request.clone()).await;
        self.stored.extend(Stored::of(&request, &response));
        response
    }
}

impl Stored {
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-3>
    fn of<B>(request: &Request<B>, response: &Response<Bytes>) -> Option<Self> {
        let directives = elements(response.headers(), header::CACHE_CONTROL);
        let is_storable = request.method() == Method::GET
            && response.status() == StatusCode::OK
            && directives.iter().any(|directive| directive.starts_with("max-age="))
            && !directives.iter().any(|directive| directive == "no-store");
        // `*` is not a name that anything can be selected by.
        let names = elements(response.headers(), header::VARY);
        if !is_storable || names.iter().any(|name| name == "*") {
            return None;
        }
        let names = names.iter().map(|name| name.parse::<HeaderName>().expect("names are valid"));
        let nominated = names.map(|name| (name.clone(), lines(request.headers(), &name)));
        Some(Self {
            uri: request.uri().to_string(),
            nominated: nominated.collect(),
            response: response.clone(),
        })
    }

    /// <https://www.rfc-editor.org/rfc/rfc9111#section-4.1>
    fn answers<B>(&self, request: &Request<B>) -> bool {
        request.method() == Method::GET
            && request.uri().to_string() == self.uri
            && self.nominated.iter().all(|(name, known)| lines(request.headers(), name) == *known)
    }
}

fn lines(headers: &HeaderMap, name: &HeaderName) -> Vec<HeaderValue> {
    headers.get_all(name).iter().cloned().collect()
}

fn elements(headers: &HeaderMap, name: HeaderName) -> Vec<String> {
    let lines = headers.get_all(name).into_iter().map(|line| line.to_str().expect("it is ASCII"));
    lines.flat_map(|line| line.split(',')).map(|element| element.trim().to_owned()).collect()
}
