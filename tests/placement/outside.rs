//! What is outside of the layer.

use std::{future::pending, time::Duration};

use axum::{
    Router,
    error_handling::HandleErrorLayer,
    extract::Request,
    middleware::{Next, from_fn},
    response::{IntoResponse, Redirect, Response},
    routing,
};
use http::{HeaderValue, Method, StatusCode, header};
use tower::{BoxError, Layer, ServiceBuilder};
use tower_cors::testing::{Fetch, Page};
use tower_http::{
    catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, normalize_path::NormalizePathLayer,
    set_header::SetResponseHeaderLayer, timeout::TimeoutLayer,
};

use crate::row::{Row, cors, get, get_with_cookies, put, stack, users};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        authentication(),
        unauthorized(),
        load_shedding(),
        timeout(),
        panics(),
        body_limit(),
        redirect(),
        proxy(),
        other_layer(),
    ]
}

async fn authenticate(request: Request, next: Next) -> Response {
    match request.headers().contains_key(header::AUTHORIZATION) {
        true => next.run(request).await,
        false => StatusCode::UNAUTHORIZED.into_response(),
    }
}

fn authentication() -> Row {
    let auth = || from_fn(authenticate);
    Row {
        name: "authentication, preflighted",
        wrong: stack(users().layer(cors()).layer(auth())),
        right: stack(users().layer(auth()).layer(cors())),
        fetch: put,
        status: 200,
    }
}

fn unauthorized() -> Row {
    // As some let them pass who have noticed the row above.
    let auth = || {
        from_fn(async |request: Request, next: Next| match *request.method() {
            Method::OPTIONS => next.run(request).await,
            _ => authenticate(request, next).await,
        })
    };
    Row {
        name: "authentication that lets `OPTIONS` pass",
        wrong: stack(users().layer(cors()).layer(auth())),
        right: stack(users().layer(auth()).layer(cors())),
        fetch: get,
        status: 401,
    }
}

fn load_shedding() -> Row {
    let shed = || {
        ServiceBuilder::new()
            .layer(HandleErrorLayer::new(async |_: BoxError| StatusCode::SERVICE_UNAVAILABLE))
            .load_shed()
            .concurrency_limit(0)
    };
    Row {
        name: "a rate limit, load shedding",
        wrong: stack(users().layer(cors()).layer(shed())),
        right: stack(users().layer(shed()).layer(cors())),
        fetch: get,
        status: 503,
    }
}

fn timeout() -> Row {
    // What it stops never ends, so any time is enough.
    let limit =
        TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_millis(1));
    let stuck = || Router::new().route("/users", routing::get(pending::<()>));
    Row {
        name: "a timeout",
        wrong: stack(stuck().layer(cors()).layer(limit)),
        right: stack(stuck().layer(limit).layer(cors())),
        fetch: get,
        status: 408,
    }
}

fn panics() -> Row {
    async fn broken() {
        panic!("a handler may");
    }
    let broken = || Router::new().route("/users", routing::get(broken));
    Row {
        name: "what catches panics",
        wrong: stack(broken().layer(cors()).layer(CatchPanicLayer::new())),
        right: stack(broken().layer(CatchPanicLayer::new()).layer(cors())),
        fetch: get,
        status: 500,
    }
}

fn body_limit() -> Row {
    fn post(page: &Page) -> Fetch {
        page.post("https://api.example.com/users").text("more than eight bytes")
    }
    Row {
        name: "a body limit",
        wrong: stack(users().layer(cors()).layer(RequestBodyLimitLayer::new(8))),
        right: stack(users().layer(RequestBodyLimitLayer::new(8)).layer(cors())),
        fetch: post,
        status: 413,
    }
}

fn redirect() -> Row {
    let slash = || {
        from_fn(async |request: Request, next: Next| match request.uri().path() {
            "/users/" => Redirect::permanent("/users").into_response(),
            _ => next.run(request).await,
        })
    };
    fn put_with_slash(page: &Page) -> Fetch {
        page.put("https://api.example.com/users/")
    }
    Row {
        name: "a redirect to https or away from a slash",
        wrong: stack(users().layer(cors()).layer(slash())),
        right: stack(NormalizePathLayer::trim_trailing_slash().layer(users().layer(cors()))),
        fetch: put_with_slash,
        status: 200,
    }
}

fn proxy() -> Row {
    let name = header::ACCESS_CONTROL_ALLOW_ORIGIN;
    let any = SetResponseHeaderLayer::appending(name, HeaderValue::from_static("*"));
    Row {
        name: "a proxy or layer that adds its own",
        wrong: stack(users().layer(cors()).layer(any.clone())),
        right: stack(users().layer(any).layer(cors())),
        fetch: get,
        status: 200,
    }
}

fn other_layer() -> Row {
    let other = tower_http::cors::CorsLayer::permissive;
    Row {
        name: "a second CORS layer that replaces",
        wrong: stack(users().layer(cors()).layer(other())),
        right: stack(users().layer(other()).layer(cors())),
        fetch: get_with_cookies,
        status: 200,
    }
}
