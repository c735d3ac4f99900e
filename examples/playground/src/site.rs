//! The documents: the page, and the frames that fetch as pages of their own origins.

use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::IntoResponse,
    routing::get,
};
use tower_cors::{ConfigError, CorsLayer, Enforce};

use crate::{
    page::{HTML, SCRIPT, files},
    places::Places,
};

/// Cookies know no ports, so the API gets it from pages on `localhost`, and not from `127.0.0.1`.
pub(crate) const SIGNED_IN: &str = "playground=signed-in";

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
            let cookie = format!("{SIGNED_IN}; Path=/; HttpOnly; SameSite=Lax");
            headers.insert(header::SET_COOKIE, value(&cookie));
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
    headers.into_iter().map(|(name, text)| (name, value(text))).collect()
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("origins and constants are ASCII")
}

/// The playground is on the user's machine: only its own page may use it, and no page of a host name
/// that leads here by its owner's doing.
pub(crate) fn guarded(app: Router, places: &Places) -> Result<Router, ConfigError> {
    let cors = CorsLayer::new()
        .allow_origins([&places.app])
        .enforce_origins(Enforce::ListedOnly)
        .build()?;
    let host = places.app.trim_start_matches("http://").to_owned();
    let right_host = move |request: Request, next: Next| {
        let is_right = request.headers().get(header::HOST).is_some_and(|given| *given == *host);
        async move {
            match is_right {
                true => next.run(request).await,
                false => StatusCode::MISDIRECTED_REQUEST.into_response(),
            }
        }
    };
    Ok(app.layer(cors).layer(from_fn(right_host)))
}
