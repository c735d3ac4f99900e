//! A row, and what is asked of it: its whole text, the accessors, what the service does, and that
//! the suggestion allows it.

use http::{Request, request};
use tower_cors::{AllowOrigin, CorsLayer, Denial, Explanation, Outcome};

use crate::setup::{Served, Setup};

pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const EVIL: &str = "https://evil.example";

pub(crate) struct Row {
    name: &'static str,
    setup: Setup,
    request: Request<()>,
    expected: Result<Outcome, Denial>,
    lines: Vec<String>,
}

/// The text is the lines, all but the first indented.
pub(crate) fn row(
    name: &'static str,
    setup: Setup,
    request: request::Builder,
    expected: Result<Outcome, Denial>,
    lines: &[&str],
) -> Row {
    let request = request.body(()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let lines = lines.iter().map(|line| (*line).to_owned()).collect();
    Row { name, setup, request, expected, lines }
}

pub(crate) fn plain(method: &str) -> request::Builder {
    Request::builder().uri("/users?page=2").method(method)
}

pub(crate) fn actual(origin: impl AsRef<[u8]>) -> request::Builder {
    plain("GET").header("origin", origin.as_ref())
}

pub(crate) fn preflight(origin: impl AsRef<[u8]>, method: impl AsRef<[u8]>) -> request::Builder {
    plain("OPTIONS")
        .header("origin", origin.as_ref())
        .header("access-control-request-method", method.as_ref())
}

pub(crate) fn origins<const N: usize>(patterns: [&str; N]) -> Setup {
    Setup { listed: patterns.map(str::to_owned).into(), ..Setup::default() }
}

pub(crate) fn fixed(origin: &'static str) -> Setup {
    Setup { fixed: Some(origin), ..Setup::default() }
}

pub(crate) fn mirror() -> Setup {
    Setup { origin: AllowOrigin::mirror_request(), ..Setup::default() }
}

pub(crate) fn explain(layer: &CorsLayer, request: &Request<()>) -> Explanation {
    layer.explain(&request.clone().into_parts().0).unwrap_or_else(|error| panic!("{error}"))
}

/// Asserts every row, and tells all that disagree.
pub(crate) fn check(rows: &[Row]) {
    let disagreements: Vec<_> = rows.iter().flat_map(Row::disagreements).collect();
    assert!(disagreements.is_empty(), "\n{}", disagreements.join("\n\n"));
}

impl Row {
    fn disagreements(&self) -> Vec<String> {
        let explanation = explain(&self.setup.layer(false), &self.request);
        let mut disagreements = vec![];
        let mut agree = |what: &str, want: String, got: String| {
            if want != got {
                disagreements.push(format!("{}: {what}\nwant {want}\ngot  {got}", self.name));
            }
        };
        agree("text", self.lines.join("\n  "), explanation.to_string());
        agree("accessors", accessors_of(&self.lines), accessors(&explanation));
        let (outcome, denial) = match self.expected {
            Ok(outcome) => (outcome, None),
            Err(denial) => (Outcome::Denied, Some(denial)),
        };
        agree("outcome", format!("{outcome:?}"), format!("{:?}", explanation.outcome()));
        agree("denial", format!("{denial:?}"), format!("{:?}", explanation.denial()));
        if outcome == Outcome::Undecided {
            agree("service says yes", "Allowed".into(), self.served(&self.setup, true));
        } else {
            agree("service", format!("{outcome:?}"), self.served(&self.setup, false));
        }
        if explanation.suggestion().is_some() {
            agree("with what is suggested", "Allowed".into(), self.followed());
        }
        disagreements
    }

    /// What the service does after every suggestion is followed: one is for the origin, one for
    /// the method and one for the headers.
    fn followed(&self) -> String {
        let mut setup = self.setup.clone();
        for _ in 0..3 {
            let explanation = match setup.layer(true).build() {
                Ok(layer) => explain(&layer, &self.request),
                Err(error) => return error.to_string(),
            };
            if let Some(suggestion) = explanation.suggestion() {
                setup = setup.allow(suggestion);
            }
        }
        self.served(&setup, true)
    }

    fn served(&self, setup: &Setup, answer: bool) -> String {
        match setup.layer(answer).build() {
            Ok(layer) => {
                let served = Served::by(&layer, self.request.clone());
                format!("{:?}", served.outcome(&self.request, setup.fixed))
            }
            Err(error) => error.to_string(),
        }
    }
}

/// Closest, suggestion and caution, as the accessors tell them.
fn accessors(explanation: &Explanation) -> String {
    let accessors = [explanation.closest(), explanation.suggestion(), explanation.caution()];
    format!("{accessors:?}")
}

/// The same, as the text tells them.
fn accessors_of(lines: &[String]) -> String {
    let after = |start: &str| lines.iter().skip(1).find_map(|line| line.strip_prefix(start));
    let closest = after("closest: \"").map(|rest| rest.split('"').next().unwrap_or_default());
    format!("{:?}", [closest, after("to allow it: "), after("caution: ")])
}
