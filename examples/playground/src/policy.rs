//! From a text to a layer, or to what is wrong with the text.

use std::ops::Range;

use serde::Serialize;
use tower_cors::{CorsLayer, Problem, Warning};

use crate::{
    corrections::Fix,
    fixes,
    places::Places,
    spans::{About, Place, Source},
};

/// How many remarks are made at once. Each carries texts as long as the policy's.
const MOST_REMARKS: usize = 40;

/// What there is to say about a text.
#[derive(Debug)]
pub(crate) struct Reading {
    /// `None` if it does not build.
    pub(crate) cors: Option<CorsLayer>,
    pub(crate) remarks: Vec<Remark>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Remark {
    kind: Kind,
    code: &'static str,
    path: Option<String>,
    text: String,
    from: Option<usize>,
    to: Option<usize>,
    fixes: Vec<Fix>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Problem,
    Syntax,
    Warning,
}

/// Reads a policy, whose keys stand at the top level.
pub(crate) fn read(text: &str, places: &Places) -> Reading {
    let source = match Source::parse(text) {
        Ok(source) => source,
        Err(error) => {
            let remark = syntax_remark(text, error.message(), error.span());
            return Reading { cors: None, remarks: vec![remark] };
        }
    };
    let layer = source.layer();
    let warnings = layer.warnings();
    let built = layer.build();
    let problems = built.as_ref().err().map(|error| error.problems().to_vec()).unwrap_or_default();
    let problems = problems.iter().map(|problem| (Kind::Problem, About::from(problem)));
    let warnings = warnings.iter().map(|warning| (Kind::Warning, About::from(warning)));
    let remarks = problems
        .chain(warnings)
        .take(MOST_REMARKS)
        .map(|(kind, about)| remark(&source, kind, about, places))
        .collect();
    Reading { cors: built.ok(), remarks }
}

fn syntax_remark(text: &str, message: &str, span: Option<Range<usize>>) -> Remark {
    let (from, to) = offsets(text, span);
    let (kind, code, text) = (Kind::Syntax, "syntax", format!("this is no TOML: {message}"));
    Remark { kind, code, path: None, text, from, to, fixes: Vec::new() }
}

fn remark(source: &Source<'_>, kind: Kind, about: About, places: &Places) -> Remark {
    let place = source.place(&about);
    let (from, to) = offsets(source.text, place.as_ref().and_then(Place::range));
    let fixes = fixes::fixes(source, &about, place.as_ref(), places);
    let About { code, path, text, .. } = about;
    Remark { kind, code, path, text, from, to, fixes }
}

/// As JavaScript counts.
fn offsets(text: &str, range: Option<Range<usize>>) -> (Option<usize>, Option<usize>) {
    let offset = |at| text.get(..at).map(|before: &str| before.encode_utf16().count());
    range.map_or((None, None), |range| (offset(range.start), offset(range.end)))
}

impl From<&Problem> for About {
    fn from(problem: &Problem) -> Self {
        Self {
            code: problem.code(),
            setting: problem.setting(),
            path: problem.path().map(Into::into),
            value: problem.value().map(Into::into),
            index: problem.index(),
            suggestion: problem.suggestion().map(Into::into),
            text: problem.to_string(),
        }
    }
}

impl From<&Warning> for About {
    fn from(warning: &Warning) -> Self {
        Self {
            code: warning.code(),
            setting: warning.setting(),
            path: warning.path().map(Into::into),
            value: warning.value().map(Into::into),
            index: None,
            suggestion: None,
            text: warning.to_string(),
        }
    }
}
