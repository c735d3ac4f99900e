//! Requests out of lines.

use http::{HeaderName, HeaderValue, Method, Request, Uri};

use crate::lines::lines;

/// Reads a line of method and target, and header lines; what no server would accept is left out.
pub(crate) fn request(text: &[u8]) -> Option<Request<()>> {
    let mut lines = lines(text);
    let mut first = lines.next()?.split(|byte| *byte == b' ');
    let method = Method::from_bytes(first.next()?).ok()?;
    let uri = Uri::try_from(first.next()?).ok()?;
    let mut request = Request::new(());
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    for (name, value) in lines.filter_map(header) {
        // A map of headers has room for some 30,000.
        request.headers_mut().try_append(name, value).ok()?;
    }
    Some(request)
}

/// Reads `name: value`.
pub(crate) fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = HeaderName::from_bytes(&line[..colon]).ok()?;
    let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?;
    Some((name, value))
}
