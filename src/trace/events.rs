use tracing::{Level, debug, enabled, warn};

use crate::{
    classify::{Line, RequestHead},
    config::Settings,
    decide::{Decision, Denial, Verdict},
    explain::hint,
    policy::{self, Policy},
};

/// How much of a value is shown, in bytes.
const LONGEST: usize = 128;

/// What is to be told when an async predicate has refused.
pub(crate) struct Later(Option<Box<Event>>);

/// A request as it is told about.
struct Event {
    origin: String,
    method: String,
    path: String,
    hint: String,
    is_run: bool,
}

impl Later {
    /// Tells once, if it was refused.
    pub(crate) fn tell(&mut self, policy: &Policy, denial: Option<Denial>) {
        if let (Some(mut event), Some(denial)) = (self.0.take(), denial) {
            // It was made for the origin, which the predicate may have allowed.
            if denial != Denial::OriginNotAllowed {
                event.hint.clear();
            }
            tell(policy, denial, || *event);
        }
    }
}

/// Tells of a refusal, now or later.
pub(crate) fn observe(policy: &Policy, request: RequestHead<'_>, decision: &Decision) -> Later {
    let event = |denial, is_run| Event::of(policy, request, denial, is_run);
    let (verdict, is_run) = match decision {
        Decision::Forbid(denial) => (&Verdict::Denied(*denial), false),
        Decision::Forward(verdict) => (verdict, true),
        Decision::Preflight(verdict) => (verdict, false),
    };
    match (verdict, verdict.denial()) {
        (Verdict::Undecided(_), _) if is_heard() => {
            return Later(Some(Box::new(event(Denial::OriginNotAllowed, is_run))));
        }
        (_, Some(denial)) if is_heard() => tell(policy, denial, || event(denial, is_run)),
        _ => {}
    }
    Later(None)
}

/// Tells what is surely not meant in a configuration.
pub(crate) fn warnings(settings: &Settings) {
    if is_heard() {
        for warning in policy::warnings(settings) {
            warn!(target: "tower_cors", code = warning.code(), "{warning}");
        }
    }
}

fn is_heard() -> bool {
    enabled!(target: "tower_cors", Level::WARN)
}

impl Event {
    fn of(policy: &Policy, request: RequestHead<'_>, denial: Denial, is_run: bool) -> Self {
        Self {
            origin: if policy.traces_origins { origin(request) } else { "…".into() },
            method: shown(request.method.as_str().as_bytes()),
            path: shown(request.uri.path().as_bytes()),
            hint: hint(policy, request, denial).unwrap_or_default(),
            is_run,
        }
    }
}

/// Words are found only for what somebody hears: a flood of refusals is counted.
fn tell(policy: &Policy, denial: Denial, event: impl FnOnce() -> Event) {
    let left_out = policy.gate.pass();
    if left_out.is_none() && !enabled!(target: "tower_cors", Level::DEBUG) {
        return;
    }
    let Event { origin, method, path, hint, is_run } = event();
    let outcome = if is_run { "denied" } else { "denied, not run" };
    let reason = denial.code();
    match left_out {
        Some(left_out) => {
            warn!(target: "tower_cors", outcome, origin, method, path, reason, hint, left_out, "{denial}");
        }
        None => {
            debug!(target: "tower_cors", outcome, origin, method, path, reason, hint, "{denial}");
        }
    }
}

/// The origin of a request, but for what tells one browser from another: the identifier that an
/// extension has in it.
fn origin(request: RequestHead<'_>) -> String {
    match Line::of(request.headers, http::header::ORIGIN) {
        None => String::new(),
        Some(Line::Several) => "several".into(),
        Some(Line::Single(origin)) => {
            let text = origin.as_bytes();
            let scheme = text.split(|byte| *byte == b':').next().unwrap_or_default();
            if scheme.ends_with(b"-extension") {
                shown(&[scheme, b"://"].concat()) + "…"
            } else {
                shown(text)
            }
        }
    }
}

fn shown(text: &[u8]) -> String {
    let end = text.len().min(LONGEST);
    let rest = if end < text.len() { "…" } else { "" };
    format!("{}{rest}", text[..end].escape_ascii())
}
