//! What no setting of the layer mends: what is printed says where else to look.

use std::convert::Infallible;

use http::{HeaderValue, Request, Response, StatusCode, header};
use tower::service_fn;
use tower_cors::testing::{Body, Mode, Redirect};

use crate::{
    printing::{only, page, told},
    server::{ACAH, ACAM, ACAO, API, Line, Server, answer},
};

#[tokio::test]
async fn messages_and_fixes_where_no_policy_helps() {
    let asked = || page().put(API).header("x-a", "1");
    let granted = |lines: &[Line]| answer(204, &[&[(ACAO, "*")], lines].concat());
    let hop = |location| answer(307, &[(ACAO, "*"), ("location", location)]);
    let besides = "something besides the CORS layer sets this header: remove it there, or put the CORS layer outermost";
    let target = "no setting: correct the redirect, or fetch the URL that it leads to";
    let rows = [
        (
            page().get(API).mode(Mode::SameOrigin),
            granted(&[]),
            vec![],
            ": the mode 'same-origin' allows no other origin",
            "in the page: use the mode `cors`",
        ),
        (
            asked(),
            granted(&[(ACAM, "PUT POST")]),
            vec![],
            " by CORS policy: the response to the preflight fails: 'Access-Control-Allow-Methods' cannot be parsed: 'PUT POST'",
            besides,
        ),
        (
            asked(),
            granted(&[(ACAM, "PUT"), (ACAH, "[]")]),
            vec![],
            " by CORS policy: the response to the preflight fails: 'Access-Control-Allow-Headers' cannot be parsed: '[]'",
            besides,
        ),
        (
            page().get(API),
            granted(&[]),
            vec![hop("https://user@api.example.com/")],
            " by CORS policy: redirected to a URL with credentials",
            target,
        ),
        (page().get(API), granted(&[]), vec![hop("/again")], ": redirected too many times", target),
        (
            page().post(API).stream("a"),
            granted(&[]),
            vec![hop("/new")],
            ": redirected, and a stream is sent only once",
            "in the page: fetch the URL that the redirect leads to",
        ),
    ];
    for (fetch, preflight, actual, message, fix) in rows {
        let told = told(fetch, preflight, &actual).await;
        assert_eq!(told, (message.to_owned(), fix.to_owned()));
    }
}

#[tokio::test]
async fn what_lies_elsewhere() {
    let granted = || answer(204, &[(ACAO, "*"), (ACAM, "PUT")]);
    let (_, fix) = told(page().put(API), granted(), &only(500, &[])).await;
    assert_eq!(
        fix,
        "a layer outside CORS answered the request with 500: put the CORS layer outermost"
    );
    let (message, _) = told(page().put(API), answer(307, &[]), &only(200, &[])).await;
    assert_eq!(message, " by CORS policy: the preflight was redirected: 307 Temporary Redirect");
    let hop = |location| answer(302, &[(ACAO, "*"), ("location", location)]);
    let (_, fix) = told(page().get(API), granted(), &[hop(API), answer(500, &[])]).await;
    assert_eq!(
        fix,
        ".allow_origins([\"https://app.example.com\"]); if that is set, a layer outside CORS \
         answered the request with 500: put the CORS layer outermost"
    );
    let redirected = [hop("https://other.example"), answer(200, &[])];
    let (_, fix) = told(page().get(API), granted(), &redirected).await;
    assert_eq!(
        fix,
        "the origin is `null` after a redirect across origins: fetch the URL that it leads to"
    );
    let opaque = page().sandboxed().get(API);
    let (_, fix) = told(opaque, granted(), &[hop("/new"), answer(200, &[])]).await;
    assert_eq!(fix, ".dangerously_allow_origins([\"null\"])");
    let (message, fix) = told(page().get(API), granted(), &[hop("data:,x")]).await;
    assert_eq!(message, ": redirected to 'data:,x'");
    assert_eq!(fix, "no setting: correct the redirect, or fetch the URL that it leads to");
    let error = page().get(API).redirect(Redirect::Error);
    let (_, fix) = told(error, granted(), &[hop("/")]).await;
    assert_eq!(fix, "in the page: fetch the URL that the redirect leads to");
    let outcome = page().fetch("TRACE", API).send(&mut Server::open()).await;
    let blocked = outcome.expect_blocked();
    assert_eq!(blocked.console(), "Uncaught (in promise) TypeError: the method is forbidden");
    assert_eq!(blocked.fix(), "in the page: no setting of a server changes it");
}

#[tokio::test]
async fn a_location_that_is_no_text() {
    let mut server = service_fn(async |_: Request<Body>| {
        let location = HeaderValue::from_bytes(b"/\xff").expect("a value");
        let mut response = Response::new(String::new());
        *response.status_mut() = StatusCode::FOUND;
        response.headers_mut().insert(header::LOCATION, location);
        Ok::<_, Infallible>(response)
    });
    let outcome = page().get("/").send(&mut server).await;
    let expected = "Access to fetch at 'https://app.example.com/' from origin \
                    'https://app.example.com' has been blocked: redirected to '/\\xff'";
    assert_eq!(outcome.expect_blocked().console(), expected);
}
