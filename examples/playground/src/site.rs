//! The documents: the page, and the frames that fetch as pages of their own origins.

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, header},
    routing::get,
};

use crate::{
    page::{HTML, SCRIPT, files},
    places::Places,
};

/// Cookies know no ports, so the API gets it from pages on `localhost`, and not from `127.0.0.1`.
const COOKIE: &str = "playground=signed-in; Path=/; HttpOnly; SameSite=Lax";

/// Serves the page, and its own frame.
pub(crate) fn app(places: &Places) -> Router {
    let Places { app, other, stranger, .. } = places;
    let security = format!(
        "default-src 'self'; frame-src {app} {other} {stranger}; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    );
    files().fold(frames(places), |router, (path, media_type, content)| {
        let mut headers = document(media_type, &security);
        if path == "/" {
            headers.insert(header::SET_COOKIE, HeaderValue::from_static(COOKIE));
        }
        router.route(path, get((headers, content)))
    })
}

/// Serves the frame.
pub(crate) fn frames(places: &Places) -> Router {
    let Places { app, api, .. } = places;
    let security = format!(
        "default-src 'none'; script-src 'self'; connect-src {api}; frame-ancestors {app}; \
         base-uri 'none'; form-action 'none'"
    );
    let html = include_str!("../frame/frame.html").replace("{app}", app);
    let script = include_str!("../frame/frame.js");
    Router::new()
        .route("/frame", get((document(HTML, &security), html)))
        .route("/frame.js", get((document(SCRIPT, &security), script)))
}

fn document(media_type: &str, security: &str) -> HeaderMap {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_SECURITY_POLICY, security),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let value = |text| HeaderValue::from_str(text).expect("origins and constants are ASCII");
    headers.into_iter().map(|(name, text)| (name, value(text))).collect()
}
