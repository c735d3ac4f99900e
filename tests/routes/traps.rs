//! Where a layer does not reach, beside the example, where it does.

use axum::{Router, handler::Handler, routing::get};
use http::StatusCode;
use tower::Layer;

use crate::{
    app::{app, books, cors, public, routes},
    exchange::ask,
};

const PREFLIGHT: &str = "OPTIONS /public/books\norigin: https://stranger.example\n\
                         access-control-request-method: GET";
const GRANTED: &str = "204\naccess-control-allow-methods: GET,HEAD,POST\n\
                       access-control-allow-origin: *\naccess-control-max-age: 7200\n\
                       allow: GET,HEAD\n";
/// axum's own answer, which tells a browser nothing.
const METHOD_NOT_ALLOWED: &str = "405\nallow: GET,HEAD\n";

#[tokio::test]
async fn a_preflight_meets_405_where_the_layer_is_on_the_handler() {
    let on = |method_router| Router::new().route("/public/books", method_router);
    let cors = || cors().unwrap();
    for (name, router, expected) in [
        ("Handler::layer", on(get(books.layer(cors()))), METHOD_NOT_ALLOWED),
        ("MethodRouter::route_layer", on(get(books).route_layer(cors())), METHOD_NOT_ALLOWED),
        ("MethodRouter::layer", on(get(books).layer(cors())), GRANTED),
        ("Router::route_layer", on(get(books)).route_layer(cors()), GRANTED),
        ("the example", app().unwrap(), GRANTED),
    ] {
        assert_eq!(ask(router, PREFLIGHT).await, expected, "{name}");
    }
}

#[tokio::test]
async fn a_preflight_is_granted_whatever_methods_the_route_has() {
    let preflight = |path| {
        format!(
            "OPTIONS {path}\norigin: https://shop.partner.example\naccess-control-request-method: DELETE"
        )
    };
    let granted = |allow| {
        format!(
            "204\naccess-control-allow-credentials: true\n\
             access-control-allow-headers: content-type\naccess-control-allow-methods: PUT\n\
             access-control-allow-origin: https://shop.partner.example\n\
             access-control-max-age: 600\n{allow}vary: origin\n"
        )
    };
    for (path, allow) in [("/partners/orders/7", "allow: GET,HEAD,PUT\n"), ("/partners/none", "")] {
        assert_eq!(ask(app().unwrap(), &preflight(path)).await, granted(allow), "{path}");
    }
}

#[tokio::test]
async fn a_404_cannot_be_read_where_the_layer_is_a_route_layer() {
    let missing = "GET /public/missing\norigin: https://stranger.example";
    let bare = "404\n";
    let readable = "404\naccess-control-allow-origin: *\n";
    let route_layer = routes().route_layer(cors().unwrap());
    assert_eq!(ask(route_layer, missing).await, bare);
    assert_eq!(ask(app().unwrap(), missing).await, readable);
}

/// Nor is anything enforced there.
#[tokio::test]
async fn a_route_layer_leaves_the_fallback_open() {
    let write = "POST /missing\norigin: https://stranger.example";
    let forbidden = "403\ncache-control: no-store\nvary: origin, sec-fetch-site\n";
    let fallback = || routes().fallback(async || StatusCode::ACCEPTED);
    let ran = "202\n";
    let inside = fallback().layer(cors().unwrap());
    let outside = routes().layer(cors().unwrap()).fallback(async || StatusCode::ACCEPTED);
    for (name, router, expected) in [
        ("route_layer", fallback().route_layer(cors().unwrap()), ran),
        ("fallback written after the layer", outside, ran),
        ("fallback written before the layer", inside, forbidden),
    ] {
        assert_eq!(ask(router, write).await, expected, "{name}");
    }
}

#[tokio::test]
async fn a_fallback_can_be_read_if_it_is_written_before_the_layer() {
    let missing = "GET /public/missing\norigin: https://stranger.example";
    let gone = async || StatusCode::GONE;
    let inside = routes().fallback(gone).layer(cors().unwrap());
    let outside = routes().layer(cors().unwrap()).fallback(gone);
    let around = cors().unwrap().layer(routes().fallback(gone));
    let readable = "410\naccess-control-allow-origin: *\n";
    assert_eq!(ask(inside, missing).await, readable);
    assert_eq!(ask(outside, missing).await, "410\n");
    assert_eq!(ask(around, missing).await, readable);
}

/// Whatever the inner one says, to preflights and to the requests that they announce.
#[tokio::test]
async fn of_two_layers_the_outermost_decides() {
    let read = "GET /admin\nhost: localhost\norigin: https://stranger.example";
    let preflight = "OPTIONS /admin\nhost: localhost\norigin: https://stranger.example\n\
                     access-control-request-method: GET";
    let open_around_closed = || app().unwrap().layer(public());
    let closed_around_open = || routes().layer(public()).layer(cors().unwrap());
    for (name, router, request, expected) in [
        (
            "open around closed: the inner one still enforces, and its refusal can be read",
            open_around_closed(),
            read,
            "403\naccess-control-allow-origin: *\ncache-control: no-store\n\
             vary: origin, sec-fetch-site\n",
        ),
        (
            "open around closed, preflight",
            open_around_closed(),
            preflight,
            "204\naccess-control-allow-methods: GET,HEAD,POST\naccess-control-allow-origin: *\n\
             access-control-max-age: 7200\nallow: GET,HEAD\n",
        ),
        (
            "closed around open",
            closed_around_open(),
            read,
            "403\ncache-control: no-store\nvary: origin, sec-fetch-site\n",
        ),
        (
            "closed around open, preflight",
            closed_around_open(),
            preflight,
            "403\nallow: GET,HEAD\nvary: origin, sec-fetch-site\n",
        ),
    ] {
        assert_eq!(ask(router, request).await, expected, "{name}");
    }
}
