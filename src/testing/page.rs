use std::sync::Arc;

use super::{
    environment::Environment, examine::Examination, fetch::Fetch, origin::Origin, state::Shared,
    url::Url, web_socket::WebSocket,
};

/// A page that is open in a [`Browser`](super::Browser), and what its scripts can do.
///
/// URLs are absolute, or relative to the page. Methods and headers are what a script would write.
#[derive(Clone, Debug)]
#[must_use]
pub struct Page {
    environment: Environment,
}

impl Page {
    #[track_caller]
    pub(super) fn open(shared: Arc<Shared>, url: &str) -> Self {
        let (origin, base) = origin_of(url);
        let partition = origin.site();
        Self { environment: Environment { shared, origin, url: base, partition } }
    }

    /// The page in a frame of a page of this origin, whose site browsers remember preflights for.
    ///
    /// # Panics
    ///
    /// If `top` is neither a URL, an origin nor `null`.
    #[track_caller]
    pub fn embedded_in(mut self, top: impl AsRef<str>) -> Self {
        let (top, _) = origin_of(top.as_ref());
        self.environment.partition = top.site();
        self
    }

    /// The page in a sandboxed frame, which makes its origin `null`.
    pub fn sandboxed(mut self) -> Self {
        self.environment.origin = Origin::opaque();
        self
    }

    /// Starts a fetch with any method, which browsers put into upper case only if it is `DELETE`,
    /// `GET`, `HEAD`, `OPTIONS`, `POST` or `PUT`.
    pub fn fetch(&self, method: impl AsRef<str>, url: impl AsRef<str>) -> Fetch {
        Fetch::new(self.environment.clone(), method.as_ref(), url.as_ref())
    }

    /// Starts a `DELETE`.
    pub fn delete(&self, url: impl AsRef<str>) -> Fetch {
        self.fetch("DELETE", url)
    }

    /// Starts a `GET`.
    pub fn get(&self, url: impl AsRef<str>) -> Fetch {
        self.fetch("GET", url)
    }

    /// Starts a `HEAD`.
    pub fn head(&self, url: impl AsRef<str>) -> Fetch {
        self.fetch("HEAD", url)
    }

    /// Starts a `PATCH`.
    pub fn patch(&self, url: impl AsRef<str>) -> Fetch {
        self.fetch("PATCH", url)
    }

    /// Starts a `POST`.
    pub fn post(&self, url: impl AsRef<str>) -> Fetch {
        self.fetch("POST", url)
    }

    /// Starts a `PUT`.
    pub fn put(&self, url: impl AsRef<str>) -> Fetch {
        self.fetch("PUT", url)
    }

    /// Starts a WebSocket handshake with a `ws` or `wss` URL, which CORS does not restrain.
    pub fn web_socket(&self, url: impl AsRef<str>) -> WebSocket {
        WebSocket::new(self.environment.clone(), url.as_ref())
    }

    /// Starts an examination of the service behind a URL of another origin.
    pub fn examine(&self, url: impl AsRef<str>) -> Examination {
        Examination::new(self.environment.clone(), url.as_ref())
    }
}

/// Of an http(s) URL, of an app scheme's origin, or of `null`.
#[track_caller]
fn origin_of(page: &str) -> (Origin, Option<Url>) {
    if page == "null" {
        return (Origin::opaque(), None);
    }
    if page.starts_with("http://") || page.starts_with("https://") {
        return match Url::parse(page) {
            Ok(url) => (url.origin(), Some(url)),
            Err(error) => panic!("{error}"),
        };
    }
    let is_origin = page.split_once("://").is_some_and(|(scheme, host)| {
        let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
        is_plain(scheme) && is_plain(host) && !host.contains(['/', '?', '#'])
    });
    assert!(is_origin, "{page:?} is no page: write a URL, an app's origin or `null`");
    (Origin::tuple(page.to_owned()), None)
}
