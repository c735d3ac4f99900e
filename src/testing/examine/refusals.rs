use http::{StatusCode, header};

use super::{
    fault::Fault,
    finding::Finding,
    probe::{Asker, Probe},
};
use crate::testing::{
    blocked::Blocked,
    list::{combined, shown},
    reason::Reason,
    redirect::is_redirect,
};

/// What keeps the page from responses that it should be able to read, each cause once.
pub(super) fn refusals(probes: &[Probe], has_two_layers: bool) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let (preflights, actual): (Vec<&Probe>, Vec<&Probe>) =
        probes.iter().filter(|probe| probe.asker == Asker::Page).partition(|p| p.is_preflight());
    for probe in preflights.into_iter().chain(actual) {
        let Err(reason) = probe.judge() else { continue };
        if has_two_layers && is_of_two_layers(&reason) {
            continue;
        }
        let causes = |finding: &&mut Finding| explains(&finding.fault, probe, &reason);
        if let Some(finding) = findings.iter_mut().find(causes) {
            finding.exchanges.push(probe.exchange.clone());
            continue;
        }
        let fault = fault_of(probe, &reason);
        match findings.iter_mut().find(|finding| finding.fault == fault) {
            Some(finding) => finding.exchanges.push(probe.exchange.clone()),
            None => {
                let fix = fix(&fault, || blocked(probe, reason, granted(probe, probes)).fix());
                findings.push(finding(fault, probe, fix));
            }
        }
    }
    findings
}

fn is_of_two_layers(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::AllowCredentialsMismatch(_)
            | Reason::AllowCredentialsMissing
            | Reason::AllowOriginMismatch(_)
            | Reason::AllowOriginMultiple(_)
            | Reason::AllowOriginWildcard
    )
}

/// What answers preflights outside the layer answers the requests themselves there, too.
fn explains(fault: &Fault, probe: &Probe, reason: &Reason) -> bool {
    let Some((status, _)) = probe.answer() else {
        return false;
    };
    if !is_outside(probe, reason) {
        return false;
    }
    match fault {
        Fault::AuthenticationOutside(_) => is_authentication(status),
        Fault::PreflightRedirected(_) => is_redirect(status),
        Fault::PreflightUnanswered(_) => {
            status.is_success() || matches!(status.as_u16(), 404 | 405)
        }
        _ => false,
    }
}

fn fault_of(probe: &Probe, reason: &Reason) -> Fault {
    let blocked = || Fault::Blocked(reason.clone());
    let Some((status, _)) = probe.answer() else {
        return blocked();
    };
    if !is_outside(probe, reason) {
        return blocked();
    }
    match status.as_u16() {
        301 | 302 | 303 | 307 | 308 if probe.is_preflight() => Fault::PreflightRedirected(status),
        404 | 405 if probe.is_preflight() => Fault::PreflightUnanswered(status),
        404 => Fault::NotFoundOutside,
        408 | 503 | 504 => Fault::TimeoutOutside(status),
        429 => Fault::RateLimitOutside,
        500..=599 => Fault::ErrorOutside(status),
        _ if is_authentication(status) => Fault::AuthenticationOutside(status),
        _ => blocked(),
    }
}

/// Whether something else than the CORS layer has answered. A layer that refuses an origin says
/// that the answer depends on it.
fn is_outside(probe: &Probe, reason: &Reason) -> bool {
    match reason {
        Reason::AllowOriginMissing => !probe.varies_by_origin(),
        Reason::PreflightRedirected(_) | Reason::PreflightStatus(_) => true,
        _ => false,
    }
}

fn is_authentication(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 403 | 407)
}

fn finding(fault: Fault, probe: &Probe, fix: String) -> Finding {
    let what = probe.named();
    let wrong = match &fault {
        Fault::Blocked(reason) => format!("{what} is blocked: {reason}"),
        Fault::PreflightRedirected(status) => {
            format!("{what} is redirected with {}{}", status.as_u16(), location(probe))
        }
        _ => {
            let status = probe.answer().map_or(0, |(status, _)| status.as_u16());
            format!("{what} is answered with {status} outside the CORS layer")
        }
    };
    Finding { fault, wrong, fix, exchanges: vec![probe.exchange.clone()] }
}

fn location(probe: &Probe) -> String {
    let location = probe.answer().and_then(|(_, headers)| combined(headers, &header::LOCATION));
    location.map(|to| format!(" to \"{}\"", shown(&to))).unwrap_or_default()
}

fn fix(fault: &Fault, otherwise: impl FnOnce() -> String) -> String {
    let fix = match fault {
        Fault::AuthenticationOutside(_) => {
            "put the CORS layer outside of authentication: preflights carry no credentials"
        }
        Fault::ErrorOutside(_) => {
            "put the CORS layer outside of whatever turns panics and errors into responses"
        }
        Fault::NotFoundOutside => {
            "call Router::layer, not Router::route_layer, after the fallback is set"
        }
        Fault::PreflightRedirected(_) => {
            "put the CORS layer outside of what redirects, and let the page fetch the URL that it \
             leads to"
        }
        Fault::PreflightUnanswered(_) => {
            "put the CORS layer around the whole router, with Router::layer after its routes: \
             inside a route it sees no OPTIONS"
        }
        Fault::RateLimitOutside => "put the CORS layer outside of the rate limit",
        Fault::TimeoutOutside(StatusCode::SERVICE_UNAVAILABLE) => {
            "put the CORS layer outside of what limits time or load"
        }
        Fault::TimeoutOutside(_) => "put the CORS layer outside of the timeout",
        _ => return otherwise(),
    };
    fix.to_owned()
}

/// The preflight that has just allowed what is blocked now, which acquits the settings.
fn granted<'a>(probe: &Probe, probes: &'a [Probe]) -> Option<&'a Probe> {
    let is_before = |other: &&Probe| other.is_preflight() && other.request.url == probe.request.url;
    let before = probes.iter().find(|other| is_before(other) && other.judge().is_ok());
    before.filter(|_| !probe.is_preflight())
}

fn blocked(probe: &Probe, reason: Reason, granted: Option<&Probe>) -> Blocked {
    Blocked {
        reason,
        url: probe.request.url.to_string(),
        origin: probe.request.serialized_origin().to_owned(),
        includes_credentials: probe.request.includes_credentials(),
        exchanges: granted.into_iter().chain([probe]).map(|p| p.exchange.clone()).collect(),
    }
}
