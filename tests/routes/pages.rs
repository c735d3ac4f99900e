//! What pages get of the example, in a browser in process.

use http::{Method, StatusCode};
use tower_cors::testing::{Browser, Credentials, Exchange, Page, Profile, Reason};

use crate::{
    app::app,
    exchange::{PARTNER, STRANGER},
};

const API: &str = "https://api.example.com";
const PROFILES: [Profile; 4] =
    [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit];

fn page(profile: Profile, origin: &str) -> Page {
    Browser::with_profile(profile).page(origin)
}

#[tokio::test]
async fn every_page_reads_the_public_api_and_writes_nothing() {
    let mut app = app().unwrap();
    for profile in PROFILES {
        for origin in [STRANGER, PARTNER, API] {
            let page = page(profile, origin);
            let books = page.get(format!("{API}/public/books")).send(&mut app).await;
            assert_eq!(books.expect_readable().text(), "Emma, Ulysses", "{origin}");
        }
        let page = page(profile, STRANGER);
        let put = page.put(format!("{API}/public/books")).send(&mut app).await;
        assert_eq!(put.expect_blocked().reason(), &Reason::MethodNotAllowed(Method::PUT));
    }
}

#[tokio::test]
async fn a_partner_writes_with_credentials_after_one_preflight() {
    let mut app = app().unwrap();
    for profile in PROFILES {
        let page = page(profile, PARTNER);
        let put = page.put(format!("{API}/partners/orders/7")).credentials(Credentials::Include);
        let order = put.header("content-type", "text/x-order").body("paid").send(&mut app).await;
        assert_eq!(order.expect_readable().text(), "order 7 is paid");
        assert_eq!(order.preflights().count(), 1);
    }
}

#[tokio::test]
async fn only_its_own_pages_reach_the_admin_api() {
    let mut app = app().unwrap();
    let restart = format!("{API}/admin/restart");
    for profile in PROFILES {
        let own = page(profile, API).post(&restart).send(&mut app).await;
        assert_eq!(own.expect_readable().text(), "restarting");
        for origin in [PARTNER, STRANGER] {
            let foreign = page(profile, origin).post(&restart).send(&mut app).await;
            foreign.expect_blocked();
            let statuses: Vec<_> = foreign.exchanges().iter().map(Exchange::status).collect();
            assert_eq!(statuses, [Some(StatusCode::FORBIDDEN)], "{origin}");
        }
    }
}

#[tokio::test]
async fn the_status_is_public_by_one_name() {
    let mut app = app().unwrap();
    let page = page(Profile::Chromium, STRANGER);
    let public = page.get("http://public.localhost:3000/status").send(&mut app).await;
    assert_eq!(public.expect_readable().text(), "up");
    page.get("http://localhost:3000/status").send(&mut app).await.expect_blocked();
}

/// None of the usual faults.
#[tokio::test]
async fn an_examination_finds_nothing() {
    let mut app = app().unwrap();
    for (origin, path, method) in
        [(STRANGER, "/public/books", Method::GET), (PARTNER, "/partners/orders/7", Method::PUT)]
    {
        for profile in PROFILES {
            let page = page(profile, origin);
            let examination = page.examine(format!("{API}{path}")).method(method.clone());
            examination.run(&mut app).await.assert_clean();
        }
    }
}
