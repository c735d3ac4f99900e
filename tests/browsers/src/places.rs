//! Where pages and servers are, and their names in the table.

/// Where a fetch comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Page {
    /// `home`: the page that servers mean to allow.
    Home,
    /// A sandboxed frame in it, whose origin is `null`.
    Sandboxed,
    /// `stranger`: a frame with a page from another port.
    Stranger,
    /// `subdomain`: a frame with a page from a host below the stranger's.
    Subdomain,
}

impl Page {
    /// The name of the page in the browser.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Sandboxed => "sandboxed",
            Self::Stranger => "stranger",
            Self::Subdomain => "subdomain",
        }
    }
}

/// The ports of one server.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// Of the page `home`.
    pub home: u16,
    /// Of the pages `stranger` and `subdomain`.
    pub stranger: u16,
    /// Of the API, which is `api` by name and `far` by address.
    pub api: u16,
}

impl Places {
    /// Names and origins, the longer before those they contain.
    fn named(&self) -> [(&'static str, String); 5] {
        let Self { home, stranger, api } = self;
        [
            ("home", format!("http://localhost:{home}")),
            ("stranger", format!("http://localhost:{stranger}")),
            ("subdomain", format!("http://app.localhost:{stranger}")),
            ("api", format!("http://localhost:{api}")),
            ("far", format!("http://127.0.0.1:{api}")),
        ]
    }

    /// Puts origins in the place of their names: `{home}`, `{stranger}`, `{subdomain}`, `{api}`,
    /// `{far}`.
    #[must_use]
    pub fn fill_in(&self, text: &str) -> String {
        let mut text = text.replace("{port}", &self.api.to_string());
        for (name, origin) in self.named() {
            text = text.replace(&format!("{{{name}}}"), &origin);
        }
        text
    }

    /// The name of an origin.
    #[must_use]
    pub fn name_of(&self, origin: &str) -> String {
        let named = self.named().into_iter().find(|(_, named)| named == origin);
        named.map_or_else(|| origin.to_owned(), |(name, _)| name.to_owned())
    }
}
