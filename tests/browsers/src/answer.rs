//! The server of the table, without a network.

use http::{HeaderValue, Method, Request, Response, StatusCode, header};

use crate::{
    case::{Answer, Case},
    places::Places,
};

/// Which case and step a request is for: `…/CASE/STEP`.
#[must_use]
pub fn address(path: &str) -> Option<(usize, usize)> {
    let mut segments = path.rsplit('/');
    let step = segments.next()?.parse().ok()?;
    Some((segments.next()?.parse().ok()?, step))
}

/// Whether a request is a preflight.
#[must_use]
pub fn is_preflight<B>(request: &Request<B>) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// Answers as the case says.
///
/// # Panics
///
/// If the case says what is no header or status.
#[must_use]
pub fn answer<B>(
    case: &Case,
    path: &str,
    places: &Places,
    request: &Request<B>,
) -> Response<&'static str> {
    let step = address(request.uri().path()).and_then(|(_, step)| case.steps.get(step));
    let Some(step) = step else {
        let mut response = Response::new("");
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let answer = if is_preflight(request) { &step.preflight } else { &step.actual };
    let mut response = Response::new("");
    *response.status_mut() = StatusCode::from_u16(answer.status).expect("the table has statuses");
    if answer.status == 205 {
        // An empty body, where others have none: hyper says so, too.
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if !is_preflight(request) && has_body(answer) {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("2"));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        if request.method() != Method::HEAD {
            *response.body_mut() = "ok";
        }
    }
    for (name, value) in &answer.headers {
        let name = header::HeaderName::from_bytes(name.as_bytes()).expect("the table has names");
        let value = places.fill_in(&value.replace("{case}", path));
        let value = HeaderValue::from_str(&value).expect("the table has values");
        response.headers_mut().append(name, value);
    }
    response
}

/// <https://fetch.spec.whatwg.org/#null-body-status>
fn has_body(answer: &Answer) -> bool {
    !matches!(answer.status, 101 | 103 | 204 | 205 | 304)
}

/// What the log shows of a request.
#[must_use]
pub fn line_of<B>(places: &Places, request: &Request<B>) -> String {
    let value = |name| {
        let lines = request.headers().get_all(name).iter();
        let lines: Vec<_> = lines.map(|line| line.to_str().unwrap_or("?")).collect();
        lines.join("|")
    };
    let host = places.name_of(&format!("http://{}", value(header::HOST)));
    let step = address(request.uri().path()).map_or(0, |(_, step)| step);
    let origin = match value(header::ORIGIN) {
        none if none.is_empty() => "-".to_owned(),
        origin => places.name_of(&origin),
    };
    let method = request.method();
    let asked = value(header::ACCESS_CONTROL_REQUEST_METHOD);
    let names = value(header::ACCESS_CONTROL_REQUEST_HEADERS);
    format!("{method} {host}/{step} {origin} {asked} {names}").trim_end().to_owned()
}
