use http::{
    Method,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, ORIGIN},
};

use crate::{
    case::{Asker, Case, Kind},
    policy::Page,
};

const STRANGER: &str = "https://elsewhere.example";

/// What browsers and programs send.
pub(crate) fn honest() -> Vec<Case> {
    [actual(), others(), preflights(), other_preflights()].concat()
}

/// Actual requests as most servers get them: of a page that is allowed, of another, of no page.
pub(crate) fn actual() -> Vec<Case> {
    let put = of_page(Page::App, Method::PUT).with(CONTENT_TYPE, "application/json");
    let stranger = Case::new("GET", Kind::ActualOfStranger, Asker::Stranger, Method::GET);
    vec![
        of_page(Page::App, Method::GET),
        stranger.with(ORIGIN, STRANGER),
        put.with_body(r#"{"id":1,"name":"Ada","address":"ada@example.com"}"#),
        Case::new("GET", Kind::WithoutOrigin, Asker::Nobody, Method::GET),
    ]
}

/// The same without the `PUT`, for a longer answer: 6 KB.
pub(crate) fn longer() -> Vec<Case> {
    let gets = actual().into_iter().filter(|case| case.method == Method::GET);
    gets.map(|case| case.with_path("/hundred")).collect()
}

/// Preflights of that page, for what the first policy lists, and the second.
pub(crate) fn preflights() -> Vec<Case> {
    vec![preflight(Page::App, "PUT", "content-type"), preflight(Page::App, "PATCH", "x-api-key")]
}

/// Preflights of that page for a method and for a name that the first policy does not list.
pub(crate) fn refused_preflights() -> [Case; 2] {
    [preflight(Page::App, "PATCH", "content-type"), preflight(Page::App, "PUT", "x-another")]
}

fn others() -> Vec<Case> {
    let stranger = |path| {
        let case = Case::new(path, Kind::ActualOfStranger, Asker::Stranger, Method::GET);
        case.with(ORIGIN, STRANGER).with_path(path)
    };
    let app = |path| of_page(Page::App, Method::GET).with_path(path);
    vec![
        of_page(Page::AnyPort, Method::GET),
        of_page(Page::Tenant, Method::GET),
        of_page(Page::App, Method::OPTIONS),
        app("/nowhere"),
        app("/upstream"),
        stranger("/nowhere"),
        stranger("/upstream"),
        Case::new("/upstream", Kind::WithoutOrigin, Asker::Nobody, Method::GET)
            .with_path("/upstream"),
    ]
}

/// Of methods, headers and pages that one policy allows and another does not, or none.
fn other_preflights() -> Vec<Case> {
    let stranger = Case::new("PUT", Kind::PreflightOfStranger, Asker::Stranger, Method::OPTIONS)
        .with(ORIGIN, STRANGER)
        .with(ACCESS_CONTROL_REQUEST_METHOD, "PUT");
    let pages = Page::ALL.into_iter().flat_map(|page| {
        let asked = [("DELETE", "authorization"), ("PUT", "x-another"), ("QUERY", "content-type")];
        asked.map(|(method, names)| preflight(page, method, names))
    });
    pages.chain([stranger]).collect()
}

fn of_page(page: Page, method: Method) -> Case {
    let name = format!("{method} of {}", page.origin());
    let case = Case::new(name, Kind::Actual, Asker::Page(page), method);
    case.with(ORIGIN, page.origin())
}

fn preflight(page: Page, method: &'static str, names: &'static str) -> Case {
    let name = format!("{method} with {names} of {}", page.origin());
    Case::new(name, Kind::Preflight, Asker::Page(page), Method::OPTIONS)
        .with(ORIGIN, page.origin())
        .with(ACCESS_CONTROL_REQUEST_METHOD, method)
        .with(ACCESS_CONTROL_REQUEST_HEADERS, names)
}
