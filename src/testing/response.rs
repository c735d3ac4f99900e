use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// A response as the page's script sees it.
#[derive(Clone, Debug)]
pub struct Response {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) url: String,
    pub(super) redirected: bool,
}

impl Response {
    /// The status, 4xx and 5xx included.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers that the page may read: of another origin the safelisted ones and those that
    /// `Access-Control-Expose-Headers` names, never cookies.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The header as text, its lines joined, as `response.headers.get(name)` returns it: `None` if
    /// it is absent or hidden.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(name).iter();
        let lines: Vec<_> =
            lines.map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned()).collect();
        (!lines.is_empty()).then(|| lines.join(", "))
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// If it is not JSON.
    pub fn json(&self) -> serde_json::Result<serde_json::Value> {
        serde_json::from_slice(&self.body)
    }

    /// The URL of the response, after all redirects.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether a redirect led to it.
    #[must_use]
    pub fn redirected(&self) -> bool {
        self.redirected
    }
}
