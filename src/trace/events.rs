use std::{future, mem, sync::Arc};

use tracing::{Level, debug, enabled, warn};

use crate::{
    classify::{Line, RequestHead},
    config::Settings,
    decide::{Decision, Denial, Undecided, Verdict},
    explain::hint,
    policy::{self, Policy},
};

/// How much of a value is shown, in bytes.
const LONGEST: usize = 128;

/// A request as it is told about.
struct Event {
    origin: String,
    method: String,
    path: String,
    hint: String,
    is_run: bool,
}

/// Tells of a refusal: now, or when an async predicate has refused.
#[inline]
pub(crate) fn observe(policy: &Arc<Policy>, request: RequestHead<'_>, decision: &mut Decision) {
    let may_deny = match decision {
        Decision::Forbid(_) => true,
        Decision::Forward(verdict) | Decision::Preflight { verdict, .. } => verdict.may_deny(),
    };
    if may_deny && is_heard() {
        observe_refusal(policy, request, decision);
    }
}

fn observe_refusal(policy: &Arc<Policy>, request: RequestHead<'_>, decision: &mut Decision) {
    let event = |denial, is_run| Event::of(policy, request, denial, is_run);
    let (verdict, is_run) = match decision {
        Decision::Forbid(denial) => return tell(policy, *denial, || event(*denial, false)),
        Decision::Forward(verdict) => (verdict, true),
        Decision::Preflight { verdict, .. } => (verdict, false),
    };
    if let Verdict::Undecided(undecided) = verdict {
        let event = event(Denial::OriginNotAllowed, is_run);
        return tell_later(Arc::clone(policy), undecided, event);
    }
    let Some(denial) = verdict.denial() else { return };
    tell(policy, denial, || event(denial, is_run));
}

fn tell_later(policy: Arc<Policy>, undecided: &mut Undecided, mut event: Event) {
    let (allowed, denied) = (undecided.terms.denial, undecided.denied);
    let pending = mem::replace(&mut undecided.pending, Box::pin(future::pending()));
    undecided.pending = Box::pin(async move {
        let origin = pending.await;
        if let Some(denial) = if origin.is_some() { allowed } else { denied } {
            // It was made for the origin, which the predicate has allowed.
            if origin.is_some() {
                event.hint.clear();
            }
            tell(&policy, denial, || event);
        }
        origin
    });
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
