//! Which answers to a preflight let the request be sent.

use http::{Method, StatusCode};
use tower_cors::testing::{Browser, Credentials, Fetch, Profile, Reason};

use crate::server::{ACAC, ACAH, ACAM, ACAO, API, APP, Line, Server, answer};

type Verdict = Result<(), Reason>;

const ANY: Line = (ACAO, "*");
const ALL: [Profile; 4] = [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit];

async fn verdict(fetch: Fetch, status: u16, preflight: &[Line]) -> Verdict {
    let app = [(ACAO, APP), (ACAC, "true")];
    let mut server = Server::new(answer(status, preflight), [answer(200, &app)]);
    let outcome = fetch.send(&mut server).await;
    let Some(blocked) = outcome.blocked() else {
        assert_eq!(outcome.exchanges().len(), 2, "{outcome}");
        return Ok(());
    };
    assert!(blocked.at_preflight(), "{outcome}");
    assert_eq!(outcome.exchanges().len(), 1, "{outcome}");
    Err(blocked.reason().clone())
}

fn method(method: &str) -> Verdict {
    Err(Reason::MethodNotAllowed(method.parse().expect("a method")))
}

fn header(name: &str) -> Verdict {
    Err(Reason::HeaderNotAllowed(name.to_owned()))
}

#[tokio::test]
async fn statuses() {
    let redirected = |status| Err(Reason::PreflightRedirected(status));
    let status = |status| Err(Reason::PreflightStatus(status));
    for (code, expected) in [
        (200, Ok(())),
        (204, Ok(())),
        (299, Ok(())),
        (300, status(StatusCode::MULTIPLE_CHOICES)),
        (301, redirected(StatusCode::MOVED_PERMANENTLY)),
        (304, status(StatusCode::NOT_MODIFIED)),
        (307, redirected(StatusCode::TEMPORARY_REDIRECT)),
        (401, status(StatusCode::UNAUTHORIZED)),
        (403, status(StatusCode::FORBIDDEN)),
        (405, status(StatusCode::METHOD_NOT_ALLOWED)),
        (500, status(StatusCode::INTERNAL_SERVER_ERROR)),
    ] {
        let put = Browser::new().page(APP).put(API);
        assert_eq!(verdict(put, code, &[ANY, (ACAM, "PUT")]).await, expected, "{code}");
    }
}

#[tokio::test]
async fn methods() {
    let rows: [(&str, &[Line], Verdict); 18] = [
        ("PUT", &[(ACAM, "PUT")], Ok(())),
        ("PUT", &[(ACAM, "GET, PUT")], Ok(())),
        ("PUT", &[(ACAM, "GET,PUT")], Ok(())),
        ("PUT", &[(ACAM, " ,\t, ,PUT,,")], Ok(())),
        ("PUT", &[(ACAM, "GET"), (ACAM, "PUT")], Ok(())),
        ("PUT", &[(ACAM, "*")], Ok(())),
        ("PUT", &[(ACAM, "GET, *")], Ok(())),
        ("PUT", &[], method("PUT")),
        ("PUT", &[(ACAM, "")], method("PUT")),
        ("PUT", &[(ACAM, "put")], method("PUT")),
        ("PUT", &[("allow", "PUT")], method("PUT")),
        ("patch", &[(ACAM, "PATCH")], method("patch")),
        ("patch", &[(ACAM, "patch")], Ok(())),
        ("PATCH", &[(ACAM, "patch")], method("PATCH")),
        ("PUT", &[(ACAM, "PUT POST")], Err(Reason::AllowMethodsMalformed("PUT POST".into()))),
        ("PUT", &[(ACAM, "PUT;q=1")], Err(Reason::AllowMethodsMalformed("PUT;q=1".into()))),
        ("PUT", &[(ACAM, "PUT"), (ACAM, "(")], Err(Reason::AllowMethodsMalformed("PUT, (".into()))),
        ("PUT", &[(ACAM, "PUT"), (ACAH, "[]")], Err(Reason::AllowHeadersMalformed("[]".into()))),
    ];
    for (method, lines, expected) in rows {
        let fetch = Browser::new().page(APP).fetch(method, API);
        let preflight = [&[ANY], lines].concat();
        assert_eq!(verdict(fetch, 204, &preflight).await, expected, "{method} {lines:?}");
    }
}

#[tokio::test]
async fn safelisted_methods_need_no_listing() {
    for method in [Method::GET, Method::HEAD, Method::POST] {
        let fetch = Browser::new().page(APP).fetch(method.as_str(), API).header("x-a", "1");
        let preflight = [ANY, (ACAM, "PUT"), (ACAH, "x-a")];
        assert_eq!(verdict(fetch, 204, &preflight).await, Ok(()), "{method}");
    }
}

#[tokio::test]
async fn a_listener_takes_the_asked_method_for_allowed_where_none_is_listed() {
    let put = || Browser::new().page(APP).put(API).body("a").upload_listener();
    assert_eq!(verdict(put(), 204, &[ANY]).await, Ok(()));
    assert_eq!(verdict(put(), 204, &[ANY, (ACAM, "")]).await, method("PUT"));
    assert_eq!(verdict(put(), 204, &[ANY, (ACAM, "GET")]).await, method("PUT"));
}

#[tokio::test]
async fn headers() {
    let rows: [(&[Line], Verdict); 12] = [
        (&[(ACAH, "x-a,x-b")], Ok(())),
        (&[(ACAH, "X-B , X-A")], Ok(())),
        (&[(ACAH, "x-a"), (ACAH, "x-b")], Ok(())),
        (&[(ACAH, ",, x-a,\t,x-b ,")], Ok(())),
        (&[(ACAH, "*")], Ok(())),
        (&[(ACAH, "x-a, *")], Ok(())),
        (&[], header("x-a")),
        (&[(ACAH, "")], header("x-a")),
        (&[(ACAH, "x-a")], header("x-b")),
        (&[(ACAH, "x-b")], header("x-a")),
        (&[(ACAH, "x-*")], header("x-a")),
        (&[(ACAH, "x-a x-b")], Err(Reason::AllowHeadersMalformed("x-a x-b".into()))),
    ];
    for (lines, expected) in rows {
        let fetch = Browser::new().page(APP).get(API).header("x-b", "1").header("X-A", "1");
        assert_eq!(verdict(fetch, 204, &[&[ANY], lines].concat()).await, expected, "{lines:?}");
    }
}

#[tokio::test]
async fn with_credentials_a_wildcard_is_a_name() {
    let own = [(ACAO, APP), (ACAC, "true")];
    let fetch =
        |method| Browser::new().page(APP).fetch(method, API).credentials(Credentials::Include);
    let preflight = |lines: &[Line]| [&own, lines].concat();
    let put = verdict(fetch("PUT"), 204, &preflight(&[(ACAM, "*")])).await;
    assert_eq!(put, method("PUT"));
    let star = verdict(fetch("*"), 204, &preflight(&[(ACAM, "*")])).await;
    assert_eq!(star, Ok(()));
    let with_header = fetch("GET").header("x-a", "1");
    assert_eq!(verdict(with_header, 204, &preflight(&[(ACAH, "*")])).await, header("x-a"));
    let with_star = fetch("GET").header("*", "1");
    assert_eq!(verdict(with_star, 204, &preflight(&[(ACAH, "*")])).await, Ok(()));
}

#[tokio::test]
async fn a_wildcard_covers_authorization_in_engines_alone() {
    for profile in ALL {
        let fetch = |credentials| {
            let page = Browser::with_profile(profile).page(APP);
            page.get(API).header("authorization", "Bearer token").credentials(credentials)
        };
        let star = verdict(fetch(Credentials::Omit), 204, &[ANY, (ACAH, "*")]).await;
        let expected = if profile == Profile::Standard { header("authorization") } else { Ok(()) };
        assert_eq!(star, expected, "{profile:?}");
        let listed = verdict(fetch(Credentials::Omit), 204, &[ANY, (ACAH, "*,Authorization")]);
        assert_eq!(listed.await, Ok(()), "{profile:?}");
        let own = [(ACAO, APP), (ACAC, "true"), (ACAH, "*")];
        let include = verdict(fetch(Credentials::Include), 204, &own).await;
        assert_eq!(include, header("authorization"), "{profile:?}");
    }
}

#[tokio::test]
async fn the_check_counts_for_the_request_that_is_announced() {
    let put = || Browser::new().page(APP).put(API);
    let include = || put().credentials(Credentials::Include);
    let missing = Err(Reason::AllowOriginMissing);
    assert_eq!(verdict(put(), 204, &[(ACAM, "PUT")]).await, missing);
    assert_eq!(verdict(put(), 403, &[]).await, missing);
    let wildcard = verdict(include(), 204, &[ANY, (ACAM, "PUT"), (ACAC, "true")]).await;
    assert_eq!(wildcard, Err(Reason::AllowOriginWildcard));
    let no_credentials = verdict(include(), 204, &[(ACAO, APP), (ACAM, "PUT")]).await;
    assert_eq!(no_credentials, Err(Reason::AllowCredentialsMissing));
}
