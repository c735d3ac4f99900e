//! What becomes of a request under each mode, and whether it did.

use axum::http::{HeaderMap, StatusCode, header};
use tower_cors::Enforce;

use crate::layers::APP;

/// Whose request it is, as far as the server can tell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Whose {
    /// A page's whose origin is allowed.
    Listed,
    /// Nobody's: no page's, or one that changes nothing and says nothing of its page.
    Nobodys,
    /// A page's of the server itself.
    Own,
    /// Another page's, or what may be one.
    Strangers,
}

/// What came of one request.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    /// How often the application ran it.
    pub(crate) runs: usize,
    pub(crate) head: Vec<String>,
}

/// The status, and the headers that enforcement has to do with.
pub(crate) fn head(status: StatusCode, headers: &HeaderMap) -> Vec<String> {
    let names = [header::ACCESS_CONTROL_ALLOW_ORIGIN, header::CACHE_CONTROL, header::VARY];
    let mut lines = vec![status.as_str().to_owned()];
    for name in names {
        let values = headers.get_all(&name).iter();
        lines.extend(values.map(|value| format!("{name}: {}", value.as_bytes().escape_ascii())));
    }
    lines
}

impl Whose {
    /// The whole table of enforcement.
    pub(crate) fn runs_under(self, enforce: Enforce) -> bool {
        match self {
            Self::Listed | Self::Nobodys => true,
            Self::Own => enforce != Enforce::ListedOnly,
            Self::Strangers => enforce == Enforce::Off,
        }
    }

    /// `ran` is the status of a request that runs: 200, or 101 for a web socket over HTTP/1.1.
    pub(crate) fn answer_under(self, enforce: Enforce, ran: StatusCode) -> Answer {
        let vary = match enforce {
            Enforce::Off => "vary: origin",
            _ => "vary: origin, sec-fetch-site",
        };
        let allowed = format!("access-control-allow-origin: {APP}");
        let status = ran.as_str();
        let lines = match self {
            _ if !self.runs_under(enforce) => vec!["403", "cache-control: no-store", vary],
            Self::Listed => vec![status, &allowed, vary],
            _ => vec![status, vary],
        };
        let head = lines.into_iter().map(str::to_owned).collect();
        Answer { runs: self.runs_under(enforce).into(), head }
    }
}

/// Collects what is not as it should be, so that a table tells all of it at once.
#[derive(Default)]
pub(crate) struct Disagreements(Vec<String>);

impl Disagreements {
    pub(crate) fn compare(&mut self, name: &str, got: &Answer, want: &Answer) {
        if got != want {
            self.0.push(format!("{name}\n  want {want:?}\n  got  {got:?}"));
        }
    }

    pub(crate) fn assert_none(&self) {
        assert!(self.0.is_empty(), "\n{}", self.0.join("\n"));
    }
}
