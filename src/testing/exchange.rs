use std::fmt;

use http::{HeaderMap, Method, StatusCode};

/// One request that the service saw, and what it answered.
#[derive(Clone, Debug)]
pub struct Exchange {
    pub(super) is_preflight: bool,
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) request_headers: HeaderMap,
    pub(super) answer: Option<(StatusCode, HeaderMap)>,
}

impl Exchange {
    /// Whether it is a preflight.
    #[must_use]
    pub fn is_preflight(&self) -> bool {
        self.is_preflight
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The URL of the request, of which the service sees path and query, and the rest as `Host`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The headers of the request.
    #[must_use]
    pub fn request_headers(&self) -> &HeaderMap {
        &self.request_headers
    }

    /// The status of the response, or `None` if the service returned an error.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.answer.as_ref().map(|(status, _)| *status)
    }

    /// The headers of the response, hidden ones included, or `None` if the service returned an
    /// error.
    #[must_use]
    pub fn response_headers(&self) -> Option<&HeaderMap> {
        self.answer.as_ref().map(|(_, headers)| headers)
    }
}

impl fmt::Display for Exchange {
    /// The lines of both messages, each after `>` or `<`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, url, request_headers, .. } = self;
        writeln!(f, "> {method} {url}")?;
        write_headers(f, '>', request_headers)?;
        match &self.answer {
            Some((status, headers)) => {
                writeln!(f, "< {status}")?;
                write_headers(f, '<', headers)
            }
            None => writeln!(f, "< (no response)"),
        }
    }
}

fn write_headers(f: &mut fmt::Formatter<'_>, mark: char, headers: &HeaderMap) -> fmt::Result {
    for (name, value) in headers {
        writeln!(f, "{mark} {name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
    }
    Ok(())
}
