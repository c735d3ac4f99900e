//! Pages and the patterns that allow them, in parts: what matches needs no parsing to be seen.

/// Where a page is from. `null` has no scheme.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Page {
    scheme: &'static str,
    host: &'static str,
    port: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    scheme: &'static str,
    subdomains: bool,
    host: &'static str,
    /// `None`: any.
    port: Option<&'static str>,
    /// Whether it must be dangerously allowed where credentials are.
    pub(crate) is_dangerous: bool,
}

pub(crate) const SERVER: Page = page("https", "api.example.org", "");
pub(crate) const NULL: Page = page("", "null", "");

const APP: Page = page("https", "app.example.com", "");
const ASKED: Page = page("https", "asked.example", "");

/// Each is listed by some pattern, or nearly.
pub(crate) const PAGES: [Page; 28] = [
    APP,
    ASKED,
    NULL,
    SERVER,
    page("chrome-extension", "abcdefghijklmnop", ""),
    page("http", "127.0.0.1", "3000"),
    page("http", "app.example.com", ""),
    page("http", "localhost", ""),
    page("http", "localhost", "5173"),
    page("http", "localhost.evil.example", ""),
    page("http", "plain.example", ""),
    page("http", "plain.example", "8080"),
    page("https", "a.b.example.com", ""),
    page("https", "a.ports.example", "8443"),
    page("https", "app.ports.example", ""),
    page("https", "app.example.com", "8443"),
    page("https", "app.example.com.evil.example", ""),
    page("https", "asked.example.com", "81"),
    page("https", "evil.example", ""),
    page("https", "evil.github.io", ""),
    page("https", "example.com", ""),
    page("https", "github.io", ""),
    page("https", "localhost", "5173"),
    page("https", "my_app.example.com", ""),
    page("https", "ports.example", "8443"),
    page("https", "xapp.example.com", ""),
    page("https", "xexample.com", ""),
    page("tauri", "localhost", ""),
];

/// Those that allow one page only come first.
pub(crate) const PATTERNS: [Pattern; 12] = [
    pattern("https", "app.example.com", Some("")),
    pattern("https", "app.example.com", Some("8443")),
    pattern("https", "example.com", Some("")),
    pattern("chrome-extension", "abcdefghijklmnop", Some("")),
    pattern("tauri", "localhost", Some("")),
    pattern("http", "127.0.0.1", Some("3000")),
    dangerous(pattern("http", "plain.example", Some(""))),
    pattern("http", "localhost", None),
    pattern("https", "ports.example", None),
    below(pattern("https", "example.com", Some(""))),
    below(pattern("https", "ports.example", None)),
    dangerous(below(pattern("https", "github.io", Some("")))),
];

const fn page(scheme: &'static str, host: &'static str, port: &'static str) -> Page {
    Page { scheme, host, port }
}

const fn pattern(scheme: &'static str, host: &'static str, port: Option<&'static str>) -> Pattern {
    Pattern { scheme, subdomains: false, host, port, is_dangerous: false }
}

const fn below(pattern: Pattern) -> Pattern {
    Pattern { subdomains: true, ..pattern }
}

const fn dangerous(pattern: Pattern) -> Pattern {
    Pattern { is_dangerous: true, ..pattern }
}

impl Page {
    /// As a browser sends it.
    pub(crate) fn origin(self) -> String {
        let Self { scheme, host, port } = self;
        match (scheme, port) {
            ("", _) => host.to_owned(),
            (_, "") => format!("{scheme}://{host}"),
            _ => format!("{scheme}://{host}:{port}"),
        }
    }
}

impl Pattern {
    pub(crate) fn matches(&self, page: Page) -> bool {
        let is_below = || page.host.ends_with(&format!(".{}", self.host));
        self.scheme == page.scheme
            && (if self.subdomains { is_below() } else { page.host == self.host })
            && self.port.is_none_or(|port| port == page.port)
    }

    /// As it is configured.
    pub(crate) fn text(&self) -> String {
        let Self { scheme, host, .. } = self;
        let below = if self.subdomains { "*." } else { "" };
        let port = match self.port {
            None => ":*".to_owned(),
            Some("") => String::new(),
            Some(port) => format!(":{port}"),
        };
        format!("{scheme}://{below}{host}{port}")
    }
}

/// What the policies' predicate for origins says.
pub(crate) fn is_asked_for(origin: &str) -> bool {
    origin.starts_with("https://asked.")
}

/// What the policies' predicate for credentials says.
pub(crate) fn is_trusted(origin: &str) -> bool {
    origin.contains("app")
}
