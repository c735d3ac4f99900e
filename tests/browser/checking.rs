//! The CORS check of an actual response, and what is not checked.

use tower_cors::testing::{Browser, Credentials, Mode, Page, Reason, Redirect};

use crate::server::{ACAC, ACAO, API, APP, Line, Server, answer};

type Verdict = Result<(), Reason>;

async fn verdict(page: &Page, credentials: Credentials, lines: &[Line]) -> Verdict {
    let fetch = page.get(API).credentials(credentials);
    let outcome = fetch.send(&mut Server::actual(lines)).await;
    assert_eq!(outcome.exchanges().len(), 1);
    match outcome.blocked() {
        Some(blocked) => Err(blocked.reason().clone()),
        None => {
            assert_eq!(outcome.expect_readable().text(), "hello");
            Ok(())
        }
    }
}

fn mismatch(value: &str) -> Verdict {
    Err(Reason::AllowOriginMismatch(value.to_owned()))
}

fn multiple(value: &str) -> Verdict {
    Err(Reason::AllowOriginMultiple(value.to_owned()))
}

#[tokio::test]
async fn allow_origin() {
    let rows: [(&[Line], Verdict); 17] = [
        (&[], Err(Reason::AllowOriginMissing)),
        (&[(ACAO, "*")], Ok(())),
        (&[(ACAO, "\t* ")], Ok(())),
        (&[(ACAO, APP)], Ok(())),
        (&[(ACAO, " https://app.example.com\t")], Ok(())),
        (&[(ACAO, "https://app .example.com ")], mismatch("https://app .example.com")),
        (&[(ACAO, "https://app.example.com/")], mismatch("https://app.example.com/")),
        (&[(ACAO, "https://app.example.com:443")], mismatch("https://app.example.com:443")),
        (&[(ACAO, "https://APP.example.com")], mismatch("https://APP.example.com")),
        (&[(ACAO, "http://app.example.com")], mismatch("http://app.example.com")),
        (&[(ACAO, "https://*.example.com")], mismatch("https://*.example.com")),
        (&[(ACAO, "null")], mismatch("null")),
        (&[(ACAO, "")], mismatch("")),
        (&[(ACAO, "*, *")], multiple("*, *")),
        (&[(ACAO, "*"), (ACAO, "*")], multiple("*, *")),
        (&[(ACAO, APP), (ACAO, APP)], multiple("https://app.example.com, https://app.example.com")),
        (&[(ACAO, "https://app.example.com,x")], multiple("https://app.example.com,x")),
    ];
    let page = Browser::new().page(APP);
    for (lines, expected) in rows {
        assert_eq!(verdict(&page, Credentials::Omit, lines).await, expected, "{lines:?}");
        let default = verdict(&page, Credentials::SameOrigin, lines).await;
        assert_eq!(default, expected, "{lines:?}");
    }
}

#[tokio::test]
async fn credentials_table() {
    let no = |value: &str| Err(Reason::AllowCredentialsMismatch(value.to_owned()));
    let page = Browser::new().page(APP);
    let rows: [(Credentials, &[Line], Verdict); 13] = [
        (Credentials::Omit, &[(ACAO, "*"), (ACAC, "true")], Ok(())),
        (Credentials::Omit, &[(ACAO, APP), (ACAC, "True")], Ok(())),
        (Credentials::SameOrigin, &[(ACAO, APP)], Ok(())),
        (Credentials::Include, &[], Err(Reason::AllowOriginMissing)),
        (Credentials::Include, &[(ACAO, "*")], Err(Reason::AllowOriginWildcard)),
        (Credentials::Include, &[(ACAO, "*"), (ACAC, "true")], Err(Reason::AllowOriginWildcard)),
        (Credentials::Include, &[(ACAO, APP)], Err(Reason::AllowCredentialsMissing)),
        (Credentials::Include, &[(ACAO, APP), (ACAC, "True")], no("True")),
        (Credentials::Include, &[(ACAO, APP), (ACAC, "TRUE")], no("TRUE")),
        (Credentials::Include, &[(ACAO, APP), (ACAC, "")], no("")),
        (Credentials::Include, &[(ACAO, APP), (ACAC, "true"), (ACAC, "true")], no("true, true")),
        (Credentials::Include, &[(ACAO, APP), (ACAC, "true")], Ok(())),
        (Credentials::Include, &[(ACAO, APP), (ACAC, " true\t")], Ok(())),
    ];
    for (credentials, lines, expected) in rows {
        let got = verdict(&page, credentials, lines).await;
        assert_eq!(got, expected, "{credentials:?} {lines:?}");
    }
}

#[tokio::test]
async fn null_is_an_origin_like_others() {
    let opaque = Browser::new().page("null");
    let sandboxed = Browser::new().page(APP).sandboxed();
    for page in [opaque, sandboxed] {
        for (lines, expected) in [
            ([(ACAO, "null"), (ACAC, "true")], Ok(())),
            ([(ACAO, APP), (ACAC, "true")], mismatch(APP)),
        ] {
            assert_eq!(verdict(&page, Credentials::Include, &lines).await, expected);
        }
        assert_eq!(verdict(&page, Credentials::Omit, &[(ACAO, "*")]).await, Ok(()));
    }
}

#[tokio::test]
async fn a_sandboxed_page_is_foreign_to_its_own_server() {
    let page = Browser::new().page(APP).sandboxed();
    let outcome = page.get("/").send(&mut Server::actual(&[])).await;
    assert_eq!(outcome.expect_blocked().reason(), &Reason::AllowOriginMissing);
}

#[tokio::test]
async fn every_status_is_checked_and_then_readable() {
    let page = Browser::new().page(APP);
    for status in [200, 204, 304, 400, 401, 404, 407, 500, 503] {
        let refusing = &mut Server::new(answer(500, &[]), [answer(status, &[])]);
        let outcome = page.get(API).send(refusing).await;
        assert_eq!(outcome.expect_blocked().reason(), &Reason::AllowOriginMissing, "{status}");
        let open = &mut Server::new(answer(500, &[]), [answer(status, &[(ACAO, APP)])]);
        let outcome = page.get(API).send(open).await;
        assert_eq!(outcome.expect_readable().status().as_u16(), status);
        let body = if [204, 304].contains(&status) { "" } else { "hello" };
        assert_eq!(outcome.expect_readable().text(), body, "{status}");
    }
    let head = page.head(API).send(&mut Server::actual(&[(ACAO, APP)])).await;
    assert_eq!(head.expect_readable().body(), b"");
}

#[tokio::test]
async fn no_cors_is_sent_and_opaque() {
    let page = Browser::new().page(APP);
    let no_cors = page.post(API).mode(Mode::NoCors).json(&serde_json::json!({}));
    let fetch = no_cors.header("x-a", "1").header("range", "bytes=0-").header("accept", "a/b");
    for lines in [&[][..], &[(ACAO, "*")]] {
        let outcome = fetch.clone().send(&mut Server::actual(lines)).await;
        assert!(outcome.is_opaque() && outcome.readable().is_none(), "{outcome}");
        assert_eq!(outcome.exchanges().len(), 1);
        let headers = outcome.exchanges()[0].request_headers();
        assert_eq!(headers["content-type"], "text/plain;charset=UTF-8");
        assert_eq!(headers["accept"], "a/b");
        assert!(!headers.contains_key("x-a") && !headers.contains_key("range"), "{headers:?}");
    }
    let outcome = page.head(API).mode(Mode::NoCors).send(&mut Server::actual(&[])).await;
    let expected = "\
opaque response

> HEAD https://api.example.com/orders
> host: api.example.com
> user-agent: Mozilla/5.0
> accept: */*
> sec-fetch-dest: empty
> sec-fetch-mode: no-cors
> sec-fetch-site: same-site
< 200 OK
";
    assert_eq!(outcome.to_string(), expected);
    let own = page.get("/").mode(Mode::NoCors).send(&mut Server::actual(&[])).await;
    assert_eq!(own.expect_readable().body(), b"hello");
    assert!(!own.is_opaque() && !own.expect_readable().redirected());
    let manual = page.get(API).mode(Mode::NoCors).redirect(Redirect::Manual);
    let outcome = manual.send(&mut Server::open()).await;
    assert_eq!(outcome.expect_blocked().reason(), &Reason::RedirectNotAllowed);
    assert_eq!(outcome.exchanges().len(), 0);
}

#[tokio::test]
async fn same_origin_mode_goes_nowhere_else() {
    let page = Browser::new().page(APP);
    let outcome = page.get(API).mode(Mode::SameOrigin).send(&mut Server::open()).await;
    assert_eq!(outcome.expect_blocked().reason(), &Reason::NotSameOrigin);
    assert_eq!(outcome.exchanges().len(), 0);
    let outcome = page.put("/").mode(Mode::SameOrigin).send(&mut Server::actual(&[])).await;
    assert_eq!(outcome.exchanges().len(), 1);
    outcome.expect_readable();
}
