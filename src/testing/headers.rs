use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use super::{
    options::Mode,
    origin::Origin,
    request::{Payload, Request},
    url::Url,
};

/// Adds what browsers say on their own behalf.
pub(super) fn add_own(headers: &mut HeaderMap, request: &Request) {
    set(headers, header::HOST, request.url.authority());
    for (name, value) in [(header::USER_AGENT, "Mozilla/5.0"), (header::ACCEPT, "*/*")] {
        if !headers.contains_key(&name) {
            set(headers, name, value);
        }
    }
    if let Some(origin) = request.origin_header() {
        set(headers, header::ORIGIN, origin);
    }
    let mode = match request.mode {
        Mode::Cors => "cors",
        Mode::NoCors => "no-cors",
        Mode::SameOrigin => "same-origin",
    };
    add_metadata(headers, mode, &request.origin, request.urls());
}

/// `Sec-Fetch-*`, which only trustworthy URLs are told: <https://w3c.github.io/webappsec-fetch-metadata/>
pub(super) fn add_metadata<'a>(
    headers: &mut HeaderMap,
    mode: &str,
    origin: &Origin,
    urls: impl Iterator<Item = &'a Url> + Clone,
) {
    if !urls.clone().last().is_some_and(Url::is_trustworthy) {
        return;
    }
    let origins: Vec<Origin> = urls.map(Url::origin).collect();
    let site = if origins.iter().all(|to| origin.is_same_origin(to)) {
        "same-origin"
    } else if origins.iter().all(|to| origin.is_same_site(to)) {
        "same-site"
    } else {
        "cross-site"
    };
    for (name, value) in
        [("sec-fetch-dest", "empty"), ("sec-fetch-mode", mode), ("sec-fetch-site", site)]
    {
        set(headers, HeaderName::from_static(name), value);
    }
}

/// `Content-Length`, but for a stream, whose length is not known.
pub(super) fn add_length(headers: &mut HeaderMap, request: &Request) {
    let length = match &request.payload {
        Payload::None if [Method::POST, Method::PUT].contains(&request.method) => 0,
        Payload::None | Payload::Stream(_) => return,
        Payload::Source(bytes) => bytes.len(),
    };
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
}

/// Sets a header to what is known to be a value: a constant, or a part of a URL that was parsed.
pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    headers.insert(name, HeaderValue::from_str(value).expect("it is made of parsed parts"));
}
