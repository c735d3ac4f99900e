//! One row of the table.

use std::iter;

use crate::places::Page;

/// A fetch, the server's answers to it, and what has to come of it.
///
/// `{home}` and the like in header values and URLs stand for [places](crate::places::Places),
/// `{case}` for the path of the case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Unique in its table.
    pub name: String,
    /// Where the fetch comes from.
    pub page: Page,
    /// What the page asks for.
    pub fetch: Fetch,
    /// What it asks for before, if that is something else.
    pub earlier: Option<Fetch>,
    /// How many fetches there are, one after the other. The last one counts.
    pub times: usize,
    /// The server's answers: first those of the URL itself, then those of redirects' targets.
    pub steps: Vec<Step>,
    /// What has to come of it.
    pub expected: Seen,
}

/// The arguments of `fetch`, with the defaults of browsers.
#[derive(Clone, Debug)]
pub struct Fetch {
    /// The URL.
    pub url: String,
    /// The method, as the script spells it.
    pub method: String,
    /// The headers, in this order.
    pub headers: Vec<(String, String)>,
    /// The body, a string.
    pub body: Option<String>,
    /// `omit`, `same-origin` or `include`.
    pub credentials: &'static str,
    /// `cors`, `no-cors` or `same-origin`.
    pub mode: &'static str,
    /// `follow`, `error` or `manual`.
    pub redirect: &'static str,
}

/// The answers of one URL.
#[derive(Clone, Debug)]
pub struct Step {
    /// To a preflight.
    pub preflight: Answer,
    /// To all else.
    pub actual: Answer,
}

/// A response; its body is `ok` where the status allows for one.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header lines beside `content-type` and `content-length`.
    pub headers: Vec<(String, String)>,
}

/// What page and server saw.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Seen {
    /// `blocked`, `opaque`, `opaqueredirect`, or `200 ok content-length content-type`: status, body
    /// and names of the headers that the script could read.
    pub told: String,
    /// `METHOD place/step origin`, and in a preflight the requested method and headers.
    pub requests: Vec<String>,
}

/// What a script reads if nothing is exposed to it.
pub const READ: &str = "200 ok content-length content-type";

impl Answer {
    /// A response with these header lines.
    #[must_use]
    pub fn new(status: u16, headers: &[(&str, &str)]) -> Self {
        let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Self { status, headers: headers.collect() }
    }
}

impl Case {
    /// A GET of `{api}` from `home`, which is allowed and reads the response.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        let allow = [("access-control-allow-origin", "{home}")];
        Self {
            name: name.into(),
            page: Page::Home,
            fetch: Fetch {
                url: "{api}{case}/0".into(),
                method: "GET".into(),
                headers: Vec::new(),
                body: None,
                credentials: "same-origin",
                mode: "cors",
                redirect: "follow",
            },
            earlier: None,
            times: 1,
            steps: vec![Step {
                preflight: Answer::new(204, &allow),
                actual: Answer::new(200, &allow),
            }],
            expected: Seen { told: READ.into(), requests: vec!["GET api/0 home".into()] },
        }
    }

    /// Sets where the fetch comes from.
    #[must_use]
    pub fn page(mut self, page: Page) -> Self {
        self.page = page;
        self
    }

    /// Sets what is fetched first.
    #[must_use]
    pub fn url(mut self, url: &str) -> Self {
        self.fetch.url = url.into();
        self
    }

    /// Sets the method.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.fetch.method = method.into();
        self
    }

    /// Adds a request header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.fetch.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: &str) -> Self {
        self.fetch.body = Some(body.into());
        self
    }

    /// Sets the credentials mode.
    #[must_use]
    pub fn credentials(mut self, credentials: &'static str) -> Self {
        self.fetch.credentials = credentials;
        self
    }

    /// Sets the mode.
    #[must_use]
    pub fn mode(mut self, mode: &'static str) -> Self {
        self.fetch.mode = mode;
        self
    }

    /// Sets the redirect mode.
    #[must_use]
    pub fn redirect(mut self, redirect: &'static str) -> Self {
        self.fetch.redirect = redirect;
        self
    }

    /// Sets how many fetches there are.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Changes the fetches before the last one.
    #[must_use]
    pub fn earlier(mut self, change: impl FnOnce(&mut Fetch)) -> Self {
        change(self.earlier.get_or_insert_with(|| self.fetch.clone()));
        self
    }

    /// All fetches, in their order.
    pub fn fetches(&self) -> impl Iterator<Item = &Fetch> {
        let earlier = self.earlier.as_ref().unwrap_or(&self.fetch);
        iter::repeat_n(earlier, self.times - 1).chain([&self.fetch])
    }

    /// Sets the first URL's answer to a preflight.
    #[must_use]
    pub fn preflight(mut self, status: u16, headers: &[(&str, &str)]) -> Self {
        self.steps[0].preflight = Answer::new(status, headers);
        self
    }

    /// Sets the first URL's answer to the actual request.
    #[must_use]
    pub fn actual(mut self, status: u16, headers: &[(&str, &str)]) -> Self {
        self.steps[0].actual = Answer::new(status, headers);
        self
    }

    /// Adds a URL to which a redirect leads.
    #[must_use]
    pub fn then(mut self, preflight: Answer, actual: Answer) -> Self {
        self.steps.push(Step { preflight, actual });
        self
    }

    /// Expects the script to be told this.
    #[must_use]
    pub fn tells(mut self, told: &str) -> Self {
        self.expected.told = told.into();
        self
    }

    /// Expects the script to learn nothing.
    #[must_use]
    pub fn blocked(self) -> Self {
        self.tells("blocked")
    }

    /// Expects the server to see these requests.
    #[must_use]
    pub fn asks(mut self, requests: &[&str]) -> Self {
        self.expected.requests = requests.iter().map(|line| (*line).into()).collect();
        self
    }
}
