//! What the example answers, as a service and through a server.

use axum::body::Body;
use http::{Request, Response, Uri};
use hyper::body::Incoming;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tokio::{net::TcpListener, time::timeout};

use crate::{
    app::{app, cors},
    exchange::{DEADLINE, ask, request, written},
};

/// A name, the request, and the answer.
pub(crate) type Exchange = (&'static str, &'static str, &'static str);

pub(crate) const EXCHANGES: [Exchange; 17] = [
    (
        "anyone reads the public API, without Vary",
        "GET /public/books\norigin: https://stranger.example",
        "200\naccess-control-allow-origin: *\n\
         content-type: text/plain; charset=utf-8\n\nEmma, Ulysses",
    ),
    (
        "everyone is answered alike",
        "GET /public/books",
        "200\naccess-control-allow-origin: *\n\
         content-type: text/plain; charset=utf-8\n\nEmma, Ulysses",
    ),
    (
        "preflight of the public API",
        "OPTIONS /public/books\norigin: https://stranger.example\naccess-control-request-method: GET",
        "204\naccess-control-allow-methods: GET,HEAD,POST\naccess-control-allow-origin: *\n\
         access-control-max-age: 7200\nallow: GET,HEAD\n",
    ),
    (
        "the public API's 404 can be read",
        "GET /public/missing\norigin: https://stranger.example",
        "404\naccess-control-allow-origin: *\n",
    ),
    (
        "and its 405",
        "POST /public/books\norigin: https://stranger.example",
        "405\naccess-control-allow-origin: *\nallow: GET,HEAD\n",
    ),
    (
        "preflight of a partner",
        "OPTIONS /partners/orders/7\norigin: https://shop.partner.example\n\
         access-control-request-method: PUT\naccess-control-request-headers: content-type",
        "204\naccess-control-allow-credentials: true\naccess-control-allow-headers: content-type\n\
         access-control-allow-methods: PUT\n\
         access-control-allow-origin: https://shop.partner.example\naccess-control-max-age: 600\n\
         allow: GET,HEAD,PUT\nvary: origin\n",
    ),
    (
        "PUT of a partner",
        "PUT /partners/orders/7\norigin: https://shop.partner.example\n\npaid",
        "200\naccess-control-allow-credentials: true\n\
         access-control-allow-origin: https://shop.partner.example\n\
         content-type: text/plain; charset=utf-8\nvary: origin\n\norder 7 is paid",
    ),
    (
        "preflight of a stranger to the partners",
        "OPTIONS /partners/orders/7\norigin: https://stranger.example\n\
         access-control-request-method: PUT",
        "403\nallow: GET,HEAD,PUT\nvary: origin\n",
    ),
    (
        "a stranger's GET runs, and is not to be read",
        "GET /partners/orders/7\norigin: https://stranger.example",
        "200\ncontent-type: text/plain; charset=utf-8\nvary: origin\n\norder 7",
    ),
    (
        "the admin page",
        "GET /admin",
        "200\ncontent-type: text/html; charset=utf-8\n\
         vary: origin, sec-fetch-site\n\n\
         <!doctype html><form method=post action=/admin/restart><button>Restart</button></form>",
    ),
    (
        "its form",
        "POST /admin/restart\nhost: localhost:3000\norigin: http://localhost:3000",
        "200\ncontent-type: text/plain; charset=utf-8\n\
         vary: origin, sec-fetch-site\n\nrestarting",
    ),
    (
        "a stranger's form is not run",
        "POST /admin/restart\nhost: localhost:3000\norigin: https://stranger.example",
        "403\ncache-control: no-store\nvary: origin, sec-fetch-site\n",
    ),
    (
        "nor is a partner's",
        "POST /admin/restart\nhost: public.localhost\norigin: https://shop.partner.example",
        "403\ncache-control: no-store\nvary: origin, sec-fetch-site\n",
    ),
    (
        "the status by its public name",
        "GET /status\nhost: public.localhost:3000\norigin: https://stranger.example",
        "200\naccess-control-allow-origin: *\n\
         content-type: text/plain; charset=utf-8\n\nup",
    ),
    (
        "preflight of the status by its public name",
        "OPTIONS /status\nhost: public.localhost\norigin: https://stranger.example\n\
         access-control-request-method: GET",
        "204\naccess-control-allow-methods: GET,HEAD,POST\naccess-control-allow-origin: *\n\
         access-control-max-age: 7200\nallow: GET,HEAD\n",
    ),
    (
        "the status by another name is closed",
        "GET /status\nhost: localhost:3000\norigin: https://stranger.example",
        "403\ncache-control: no-store\nvary: origin, sec-fetch-site\n",
    ),
    (
        "what begins like the public API is closed",
        "GET /publications\norigin: https://stranger.example",
        "403\ncache-control: no-store\nvary: origin, sec-fetch-site\n",
    ),
];

/// Asks a server, by the socket and the host that the request names.
pub(crate) async fn send(server: &str, text: &str) -> Response<Incoming> {
    let mut request: Request<Body> = request(text);
    let uri: Uri = format!("{server}{}", request.uri()).parse().expect("a URI");
    *request.uri_mut() = uri;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let answered = timeout(DEADLINE, client.request(request)).await;
    answered.expect("the server answers in time").expect("the server answers")
}

#[tokio::test]
async fn of_the_service() {
    let app = app().unwrap();
    for (name, request, answer) in EXCHANGES {
        assert_eq!(ask(app.clone(), request).await, answer, "{name}");
    }
}

#[tokio::test]
async fn of_a_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    let app = app().unwrap();
    tokio::spawn(async { axum::serve(listener, app).await });
    for (name, request, answer) in EXCHANGES {
        assert_eq!(written(send(&server, request).await).await, answer, "{name}");
    }
}

#[test]
fn its_policies_are_without_warnings() {
    assert!(cors().unwrap().warnings().is_empty());
}
